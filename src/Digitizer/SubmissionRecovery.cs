using System.Text.Json;
using Digitizer.Intake;
using Digitizer.Intake.BlobQueues;
using Digitizer.Jobs;
using Digitizer.Vault;

namespace Digitizer;

/// <summary>
/// Finds what interrupted submissions and downloads of blobs left in the vault. What lies there whole is accepted: its sender got no answer and
/// asks again with its key, its message comes again. Of what is not whole nobody was told anything: it goes into the trash.
/// </summary>
/// <param name="jobs">The journal.</param>
/// <param name="vaults">Where files are sealed and kept.</param>
/// <param name="hasOthers">True: other processes may be sealing there now.</param>
/// <param name="time">The clock.</param>
internal sealed class SubmissionRecovery(JobStore jobs, Vaults vaults, bool hasOthers, TimeProvider time)
{
    // Ids are drawn moments before the commit; a failed one is undecided for an hour, and cleared with the next acceptance after it. Older files had their
    // answer, or were looked at by an earlier start.
    private static readonly TimeSpan LongestLeft = TimeSpan.FromDays(1);

    // What another process has in hand is committed, or given up, long before.
    private static readonly TimeSpan InHand = TimeSpan.FromHours(1);

    private readonly LocalVault vault = vaults.Spool;

    /// <summary>Looks at what came in shortly before the last change of the journal, and since.</summary>
    /// <returns>How many submissions and blobs were accepted, and how many files went into the trash.</returns>
    public async Task<(int Accepted, int Trashed)> RunAsync(CancellationToken cancellation)
    {
        vault.ClearIncoming(hasOthers ? InHand : TimeSpan.Zero);
        var since = await jobs.LastChangeAsync(cancellation).ConfigureAwait(false) is { } last ? last - LongestLeft : DateTimeOffset.MinValue;
        var left = await LeftAsync(since, cancellation).ConfigureAwait(false);
        var accepted = 0;
        var trash = left.Where(f => f.Origin is null && !f.IsBlob).ToList();
        foreach (var blob in left.Where(f => f.IsBlob))
        {
            await vaults.ShareAsync([blob.Original], cancellation).ConfigureAwait(false);
            if (await jobs.AcceptTriedAsync(blob.Unit!, cancellation).ConfigureAwait(false) is { WasKnown: false })
            {
                vaults.Release([blob.Original]);
                accepted++;
            }
            else
            {
                trash.Add(blob);
            }
        }

        foreach (var submission in left.Where(f => f.Origin is not null).GroupBy(f => f.Origin!.Id))
        {
            if (await AcceptAsync([.. submission], cancellation).ConfigureAwait(false))
            {
                accepted++;
            }
            else
            {
                trash.AddRange(submission);
            }
        }

        foreach (var file in trash)
        {
            await vaults.Kept.TrashAsync(file.Original, new Removal("intake", "a submission or a download that broke off; its sender was told nothing"), cancellation).ConfigureAwait(false);
        }

        return (accepted, trash.Count);
    }

    private async Task<bool> AcceptAsync(List<Left> files, CancellationToken cancellation)
    {
        var units = files.Select(f => f.Unit).OfType<NewUnit>().OrderBy(u => u.Id.Value).ToList();
        if (units.Count != files[0].Origin!.Units || !units.TrueForAll(u => u.Originals.All(o => vault.Has(OriginalName.Create(o.Id.ToString(), o.Sha256)))))
        {
            return false;
        }

        await vaults.ShareAsync(files.Select(f => f.Original), cancellation).ConfigureAwait(false);
        if (await jobs.AcceptAsync(units, cancellation).ConfigureAwait(false) != files[0].Origin!.Id)
        {
            return false;
        }

        vaults.Release(files.Select(f => f.Original));
        return true;
    }

    private async Task<List<Left>> LeftAsync(DateTimeOffset since, CancellationToken cancellation)
    {
        var onTheirWay = vault.OnTheirWay();
        var left = new List<Left>();
        var until = hasOthers ? time.GetUtcNow() - InHand : DateTimeOffset.MaxValue;
        foreach (var original in vault.Originals().Where(o => !onTheirWay.Contains(o.Unit)))
        {
            if (!UnitId.TryParse(original.Unit, out var id) || id.Time > until || (id.Time < since && vaults.IsOneDisk))
            {
                continue;
            }

            if (await jobs.FindFileAsync(id, cancellation).ConfigureAwait(false) is not null)
            {
                // It was accepted, and the process died before it let go of it; or the vault was this machine's own then.
                await vaults.ShareAsync([original], cancellation).ConfigureAwait(false);
                vaults.Kept.Release(original);
            }
            else if (LeftOf(original) is { } found)
            {
                left.Add(found);
            }
        }

        // Further files tell only whose they are.
        var origins = left.Where(f => f.Unit is not null).ToDictionary(f => f.Unit!.Id, f => f.Origin);
        return [.. left.Select(f => f.PartOf is { } unit ? f with { Origin = origins.GetValueOrDefault(unit) } : f)];
    }

    /// <returns>Null for what other ways in have left: it is theirs.</returns>
    private Left? LeftOf(OriginalName original)
    {
        if (vault.ReadSideCar(original) is not { } json)
        {
            return new Left(original);
        }

        try
        {
            var sideCar = SideCar.Parse(json);
            return sideCar.PartOf is { } unit ? IsOfOtherWayIn(unit) ? null : new Left(original, PartOf: unit)
                : sideCar.Unit?.Submission is { } origin ? new Left(original, sideCar.Unit, origin)
                : sideCar.Unit is { } blob && BlobKey.IsOfBlob(blob.ArrivalKey) ? new Left(original, blob, IsBlob: true)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private bool IsOfOtherWayIn(UnitId unit)
        => vault.Find(unit.ToString()) is { } first && vault.ReadSideCar(first) is { } json && SideCar.Parse(json).Unit is { Submission: null };

    private sealed record Left(OriginalName Original, NewUnit? Unit = null, SubmissionOrigin? Origin = null, UnitId? PartOf = null, bool IsBlob = false);
}
