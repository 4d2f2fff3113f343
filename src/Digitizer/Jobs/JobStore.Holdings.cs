using Digitizer.Intake;

namespace Digitizer.Jobs;

internal sealed partial class JobStore
{
    /// <summary>What vault and dossiers must hold of units, in the order of their ids.</summary>
    public Task<IReadOnlyList<UnitHolding>> HoldingsAsync(Slice slice, CancellationToken cancellation)
        => database.ReadAsync<IReadOnlyList<UnitHolding>>(
            async sql =>
            {
                var units = await UnitsAsync(
                    sql, "WHERE id > @after ORDER BY id LIMIT @count", ("after", slice.After?.ToString() ?? ""), ("count", slice.Count)).ConfigureAwait(false);
                return await HoldingsAsync(sql, units).ConfigureAwait(false);
            },
            cancellation);

    /// <summary>The same of one unit, by its id or that of one of its files; null if there is none.</summary>
    public Task<UnitHolding?> HoldingAsync(UnitId unit, CancellationToken cancellation)
        => database.ReadAsync(
            async sql => (await HoldingsAsync(
                sql, await UnitsAsync(sql, "WHERE id = @unit OR id IN (SELECT unit FROM original WHERE id = @unit)", ("unit", unit.ToString())).ConfigureAwait(false)).ConfigureAwait(false)).SingleOrDefault(),
            cancellation);

    private static async Task<IReadOnlyList<UnitHolding>> HoldingsAsync(JournalSql sql, List<JobUnit> units)
    {
        if (units.Count == 0)
        {
            return [];
        }

        (string, object?)[] range = [("first", units[0].Id.ToString()), ("last", units[^1].Id.ToString())];
        var results = await ResultsAsync(sql, range).ConfigureAwait(false);
        var documents = (await sql.ListAsync($"SELECT {Rows.Document} FROM document WHERE unit BETWEEN @first AND @last", Rows.ToDocument, range).ConfigureAwait(false))
            .ToDictionary(d => (d.Id, d.Revision));
        var deliveries = await sql.ListAsync(
            $"SELECT {string.Join(", ", Rows.Delivery.Split(", ").Select(c => "v." + c))} FROM document d JOIN delivery v ON v.document = d.id AND v.revision = d.revision WHERE d.unit BETWEEN @first AND @last",
            Rows.ToDelivery, range).ConfigureAwait(false);
        var filed = deliveries.GroupBy(v => v.Document).Select(Newest).OfType<JobDelivery>()
            .Select(v => new FiledDelivery(documents[(v.Document, v.Revision)], v)).ToLookup(f => f.Document.Unit);
        return [.. units.Select(u => new UnitHolding(u, u.TrashedAt is null ? [.. results[u.Id].Distinct(StringComparer.Ordinal)] : [], [.. filed[u.Id]]))];
    }

    private static async Task<ILookup<UnitId, string>> ResultsAsync(JournalSql sql, (string, object?)[] range)
    {
        (UnitId Unit, string[] Digests) Read(System.Data.Common.DbDataReader row)
            => (UnitId.Parse(row.GetString(0)), [.. Enumerable.Range(1, 4).Select(i => Rows.Text(row, i)).OfType<string>()]);
        var pages = await sql.ListAsync("SELECT unit, result_sha256, image_sha256, thumbnail_sha256, NULL FROM page WHERE unit BETWEEN @first AND @last", Read, range).ConfigureAwait(false);
        var documents = await sql.ListAsync("SELECT unit, pdf_sha256, text_sha256, json_sha256, copy_sha256 FROM document WHERE unit BETWEEN @first AND @last", Read, range).ConfigureAwait(false);
        return pages.Concat(documents).SelectMany(r => r.Digests, (r, digest) => (r.Unit, digest)).ToLookup(r => r.Unit, r => r.digest);
    }

    /// <summary>What the dossier holds of a document for certain; null while a later revision may be taking its place.</summary>
    private static JobDelivery? Newest(IEnumerable<JobDelivery> revisions)
        => revisions.OrderByDescending(v => v.Revision).FirstOrDefault(v => DeliveryRule.MayBeThere(v.State)) is { State: DeliveryState.Attached or DeliveryState.Verified } newest ? newest : null;
}
