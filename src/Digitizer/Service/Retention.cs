using Digitizer.Intake;
using Digitizer.Jobs;
using Digitizer.Pipeline;
using Digitizer.Vault;

namespace Digitizer.Service;

/// <summary>What a run of retention did, or would do.</summary>
/// <param name="Trashed">Units taken out of the vault.</param>
/// <param name="Purged">Units of which nothing is left but their row in the journal.</param>
/// <param name="Files">Files deleted for good.</param>
internal sealed record RetentionReport(IReadOnlyList<UnitId> Trashed, IReadOnlyList<UnitId> Purged, int Files);

/// <summary>Takes out of the vault what has been in its dossier long enough: into the trash first, deleted later, both written down before.</summary>
/// <remarks>
/// The journal says it first, so that nobody misses a file that is on its way out; a file that an interruption left is taken out
/// by the next run. Nothing else deletes originals. A result that another unit has stays until that one leaves.
/// </remarks>
/// <param name="jobs">The journal.</param>
/// <param name="vault">Holds the files.</param>
/// <param name="options">How long.</param>
/// <param name="time">The clock.</param>
internal sealed class Retention(JobStore jobs, IVault vault, RetentionOptions options, TimeProvider time) : IDisposable
{
    private const int UnitsAtATime = 1000;

    // Between storing a result and the journal's knowing of it lie moments.
    private static readonly TimeSpan Unstored = TimeSpan.FromDays(1);

    private readonly SemaphoreSlim turn = new(1);

    /// <summary>True: nothing is ever taken out.</summary>
    public bool KeepsAll => options.After is null;

    /// <summary>Runs both steps; does nothing where all is kept.</summary>
    /// <param name="who">Stands in the history.</param>
    /// <param name="isTrial">True: only tells what it would do.</param>
    /// <param name="cancellation">Ends between two units.</param>
    /// <exception cref="Failures.DigitizerException">OutputNotWritable, or the journal's own.</exception>
    public async Task<RetentionReport> RunAsync(string who, bool isTrial, CancellationToken cancellation)
    {
        if (options.After is not { } days)
        {
            return new RetentionReport([], [], 0);
        }

        await turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var (since, trashFor) = (time.GetUtcNow() - TimeSpan.FromDays(days), TimeSpan.FromDays(options.TrashFor));
            return isTrial
                ? await TryAsync(since, trashFor, cancellation).ConfigureAwait(false)
                : await RunAsync(who, since, trashFor, cancellation).ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<RetentionReport> TryAsync(DateTimeOffset since, TimeSpan trashFor, CancellationToken cancellation)
    {
        var due = await jobs.RetentionOverAsync(since, int.MaxValue, cancellation).ConfigureAwait(false);
        var old = await InTrashAsync(unit => unit.TrashedAt <= time.GetUtcNow() - trashFor, cancellation).ConfigureAwait(false);
        return new RetentionReport([.. due.Select(u => u.Id)], [.. old.Select(u => u.Id)], await vault.CountInTrashAsync(trashFor, cancellation).ConfigureAwait(false));
    }

    private async Task<RetentionReport> RunAsync(string who, DateTimeOffset since, TimeSpan trashFor, CancellationToken cancellation)
    {
        var trashed = new List<UnitId>();
        await FinishAsync(who, cancellation).ConfigureAwait(false);
        while (await jobs.RetentionOverAsync(since, UnitsAtATime, cancellation).ConfigureAwait(false) is { Count: > 0 } due)
        {
            foreach (var unit in due)
            {
                if (await jobs.TrashedAsync(unit.Id, who, cancellation).ConfigureAwait(false))
                {
                    trashed.Add(unit.Id);
                }
            }

            await TakeOutAsync(due, who, cancellation).ConfigureAwait(false);
        }

        var (purged, files) = await PurgeAsync(who, trashFor, cancellation).ConfigureAwait(false);
        return new RetentionReport(trashed, purged, files);
    }

    // An original that is still there although its unit was trashed was left by an interruption: it goes last.
    private async Task FinishAsync(string who, CancellationToken cancellation)
    {
        var left = new List<JobUnit>();
        foreach (var unit in await InTrashAsync(_ => true, cancellation).ConfigureAwait(false))
        {
            if (await IsThereAsync(unit, cancellation).ConfigureAwait(false))
            {
                left.Add(unit);
            }
        }

        await TakeOutAsync(left, who, cancellation).ConfigureAwait(false);
    }

    private async Task TakeOutAsync(IReadOnlyList<JobUnit> units, string who, CancellationToken cancellation)
    {
        if (units.Count == 0)
        {
            return;
        }

        var removal = new Removal(who, $"in its dossier for more than {options.After} days");
        foreach (var digest in await jobs.OwnResultsAsync([.. units.Select(u => u.Id)], cancellation).ConfigureAwait(false))
        {
            cancellation.ThrowIfCancellationRequested();
            await vault.TrashResultAsync(digest, Unstored, removal, cancellation).ConfigureAwait(false);
        }

        foreach (var original in units.SelectMany(OriginalsOf))
        {
            cancellation.ThrowIfCancellationRequested();
            if (await vault.HasAsync(original, cancellation).ConfigureAwait(false))
            {
                await vault.TrashAsync(original, removal, cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> IsThereAsync(JobUnit unit, CancellationToken cancellation)
    {
        foreach (var original in OriginalsOf(unit))
        {
            if (await vault.HasAsync(original, cancellation).ConfigureAwait(false))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<(List<UnitId> Units, int Files)> PurgeAsync(string who, TimeSpan trashFor, CancellationToken cancellation)
    {
        // Results that another unit had when this one left, or that were too new: now they may go as well, and are purged in their turn.
        var old = await InTrashAsync(unit => unit.TrashedAt <= time.GetUtcNow() - trashFor, cancellation).ConfigureAwait(false);
        await TakeOutAsync(old, who, cancellation).ConfigureAwait(false);
        var files = (await vault.PurgeAsync(trashFor, new Removal(who, $"in the trash for more than {options.TrashFor} days"), cancellation).ConfigureAwait(false)).Count;
        var inTrash = await vault.UnitsInTrashAsync(cancellation).ConfigureAwait(false);
        var purged = new List<UnitId>();
        foreach (var unit in old.Where(unit => !unit.Arrival.Originals.Any(file => inTrash.Contains(file.Id.ToString()))))
        {
            if (await jobs.PurgedAsync(unit.Id, who, cancellation).ConfigureAwait(false))
            {
                purged.Add(unit.Id);
            }
        }

        return (purged, files);
    }

    private async Task<List<JobUnit>> InTrashAsync(Func<JobUnit, bool> which, CancellationToken cancellation)
    {
        var found = new List<JobUnit>();
        for (var slice = new Slice(UnitsAtATime); ;)
        {
            var units = await jobs.TrashAsync(slice, cancellation).ConfigureAwait(false);
            found.AddRange(units.Where(which));
            if (units.Count < UnitsAtATime)
            {
                return found;
            }

            slice = slice with { After = units[^1].Id };
        }
    }

    private static IEnumerable<OriginalName> OriginalsOf(JobUnit unit) => unit.Arrival.Originals.Select(DocumentSource.OriginalOf);
}
