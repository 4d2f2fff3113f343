using Digitizer.Failures;

namespace Digitizer.Jobs;

/// <summary>Brings a journal's tables to this program's version, one numbered file at a time.</summary>
internal static class Migrations
{
    /// <summary>The newest version that this program knows.</summary>
    public const int Newest = 9;

    private static readonly string[] Names = ["0001_journal", "0002_retention", "0003_audited", "0004_originals", "0005_submissions", "0006_webhooks", "0007_copies", "0008_blob_queues", "0009_workers"];

    /// <exception cref="DigitizerException">JournalNewer.</exception>
    public static Task ApplyAsync(JournalDatabase database, CancellationToken cancellation)
        => database.WriteAsync(
            async sql =>
            {
                await sql.ListAsync(database.MigrationLock, _ => true).ConfigureAwait(false);
                await sql.ExecuteAsync("CREATE TABLE IF NOT EXISTS journal_version (version bigint NOT NULL PRIMARY KEY)").ConfigureAwait(false);
                var version = await sql.NumberAsync("SELECT max(version) FROM journal_version").ConfigureAwait(false);
                if (version > Newest)
                {
                    throw new DigitizerException(FailureKind.JournalNewer, $"The journal has version {version}, this program knows {Newest}: a newer Digitizer wrote it. Install that one again, or restore a backup.");
                }

                for (var next = version + 1; next <= Newest; next++)
                {
                    await sql.ExecuteAsync(Text($"{Names[next - 1]}.{database.Name}.sql")).ConfigureAwait(false);
                    await sql.ExecuteAsync("INSERT INTO journal_version (version) VALUES (@version)", ("version", next)).ConfigureAwait(false);
                }

                return version;
            },
            () => { },
            cancellation);

    private static string Text(string name)
    {
        using var reader = new StreamReader(typeof(Migrations).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
