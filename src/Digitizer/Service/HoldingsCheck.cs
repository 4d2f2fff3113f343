using Digitizer.Dossiers;
using Digitizer.Intake;
using Digitizer.Jobs;
using Digitizer.Pipeline;
using Digitizer.Vault;

namespace Digitizer.Service;

/// <summary>Compares what the journal says with what is there: in the vault by name, in the dossiers by reading back.</summary>
/// <param name="vault">Holds originals and results; their bytes are read by <see cref="IVault.VerifyAllAsync"/>.</param>
/// <param name="dossiers">Null: dossiers are not asked.</param>
/// <param name="time">For the day in dossier codes.</param>
internal sealed class HoldingsCheck(IVault vault, IDossierStore? dossiers, TimeProvider time)
{
    // A system that is down would answer to no other question either.
    private const int MostWithoutAnswer = 20;

    private int withoutAnswer;
    private long compared;

    /// <summary>Documents that were read back from their dossiers.</summary>
    public long Compared => Interlocked.Read(ref compared);

    /// <summary>True if the dossier system gave no answer so often that it is asked no more.</summary>
    public bool HasGivenUp => Volatile.Read(ref withoutAnswer) >= MostWithoutAnswer;

    /// <summary>What is wrong with one unit, each with what to do; empty if nothing is.</summary>
    public async Task<IReadOnlyList<string>> FaultsAsync(UnitHolding holding, CancellationToken cancellation)
    {
        var unit = holding.Unit;
        var originals = unit.TrashedAt is null ? unit.Arrival.Originals.Where(file => file.Sha256.Length > 0).Select(DocumentSource.OriginalOf) : [];
        var faults = (await vault.MissingAsync(originals, holding.Results, cancellation).ConfigureAwait(false)).Select(f => $"{f.File} of unit {unit.Id}: {f.Fault}. Restore it from the backup.").ToList();
        foreach (var filed in holding.Filed.Where(_ => dossiers is not null && !HasGivenUp))
        {
            if (await FaultAsync(unit, filed, cancellation).ConfigureAwait(false) is { } fault)
            {
                faults.Add($"document {filed.Document.Id} of unit {unit.Id} in dossier {filed.Delivery.Dossier}: {fault}");
            }
        }

        return faults;
    }

    private async Task<string?> FaultAsync(JobUnit unit, FiledDelivery filed, CancellationToken cancellation)
    {
        var reply = await dossiers!.ReadBackAsync(AttachmentOf(unit, filed), Receipt.FromLine(filed.Delivery.Receipt!), cancellation).ConfigureAwait(false);
        if (reply is ReadBackReply.NoAnswer none)
        {
            Interlocked.Increment(ref withoutAnswer);
            return $"not compared, the dossier system gave no answer: {none.Why} Run verify again later.";
        }

        Interlocked.Exchange(ref withoutAnswer, 0);
        Interlocked.Add(ref compared, reply is ReadBackReply.NotReadable ? 0 : 1);
        return reply switch
        {
            ReadBackReply.Missing => "the dossier holds it no longer. Ask who removed it; its files are in the vault as long as they are kept.",
            ReadBackReply.Different other => $"the dossier holds other bytes, {other.Sha256}. Compare it with the vault's {filed.Delivery.Sha256}; ask who changed it.",
            _ => null,
        };
    }

    // As it was attached, but for the files themselves, which reading back does not need.
    private Attachment AttachmentOf(JobUnit unit, FiledDelivery filed)
    {
        var (document, delivery) = filed;
        return new Attachment
        {
            Dossier = DossierKey.Parse(delivery.Dossier!, DateOnly.FromDateTime(time.GetLocalNow().DateTime)),
            Key = new DeliveryKey(new DocumentId(document.Id), document.Revision),
            Name = Deliveries.NameOf(unit.Arrival, document.Part),
            Files = new AttachedFiles(
                new AttachedFile("", delivery.Sha256!, document.DeliveredBytes ?? 0), new AttachedFile("", document.TextSha256!, 0), new AttachedFile("", document.JsonSha256!, 0)),
            Supersedes = delivery.Supersedes,
            Decided = unit.Arrival.ReceivedAt,
        };
    }
}
