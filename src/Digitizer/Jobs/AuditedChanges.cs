using Digitizer.Failures;

namespace Digitizer.Jobs;

/// <summary>
/// Numbers the changes that the audit file tells of, in the journal and in the file, so that a journal which is not the one
/// that the file was written for is noticed: an old copy of it, or one whose log was deleted.
/// </summary>
internal static class AuditedChanges
{
    /// <summary>Gives the lines of one change its number.</summary>
    public static async Task<IReadOnlyList<AuditLine>> NumberAsync(JournalSql sql, IReadOnlyList<AuditLine> lines)
    {
        if (lines.Count == 0)
        {
            return lines;
        }

        var number = await sql.NumberAsync("UPDATE audited SET number = number + 1 RETURNING number").ConfigureAwait(false);
        return [.. lines.Select(line => line with { Number = number })];
    }

    /// <summary>Compares a journal with its audit file, which may be ahead by the one change that was not committed.</summary>
    /// <param name="database">The journal.</param>
    /// <param name="last">The file's last number.</param>
    /// <param name="isRebuilt">True: the journal is new, and takes the number over.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="DigitizerException">JournalBroken.</exception>
    public static async Task MeetAsync(JournalDatabase database, long last, bool isRebuilt, CancellationToken cancellation)
    {
        if (isRebuilt)
        {
            await database.WriteAsync(sql => sql.ExecuteAsync("UPDATE audited SET number = @last", ("last", last)), () => { }, cancellation).ConfigureAwait(false);
            return;
        }

        var known = await database.ReadAsync(sql => sql.NumberAsync("SELECT number FROM audited"), cancellation).ConfigureAwait(false);
        if (last > known + 1)
        {
            throw new DigitizerException(
                FailureKind.JournalBroken,
                $"The journal is older than its audit file: it ends with change {known}, the file with {last}. It is an old copy, or its log (journal.db-wal) was deleted. Nothing was changed. Put the right one there, or type: digitizer rebuild-journal --replace");
        }
    }
}
