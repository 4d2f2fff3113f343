using System.Globalization;
using Digitizer.Failures;
using Digitizer.Native;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Digitizer.Jobs;

/// <summary>
/// The embedded engine. One process owns the file by a lock file; one connection writes, one reads. Writes and
/// checkpoints are made by the same connection under one lock, so that they exclude each other (<see cref="SqliteVersion"/>).
/// </summary>
internal sealed class SqliteDatabase : JournalDatabase
{
    private readonly SemaphoreSlim writing = new(1);
    private readonly SemaphoreSlim reading = new(1);
    private readonly string file;
    private readonly long checkpointBytes;
    private readonly FileStream owner;
    private readonly SqliteConnection writer;
    private readonly SqliteConnection reader;
    private volatile DigitizerException? broken;

    private SqliteDatabase(string file, long checkpointBytes, FileStream owner)
    {
        this.file = file;
        this.checkpointBytes = checkpointBytes;
        this.owner = owner;
        writer = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        reader = NewReader();
    }

    public override string Name => "sqlite";

    public override bool HasOneOwner => true;

    public override string SkipLocked => "";

    public override string ForUpdate => "";

    public override string MigrationLock => "SELECT 1";

    // They take their turns: when one can be seen, all before it are over.
    public override string OldestWriter => "SELECT 1";

    public override string NextWriter => "SELECT 1";

    public override string? ServerClock => null;

    public override string Engine => $"SQLite {writer.ServerVersion}";

    public override IReadOnlyList<string> AfterCopy => [];

    /// <exception cref="DigitizerException">JournalInUse, JournalBroken, EngineMissing (too old), JournalUnavailable (a network disk, no permission).</exception>
    public static async Task<SqliteDatabase> OpenAsync(string file, long checkpointBytes, CancellationToken cancellation)
    {
        var path = Path.GetFullPath(file);
        var database = new SqliteDatabase(path, checkpointBytes, SqliteOwner.Take(path));
        try
        {
            await database.OpenAsync(cancellation).ConfigureAwait(false);
            return database;
        }
        catch (SqliteException e)
        {
            await database.DisposeAsync().ConfigureAwait(false);
            throw SqliteFailure.Create(e, path);
        }
        catch
        {
            await database.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public override async Task<T> WriteAsync<T>(Func<JournalSql, Task<T>> work, Action beforeCommit, CancellationToken cancellation)
    {
        await writing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await GuardAsync(async () =>
            {
                T result;
                await using (var transaction = writer.BeginTransaction(deferred: false))
                {
                    result = await work(new JournalSql(writer, transaction, cancellation)).ConfigureAwait(false);
                    beforeCommit();
                    await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
                }

                await CheckpointIfDueAsync().ConfigureAwait(false);
                return result;
            }).ConfigureAwait(false);
        }
        finally
        {
            writing.Release();
        }
    }

    public override async Task<T> ReadAsync<T>(Func<JournalSql, Task<T>> work, CancellationToken cancellation)
    {
        await reading.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await GuardAsync(async () =>
            {
                await using var transaction = reader.BeginTransaction(deferred: true);
                return await work(new JournalSql(reader, transaction, cancellation)).ConfigureAwait(false);
            }).ConfigureAwait(false);
        }
        finally
        {
            reading.Release();
        }
    }

    /// <summary>A whole, checked copy as of one moment.</summary>
    public override async Task BackupAsync(string copy, CancellationToken cancellation)
    {
        // With a connection of its own: whoever reads meanwhile does not wait.
        await using var own = NewReader();
        await own.OpenAsync(cancellation).ConfigureAwait(false);
        await GuardAsync(() => SqliteBackup.WriteAsync(new JournalSql(own, null, cancellation), copy, cancellation)).ConfigureAwait(false);
    }

    /// <summary>Copies the pages as they are, which a backup does not, and has them checked while work goes on.</summary>
    public override async Task CheckAsync(string scratch, CancellationToken cancellation)
    {
        await using var own = NewReader();
        await own.OpenAsync(cancellation).ConfigureAwait(false);
        await GuardAsync(() => Task.Run(() => SqliteBackup.CopyPages(own, scratch), cancellation)).ConfigureAwait(false);
        await GuardAsync(() => SqliteBackup.CheckAsync(scratch, cancellation)).ConfigureAwait(false);
    }

