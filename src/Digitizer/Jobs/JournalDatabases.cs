using Digitizer.Failures;

namespace Digitizer.Jobs;

/// <summary>Opens the database that the options name.</summary>
internal static class JournalDatabases
{
    /// <exception cref="DigitizerException">As the engines throw; ActNotPossible if the options lack the file or the connection.</exception>
    public static async Task<JournalDatabase> OpenAsync(JobOptions options, CancellationToken cancellation) => options switch
    {
        { Engine: JournalEngine.Sqlite, File: { Length: > 0 } file } => await SqliteDatabase.OpenAsync(file, options.CheckpointBytes, cancellation).ConfigureAwait(false),
        { Engine: JournalEngine.PostgreSql, Connection: { Length: > 0 } connection } => await PostgresDatabase.OpenAsync(connection, cancellation).ConfigureAwait(false),
        _ => throw new DigitizerException(FailureKind.ActNotPossible, $"Journal.Engine is {options.Engine}, but Journal.{(options.Engine == JournalEngine.Sqlite ? "File" : "Connection")} is not set. Set it."),
    };
}
