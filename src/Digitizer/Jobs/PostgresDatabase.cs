using System.Data;
using System.Data.Common;
using Digitizer.Failures;
using Npgsql;

namespace Digitizer.Jobs;

/// <summary>The shared engine: several processes and machines work on one journal.</summary>
internal sealed class PostgresDatabase : JournalDatabase
{
    private const int MostTries = 10;

    // Whatever the server's defaults say: a commit is acknowledged only when it is on the disk; and what a process that sleeps, or is
    // cut off without a word, has locked is free again in seconds, so that others can do its work.
    private const string Session =
        "-c synchronous_commit=on -c idle_in_transaction_session_timeout=10s -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c tcp_user_timeout=20s";

    // So that a peer which is gone without a word is noticed while nothing is asked.
    private const int KeepAliveSeconds = 15;

    // The journal's statements are few and always the same: each is parsed and planned once for a connection.
    private const string Prepared = "Max Auto Prepare";
    private const int PreparedStatements = 200;

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(20);

    // Waits between tries are no part of anybody's time.
    private readonly TimeProvider time = TimeProvider.System;

    private readonly NpgsqlDataSource source;
    private readonly string version;

    private PostgresDatabase(NpgsqlDataSource source, string version)
    {
        this.source = source;
        this.version = version;
    }

    public override string Name => "postgres";

    public override bool HasOneOwner => false;

    public override string SkipLocked => "FOR UPDATE SKIP LOCKED";

    public override string ForUpdate => "FOR UPDATE";

    // Any number of our own; the lock ends with the transaction.
    public override string MigrationLock => "SELECT pg_advisory_xact_lock(4401962)";

    public override string OldestWriter => "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint";

    // Not the snapshot's xmax: a transaction beyond that may have written already.
    public override string NextWriter => "SELECT pg_current_xact_id()::text::bigint";

    public override string? ServerClock => "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint";

    public override string Engine => $"PostgreSQL {version}";

    public override IReadOnlyList<string> AfterCopy =>
    [
        "SELECT setval(pg_get_serial_sequence('work', 'id'), (SELECT coalesce(max(id), 0) + 1 FROM work), false)",
        "SELECT setval(pg_get_serial_sequence('history', 'id'), (SELECT coalesce(max(id), 0) + 1 FROM history), false)",
    ];

    /// <exception cref="DigitizerException">JournalUnavailable.</exception>
    public static async Task<PostgresDatabase> OpenAsync(string connection, CancellationToken cancellation)
    {
        // No session is ever left other than it was found, so nothing need be put back when a connection returns to the pool.
        var settings = new NpgsqlConnectionStringBuilder(connection) { Options = Session, ApplicationName = "digitizer", NoResetOnClose = true };
        settings.MaxAutoPrepare = new DbConnectionStringBuilder { ConnectionString = connection }.ContainsKey(Prepared) ? settings.MaxAutoPrepare : PreparedStatements;
        settings.KeepAlive = settings.KeepAlive == 0 ? KeepAliveSeconds : settings.KeepAlive;
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);

        // Of several hosts the one that takes writes: after a failover that is another.
        var source = settings.Host?.Contains(',', StringComparison.Ordinal) == true ? builder.BuildMultiHost().WithTargetSession(TargetSessionAttributes.ReadWrite) : builder.Build();
        try
        {
            await using var opened = await source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            return new PostgresDatabase(source, opened.ServerVersion);
        }
        catch (Exception e) when (IsExpected(e, cancellation))
        {
            await source.DisposeAsync().ConfigureAwait(false);
            throw Translate(e);
        }
    }

    public override async Task<T> WriteAsync<T>(Func<JournalSql, Task<T>> work, Action beforeCommit, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var isCommitting = false;
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
                await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellation).ConfigureAwait(false);
                var sql = new JournalSql(connection, transaction, cancellation);
                var result = await work(sql).ConfigureAwait(false);
                await sql.FlushAsync().ConfigureAwait(false);
                beforeCommit();
                isCommitting = true;
                await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
                return result;
            }
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure && attempt < MostTries)
            {
                // The server undid it and asks to have it again.
            }
            catch (NpgsqlException e) when (!isCommitting && IsConnectionLost(e) && attempt < MostTries)
            {
                // A connection of the pool that died while nobody used it, or a server that starts again: nothing was committed.
                await Task.Delay(BetweenTries * attempt, time, cancellation).ConfigureAwait(false);
            }
            catch (Exception e) when (IsExpected(e, cancellation))
            {
                throw Translate(e);
            }
        }
    }

    public override async Task<T> ReadAsync<T>(Func<JournalSql, Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            // One state of the journal for all of its queries.
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation).ConfigureAwait(false);
            return await work(new JournalSql(connection, transaction, cancellation)).ConfigureAwait(false);
        }
        catch (Exception e) when (IsExpected(e, cancellation))
        {
            throw Translate(e);
        }
    }

    public override async Task<T> LookAsync<T>(Func<JournalSql, Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            return await work(new JournalSql(connection, null, cancellation)).ConfigureAwait(false);
        }
        catch (Exception e) when (IsExpected(e, cancellation))
        {
            throw Translate(e);
        }
    }

    /// <exception cref="DigitizerException">ActNotPossible.</exception>
    public override Task BackupAsync(string copy, CancellationToken cancellation)
        => throw new DigitizerException(FailureKind.ActNotPossible, "This journal is on PostgreSQL: back it up with pg_dump or pg_basebackup.");

    public override Task CheckAsync(string scratch, CancellationToken cancellation) => Task.CompletedTask;

    public override ValueTask DisposeAsync() => source.DisposeAsync();

    private static bool IsExpected(Exception exception, CancellationToken cancellation) => exception switch
    {
        NpgsqlException or TimeoutException or IOException or System.Net.Sockets.SocketException => true,
        OperationCanceledException => !cancellation.IsCancellationRequested,
        _ => false,
    };

    // 57P: the server shuts down, starts or stops; 08: the connection; 25P03: this process slept within a transaction.
    private static bool IsConnectionLost(NpgsqlException exception)
        => exception is PostgresException { SqlState: ['5', '7', 'P', ..] or ['0', '8', ..] or "25P03" } || (exception is not PostgresException && exception.InnerException is IOException or System.Net.Sockets.SocketException);

    private static DigitizerException Translate(Exception exception) => exception switch
    {
        PostgresException { SqlState: ['2', '3', ..] } => new DigitizerException(
            FailureKind.Internal, $"The journal refused a change that contradicts it: {exception.Message}. Hand this message to support.", exception),
        PostgresException { SqlState: ['X', 'X', ..] or ['5', '8', ..] } => new DigitizerException(
            FailureKind.JournalBroken, $"PostgreSQL reports a damaged journal or a failed disk: {exception.Message}. Stop, and restore a backup.", exception),
        _ => new DigitizerException(
            FailureKind.JournalUnavailable, $"The journal's PostgreSQL cannot be used: {exception.Message}. Start it, or check the connection string; the work goes on by itself.", exception),
    };
}