    public override async ValueTask DisposeAsync()
    {
        if (broken is not null && writer.Handle is { } handle)
        {
            // What a flush that failed left in the log is not brought into the file: the next start reads the disk as it is.
            _ = raw.sqlite3_db_config(handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);
        }

        // The reader first: the last connection to close brings the log into the file, and that must be the writer.
        await reader.DisposeAsync().ConfigureAwait(false);
        await writer.DisposeAsync().ConfigureAwait(false);
        await owner.DisposeAsync().ConfigureAwait(false);
        writing.Dispose();
        reading.Dispose();
    }

    private SqliteConnection NewReader() => new(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, Mode = SqliteOpenMode.ReadOnly }.ToString());

    private async Task OpenAsync(CancellationToken cancellation)
    {
        await writer.OpenAsync(cancellation).ConfigureAwait(false);
        if (new SqliteVersion(Version.Parse(writer.ServerVersion)).IsTooOld)
        {
            throw new DigitizerException(FailureKind.EngineMissing, $"SQLite {writer.ServerVersion} is too old for the journal. Install Digitizer as it was published, with its own SQLite.");
        }

        var sql = new JournalSql(writer, null, cancellation);
        await sql.ExecuteAsync("PRAGMA busy_timeout = 0; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 0").ConfigureAwait(false);
        await ExpectAsync(sql, "journal_mode", "wal").ConfigureAwait(false);
        await ExpectAsync(sql, "synchronous", "2").ConfigureAwait(false);
        await ExpectAsync(sql, "foreign_keys", "1").ConfigureAwait(false);
        await ExpectAsync(sql, "wal_autocheckpoint", "0").ConfigureAwait(false);
        await ExpectAsync(sql, "quick_check", "ok").ConfigureAwait(false);
        PosixFiles.FlushFolder(Path.GetDirectoryName(file)!);
        await reader.OpenAsync(cancellation).ConfigureAwait(false);
    }

    // What was set is read back: builds of SQLite differ in what they take.
    private async Task ExpectAsync(JournalSql sql, string pragma, string expected)
    {
        var found = await sql.FirstAsync($"PRAGMA {pragma}", row => Convert.ToString(row.GetValue(0), CultureInfo.InvariantCulture)!).ConfigureAwait(false);
        if (found != expected)
        {
            throw new DigitizerException(
                FailureKind.JournalBroken,
                $"The journal {ShownName.Escape(file)} says {pragma} = {found}, not {expected}. Nothing was changed. Restore a backup, or type: digitizer rebuild-journal --replace");
        }
    }

    private async Task CheckpointIfDueAsync()
    {
        if (new FileInfo(file + "-wal") is not { Exists: true } log || log.Length < checkpointBytes)
        {
            return;
        }

        // Without readers the log is emptied and starts anew. A long query or a backup may go on while the log is not far beyond its bound.
        var patience = log.Length < 4 * checkpointBytes ? TimeSpan.Zero : Timeout.InfiniteTimeSpan;
        if (!await reading.WaitAsync(patience, CancellationToken.None).ConfigureAwait(false))
        {
            return;
        }

        try
        {
            await new JournalSql(writer, null, CancellationToken.None).ListAsync("PRAGMA wal_checkpoint(TRUNCATE)", row => row.GetInt64(0)).ConfigureAwait(false);
        }
        finally
        {
            reading.Release();
        }
    }

    private async Task<T> GuardAsync<T>(Func<Task<T>> action)
    {
        if (broken is { } before)
        {
            throw new DigitizerException(before.Kind, before.Message, before);
        }

        try
        {
            return await action().ConfigureAwait(false);
        }
        catch (SqliteException e)
        {
            var failure = SqliteFailure.Create(e, file);
            broken = SqliteFailure.IsFatal(e) ? failure : broken;
            throw failure;
        }
        catch (DigitizerException e) when (e.Kind == FailureKind.JournalBroken)
        {
            broken = e;
            throw;
        }
    }
}
