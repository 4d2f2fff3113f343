using Digitizer.Failures;
using Digitizer.Native;
using Microsoft.Data.Sqlite;

namespace Digitizer.Jobs;

/// <summary>A copy of the journal that appears whole or not at all, and was checked before it got its name.</summary>
internal static class SqliteBackup
{
    // sqlite.org/rescode.html
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    /// <exception cref="DigitizerException">ActNotPossible: the file exists; OutputNotWritable: the copy does not fit; JournalBroken: the copy is damaged.</exception>
    public static async Task<bool> WriteAsync(JournalSql source, string copy, CancellationToken cancellation)
    {
        var path = Path.GetFullPath(copy);
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await source.ExecuteAsync("VACUUM INTO @file", ("file", temporary)).ConfigureAwait(false);
            await CheckAsync(temporary, cancellation).ConfigureAwait(false);
            using (var written = new FileStream(temporary, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            {
                PosixFiles.Flush(written.SafeFileHandle, temporary);
            }

            var isNew = PosixFiles.TryRenameNew(temporary, path);
            PosixFiles.FlushFolder(Path.GetDirectoryName(path)!);
            return isNew ? true : throw new DigitizerException(FailureKind.ActNotPossible, $"{ShownName.Escape(path)} exists already. Choose another name for the backup.");
        }
        catch (Exception e) when (e is SqliteException { SqliteErrorCode: not (Corrupt or NotADatabase) } or IOException or UnauthorizedAccessException)
        {
            // The copy failed, not the journal.
            throw new DigitizerException(FailureKind.OutputNotWritable, $"The backup {ShownName.Escape(path)} cannot be written: {e.Message}. Free space or choose another place.", e);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Copies every page as it is, damaged ones too.</summary>
    /// <exception cref="DigitizerException">OutputNotWritable: the copy does not fit.</exception>
    public static bool CopyPages(SqliteConnection source, string scratch)
    {
        try
        {
            using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = scratch, Pooling = false }.ToString());
            copy.Open();
            source.BackupDatabase(copy);
            return true;
        }
        catch (SqliteException e) when (e.SqliteErrorCode is not (Corrupt or NotADatabase))
        {
            throw new DigitizerException(FailureKind.OutputNotWritable, $"The journal could not be checked: its copy {ShownName.Escape(scratch)} cannot be written: {e.Message}. Free space.", e);
        }
    }

    /// <summary>Looks for damage in a copy.</summary>
    /// <exception cref="DigitizerException">JournalBroken.</exception>
    public static async Task<bool> CheckAsync(string file, CancellationToken cancellation)
    {
        var verdict = await VerdictAsync(file, cancellation).ConfigureAwait(false);
        return verdict == "ok" ? true : throw new DigitizerException(
            FailureKind.JournalBroken, $"A copy of the journal is damaged: {verdict}. Stop, check the disk, restore a backup or type: digitizer rebuild-journal");
    }

    private static async Task<string?> VerdictAsync(string file, CancellationToken cancellation)
    {
        try
        {
            await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
            await connection.OpenAsync(cancellation).ConfigureAwait(false);
            return await new JournalSql(connection, null, cancellation).FirstAsync("PRAGMA integrity_check", row => row.GetString(0)).ConfigureAwait(false);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is Corrupt or NotADatabase)
        {
            return e.Message;
        }
    }
}
