using Microsoft.Data.Sqlite;

namespace Digitizer.Jobs;

/// <summary>The embedded engine: one process, one writing connection, one reading connection.</summary>
internal sealed class SqliteDatabase : JournalDatabase
{
    private readonly SemaphoreSlim writing = new(1);
    private readonly SemaphoreSlim reading = new(1);
    private readonly SqliteConnection writer;
    private readonly SqliteConnection reader;

    private SqliteDatabase(SqliteConnection writer, SqliteConnection reader)
    {
        this.writer = writer;
        this.reader = reader;
    }

    public override string Name => "sqlite";

    public override string SkipLocked => "";

    public override string ForUpdate => "";

    public static async Task<SqliteDatabase> OpenAsync(string file, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var writer = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        await writer.OpenAsync(cancellation).ConfigureAwait(false);
        await new JournalSql(writer, null, cancellation).ExecuteAsync("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 0").ConfigureAwait(false);
        var reader = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, Mode = SqliteOpenMode.ReadOnly }.ToString());
        await reader.OpenAsync(cancellation).ConfigureAwait(false);
        return new SqliteDatabase(writer, reader);
    }

    public override async Task<T> WriteAsync<T>(Func<JournalSql, Task<T>> work, Action beforeCommit, CancellationToken cancellation)
    {
        await writing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await using var transaction = writer.BeginTransaction(deferred: false);
            var result = await work(new JournalSql(writer, transaction, cancellation)).ConfigureAwait(false);
            beforeCommit();
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
            return result;
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
            await using var transaction = reader.BeginTransaction(deferred: true);
            return await work(new JournalSql(reader, transaction, cancellation)).ConfigureAwait(false);
        }
        finally
        {
            reading.Release();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await reader.DisposeAsync().ConfigureAwait(false);
        await writer.DisposeAsync().ConfigureAwait(false);
        writing.Dispose();
        reading.Dispose();
    }
}
