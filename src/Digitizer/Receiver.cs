using System.Runtime.CompilerServices;
using Digitizer.Intake;
using Digitizer.Intake.DropFolders;
using Digitizer.Jobs;
using Digitizer.Vault;
using Digitizer.Workspace;

namespace Digitizer;

/// <summary>Takes arrivals of drop folders into the journal; its commit is the acknowledgement.</summary>
/// <param name="jobs">The journal.</param>
/// <param name="accepted">Called after each commit.</param>
/// <param name="isPaused">Whether too much waits already.</param>
internal sealed class Receiver(JobStore jobs, Action accepted, Func<bool> isPaused) : IReceiver
{
    private const int UnitsAtATime = 1000;
    private const int DigestLength = 64;

    public bool IsPaused => isPaused();

    public ReadOnlyMemory<byte> SideCarOf(Arrival arrival, OriginalName original)
        => (original == arrival.Original ? SideCar.Of(UnitOf(arrival)) : SideCar.OfFurtherFile(arrival.Unit)).ToBytes();

    public async Task<Acceptance> AcceptAsync(Arrival arrival, CancellationToken cancellation)
    {
        var answer = await jobs.AcceptAsync(UnitOf(arrival), cancellation).ConfigureAwait(false);
        accepted();
        return new Acceptance(answer.UnitId, answer.WasKnown, answer.SameContentAs);
    }

    public Task<UnitId?> FindFileAsync(UnitId file, CancellationToken cancellation) => jobs.FindFileAsync(file, cancellation);

    public Task<UnitId?> FindAsync(string key, CancellationToken cancellation) => jobs.FindArrivalAsync(key, cancellation);

    public async IAsyncEnumerable<OriginalName> OriginalsAsync(string source, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var slice = new Slice(UnitsAtATime);
        while (true)
        {
            var units = await jobs.UnitsAsync(new UnitFilter(Sources: [source], Kept: true), slice, cancellation).ConfigureAwait(false);
            foreach (var file in units.SelectMany(unit => unit.Arrival.Originals).Where(file => file.Sha256.Length == DigestLength))
            {
                yield return OriginalName.Create(file.Id.ToString(), file.Sha256);
            }

            if (units.Count < UnitsAtATime)
            {
                yield break;
            }

            slice = slice with { After = units[^1].Id };
        }
    }

    private static NewUnit UnitOf(Arrival arrival) => new()
    {
        Id = arrival.Unit,
        Source = arrival.Source,
        ArrivalKey = arrival.Key,
        Name = arrival.Name.ToBytes(),
        ShownName = arrival.Shown,
        Bytes = arrival.Bytes,

        // What was never read has no digest: links, pipes, files that are too large.
        Sha256 = arrival.Files is { } files ? FileDigest.Of(string.Join('\n', files.Select(file => file.Original.Sha256))) : arrival.Original?.Sha256 ?? "",
        ReceivedAt = arrival.Received,
        ExpectedPages = arrival.ExpectedPages,
        Priority = arrival.Priority,
        Dossier = arrival.Dossier.Dossier is { } dossier ? new DossierClaim(dossier.Code, arrival.Dossier.Basis, Confirmed: true) : null,
        Profile = arrival.Profile,
        Scanner = arrival.Scanner,
        ResultBase = ResultBaseOf(arrival),
        Batch = arrival.Batch is { } place ? new BatchOrigin(place.Batch, place.Document, place.Details) : null,
        Files = arrival.Files?.Select(file => new UnitFile(file.Id, file.Name.ToBytes(), file.Shown, file.Bytes, file.Original.Sha256, file.ExpectedPages)).ToList(),
        Refusal = arrival.Refusal is { } refusal ? new Failure(refusal.Kind, refusal.Message) : null,
    };

    private static string ResultBaseOf(Arrival arrival)
    {
        var folders = new Native.FileName(arrival.Folder).ToString().Split('/', StringSplitOptions.RemoveEmptyEntries).Select(ResultName.Clean);
        return string.Join('/', [.. folders, ResultName.FromStem(arrival.Name.ToString())]);
    }
}
