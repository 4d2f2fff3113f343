namespace Digitizer.Jobs;

/// <summary>
/// What differs between the engines: how a connection is had, how a transaction is made exclusive, and
/// a few words of SQL. Everything else is shared text in <see cref="JobStore"/>.
/// </summary>
internal abstract class JournalDatabase : IAsyncDisposable
{
    /// <summary>Part of the names of schema files.</summary>
    public abstract string Name { get; }

    /// <summary>Name and version, for people.</summary>
    public abstract string Engine { get; }

    /// <summary>Ends a SELECT of rows that this transaction is about to change, so that others pass them by.</summary>
    public abstract string SkipLocked { get; }

    /// <summary>Ends a SELECT of rows that others must wait for.</summary>
    public abstract string ForUpdate { get; }

    /// <summary>Makes other migrations wait until the end of the transaction.</summary>
    public abstract string MigrationLock { get; }

    /// <summary>Queries after rows were copied in with their ids, so that new rows get further ones.</summary>
    public abstract IReadOnlyList<string> AfterCopy { get; }

    /// <summary>A query of the oldest transaction that may still be writing: all below it are over.</summary>
    public abstract string OldestWriter { get; }

    /// <summary>A query of a number that is above those of all transactions that have written anything.</summary>
    public abstract string NextWriter { get; }

    /// <summary>A query of the database's clock, in milliseconds since 1970; null: it is this machine's.</summary>
    public abstract string? ServerClock { get; }

    /// <summary>True if no other process can have the journal open.</summary>
    public abstract bool HasOneOwner { get; }

    /// <summary>Runs statements in one durable transaction.</summary>
    /// <param name="work">Its statements; may run again from the start if the engine asks for it.</param>
    /// <param name="beforeCommit">Runs when all statements went well; if it throws, nothing is committed.</param>
    /// <param name="cancellation">Ends the wait for other transactions.</param>
    /// <exception cref="Failures.DigitizerException">JournalBroken: stop the process; JournalUnavailable: try later.</exception>
    public abstract Task<T> WriteAsync<T>(Func<JournalSql, Task<T>> work, Action beforeCommit, CancellationToken cancellation);

    /// <summary>Runs queries that see one state of the journal.</summary>
    public abstract Task<T> ReadAsync<T>(Func<JournalSql, Task<T>> work, CancellationToken cancellation);

    /// <summary>Runs queries of which each sees one state of the journal, and need not see the same: what they ask for does not change together.</summary>
    public virtual Task<T> LookAsync<T>(Func<JournalSql, Task<T>> work, CancellationToken cancellation) => ReadAsync(work, cancellation);

    /// <summary>Writes a whole copy as of one moment into a new file.</summary>
    public abstract Task BackupAsync(string copy, CancellationToken cancellation);

    /// <summary>Reads all of the journal and looks for damage; does nothing on an engine that is looked after by others.</summary>
    /// <param name="scratch">A file that may be written, and is the caller's to delete with what lies beside it.</param>
    /// <param name="cancellation">Ends the wait for other transactions.</param>
    /// <exception cref="Failures.DigitizerException">JournalBroken: stop the process; OutputNotWritable: it could not be checked.</exception>
    public abstract Task CheckAsync(string scratch, CancellationToken cancellation);

    public abstract ValueTask DisposeAsync();
}
