using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using Digitizer.Failures;

namespace Digitizer.Jobs;

/// <summary>Moves a journal to another engine: every row, in one transaction, counted and compared afterwards.</summary>
internal static class JournalMove
{
    // Parents before children.
    private static readonly string[] Tables = ["submission", "unit", "original", "page", "document", "document_page", "delivery", "work", "history", "webhook", "blob_try", "chore"];

    /// <summary>Copies a journal into an empty one. The old one is left as it is; both must be out of use.</summary>
    /// <returns>Rows by table.</returns>
    /// <exception cref="DigitizerException">ActNotPossible: the new journal is not empty; JournalBroken: what arrived is not what was sent, nothing was kept.</exception>
    public static async Task<IReadOnlyDictionary<string, long>> RunAsync(JobOptions from, JobOptions to, CancellationToken cancellation)
    {
        await using var old = await JournalDatabases.OpenAsync(from, cancellation).ConfigureAwait(false);
        await using var target = await JournalDatabases.OpenAsync(to, cancellation).ConfigureAwait(false);
        await Migrations.ApplyAsync(old, cancellation).ConfigureAwait(false);
        await Migrations.ApplyAsync(target, cancellation).ConfigureAwait(false);
        return await old.ReadAsync(source => target.WriteAsync(sink => CopyAsync(source, sink, target.AfterCopy), () => { }, cancellation), cancellation).ConfigureAwait(false);
    }

    private static async Task<IReadOnlyDictionary<string, long>> CopyAsync(JournalSql source, JournalSql sink, IReadOnlyList<string> afterCopy)
    {
        if (await sink.NumberAsync("SELECT count(*) FROM unit").ConfigureAwait(false) > 0)
        {
            throw new DigitizerException(FailureKind.ActNotPossible, "The new journal holds units already. Give an empty database.");
        }

        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in Tables)
        {
            var sent = new Sum();
            await source.EachAsync($"SELECT * FROM {table}", row => InsertAsync(sink, table, row, sent)).ConfigureAwait(false);
            var arrived = new Sum();
            await sink.EachAsync($"SELECT * FROM {table}", row => { arrived.Add(Values(row)); return Task.CompletedTask; }).ConfigureAwait(false);
            if (!sent.Equals(arrived))
            {
                throw new DigitizerException(FailureKind.JournalBroken, $"Table {table} did not arrive as it was sent ({sent.Count} rows, {arrived.Count} arrived). Nothing was kept; the old journal is unchanged. Hand this message to support.");
            }

            counts.Add(table, sent.Count);
        }

        foreach (var statement in afterCopy)
        {
            await sink.ListAsync(statement, _ => true).ConfigureAwait(false);
        }

        return counts;
    }

    private static async Task InsertAsync(JournalSql sink, string table, DbDataReader row, Sum sent)
    {
        var values = Values(row);
        sent.Add(values);
        await sink.ExecuteAsync(
            $"INSERT INTO {table} ({string.Join(", ", values.Select(v => v.Name))}) VALUES ({string.Join(", ", values.Select(v => "@" + v.Name))})", values).ConfigureAwait(false);
    }

    private static (string Name, object? Value)[] Values(DbDataReader row)
        => [.. Enumerable.Range(0, row.FieldCount).Select(i => (row.GetName(i), row.IsDBNull(i) ? null : row.GetValue(i)))];

    /// <summary>Number and digest of rows, whatever their order: the engines sort text differently.</summary>
    private sealed class Sum
    {
        private readonly byte[] digest = new byte[32];

        public long Count { get; private set; }

        public void Add((string Name, object? Value)[] row)
        {
            Count++;
            var one = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(row.OrderBy(v => v.Name, StringComparer.Ordinal).Select(v => new[] { v.Name, v.Value })));
            for (var i = 0; i < digest.Length; i++)
            {
                digest[i] ^= one[i];
            }
        }

        public bool Equals(Sum other) => Count == other.Count && digest.AsSpan().SequenceEqual(other.digest);
    }
}
