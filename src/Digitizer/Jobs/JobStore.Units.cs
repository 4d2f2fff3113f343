using Digitizer.Intake;

namespace Digitizer.Jobs;

internal sealed partial class JobStore
{
    /// <summary>Units with their files; those of one file, which are most, cost nothing more than their row.</summary>
    /// <param name="sql">The statements.</param>
    /// <param name="rest">What follows FROM unit.</param>
    /// <param name="values">Of its parameters.</param>
    private static async Task<List<JobUnit>> UnitsAsync(JournalSql sql, string rest, params (string, object?)[] values)
    {
        var query = UnitQuery(rest, values);
        var units = await sql.ListAsync(query.Sql, query.Row, query.Values).ConfigureAwait(false);
        for (var i = 0; i < units.Count; i++)
        {
            units[i] = await CompleteAsync(sql, units[i]).ConfigureAwait(false);
        }

        return units;
    }

    private static Query<JobUnit> UnitQuery(string rest, params (string, object?)[] values) => new($"SELECT {Rows.Unit} FROM unit {rest}", Rows.ToUnit, values);

    private static async Task<JobUnit> CompleteAsync(JournalSql sql, JobUnit unit) => unit.FileCount > 1 ? await WithFilesAsync(sql, unit).ConfigureAwait(false) : unit;

    private static async Task<JobUnit?> FindUnitAsync(JournalSql sql, UnitId id, string lockRow = "")
        => (await UnitsAsync(sql, $"WHERE id = @id {lockRow}", ("id", id.ToString())).ConfigureAwait(false)).SingleOrDefault();

    private static async Task<JobUnit> WithFilesAsync(JournalSql sql, JobUnit unit)
    {
        var files = await sql.ListAsync($"SELECT {Rows.Original} FROM original WHERE unit = @unit ORDER BY number", Rows.ToOriginal, ("unit", unit.Id.ToString())).ConfigureAwait(false);
        return unit with
        {
            Arrival = unit.Arrival with { Files = [.. files.Select(f => f.File)] },
            FilePages = files.Exists(f => f.Pages is null) ? null : [.. files.Select(f => f.Pages!.Value)],
        };
    }

    private static async Task InsertFilesAsync(Change change, NewUnit unit)
    {
        foreach (var (i, file) in (unit.Files ?? []).Index())
        {
            await change.Sql.LaterAsync(
                """
                INSERT INTO original (id, unit, number, name, shown_name, bytes, sha256, expected_pages)
                VALUES (@id, @unit, @number, @name, @shown, @bytes, @sha256, @expected)
                """,
                ("id", file.Id.ToString()), ("unit", unit.Id.ToString()), ("number", i + 1), ("name", file.Name), ("shown", file.ShownName), ("bytes", file.Bytes),
                ("sha256", file.Sha256), ("expected", file.ExpectedPages)).ConfigureAwait(false);
        }
    }

    private static async Task SetFilePagesAsync(Change change, UnitId unit, IReadOnlyList<int>? filePages)
    {
        foreach (var (i, pages) in (filePages ?? []).Index())
        {
            ExpectOne(await change.Sql.ExecuteAsync(
                "UPDATE original SET pages = @pages WHERE unit = @unit AND number = @number",
                ("pages", pages), ("unit", unit.ToString()), ("number", i + 1)).ConfigureAwait(false), "the file");
        }
    }

    private static async Task<IReadOnlyList<UnitId>> BatchUnitsAsync(JournalSql sql, NewUnit unit)
        => unit.Batch is not { } batch
            ? []
            : await sql.ListAsync(
                "SELECT id FROM unit WHERE source = @source AND batch = @batch ORDER BY id", row => UnitId.Parse(row.GetString(0)), ("source", unit.Source), ("batch", batch.Id)).ConfigureAwait(false);
}
