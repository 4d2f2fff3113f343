using System.Globalization;
using Digitizer.Failures;
using Digitizer.Jobs;
using Digitizer.Native;

namespace Digitizer.Service;

/// <summary>What a move brought over.</summary>
/// <param name="Rows">Of all tables.</param>
/// <param name="Units">Those among them.</param>
/// <param name="KeptAs">The old journal's new path.</param>
internal sealed record Relocated(long Rows, long Units, string KeptAs);

/// <summary>Moves the journal of a state folder to PostgreSQL, and takes the old one's name away so that nobody goes on with it.</summary>
internal static class JournalRelocation
{
    /// <summary>Between the old name and the time of the move.</summary>
    public const string Mark = ".moved-";

    /// <summary>Moves; the caller holds the state folder.</summary>
    /// <exception cref="DigitizerException">ActNotPossible, JournalUnavailable, JournalBroken: the old journal is as it was, under its own name.</exception>
    public static async Task<Relocated> RunAsync(JobOptions old, string connection, TimeProvider time, CancellationToken cancellation)
    {
        var target = new JobOptions { Engine = JournalEngine.PostgreSql, Connection = connection, AuditFile = old.AuditFile };
        var before = await BalanceAsync(old, time, cancellation).ConfigureAwait(false);
        var rows = await JournalMove.RunAsync(old, target, cancellation).ConfigureAwait(false);
        var after = await BalanceAsync(target, time, cancellation).ConfigureAwait(false);
        if (before.Lines.Zip(after.Lines).Any(pair => !IsSame(pair.First, pair.Second)))
        {
            throw new DigitizerException(
                FailureKind.JournalBroken, "The account of the new journal is not that of the old one. The old one is unchanged and goes on; empty the new database, and hand this message to support.");
        }

        return new Relocated(rows.Values.Sum(), rows["unit"], PutAside(old.File!, time));
    }

    private static async Task<Balance> BalanceAsync(JobOptions options, TimeProvider time, CancellationToken cancellation)
    {
        var jobs = await JobStore.OpenAsync(options, time, cancellation).ConfigureAwait(false);
        await using (jobs.ConfigureAwait(false))
        {
            return await jobs.BalanceAsync(cancellation).ConfigureAwait(false);
        }
    }

    private static bool IsSame(BalanceLine one, BalanceLine other)
        => (one.Things, one.Total, one.Stray) == (other.Things, other.Total, other.Stray)
            && one.ByState.Count == other.ByState.Count && one.ByState.All(s => other.ByState.GetValueOrDefault(s.Key) == s.Value);

    private static string PutAside(string file, TimeProvider time)
    {
        var path = Path.GetFullPath(file);
        var kept = path + Mark + time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

        // The writer brought its log into the file when it closed it.
        if (!PosixFiles.TryRenameNew(path, kept))
        {
            throw new DigitizerException(FailureKind.NameTaken, $"The old journal cannot be put aside: {ShownName.Escape(kept)} is there already. Rename {ShownName.Escape(path)} by hand before the service is started.");
        }

        PosixFiles.FlushFolder(Path.GetDirectoryName(path)!);
        return kept;
    }
}
