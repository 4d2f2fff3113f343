using Digitizer.Jobs;
using Digitizer.Tests.Jobs;
using Npgsql;

namespace Digitizer.Tests.Deploy;

/// <summary>The text by which KEDA asks the journal how much there is to do, asked of a real one.</summary>
[Collection(PostgresTests.Name)]
public sealed class ScalingQueryTests(PostgresServer server)
{
    private static readonly string[] Indices = ["work_ready", "work_later", "work_leased"];

    [Fact]
    public async Task It_counts_what_is_due_or_under_way_for_the_role_pages_and_nothing_else()
    {
        var connection = server.NewDatabase();
        await using var journal = await Journal.CreateAsync(connection);
        Assert.Equal(0, await AskAsync(connection));

        await journal.ProvedAsync(Journal.Dossier);
        Assert.NotNull(await journal.TryTakeAsync(WorkKind.Deliver));
        Assert.Equal(0, await AskAsync(connection));

        await journal.SplitAsync(5);
        await journal.AcceptAsync();
        Assert.Equal(6, await AskAsync(connection));

        await journal.TakeAsync(WorkKind.Page);
        Assert.Equal(6, await AskAsync(connection));

        await ChangeAsync(connection, "run_at = 1", page: 4);
        Assert.Equal(6, await AskAsync(connection));
        await ChangeAsync(connection, "run_at = (extract(epoch FROM now()) * 1000)::bigint + 3600000", page: 5);
        Assert.Equal(5, await AskAsync(connection));

        await journal.ReadAsync(await journal.TakeAsync(WorkKind.Page));
        Assert.Equal(4, await AskAsync(connection));
    }

    [Fact]
    public async Task Each_of_its_counts_reads_an_index_of_its_own_however_much_is_done()
    {
        var connection = server.NewDatabase();
        await using var journal = await Journal.CreateAsync(connection);
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand("SET enable_seqscan = off; EXPLAIN " + Query());
        await using var reader = await command.ExecuteReaderAsync();
        var plan = new List<string>();
        while (await reader.ReadAsync())
        {
            plan.Add(reader.GetString(0));
        }

        Assert.All(Indices, index => Assert.Contains(plan, line => line.Contains(index, StringComparison.Ordinal)));
        Assert.DoesNotContain(plan, line => line.Contains("Seq Scan", StringComparison.Ordinal));
    }

    private static string Query()
    {
        var scaled = ManifestSet.Read("kubernetes").Of("ScaledObject").Single(manifest => manifest.Name == "digitizer-pages");
        return Manifest.Word(scaled.Items("spec", "triggers").Single(trigger => Manifest.Word(trigger["type"]) == "postgresql")["metadata"]!["query"]);
    }

    // As KEDA reads it: one row, one column, a number.
    private static async Task<double> AskAsync(string connection)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(Query());
        await using var reader = await command.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync());
        Assert.Equal(1, reader.FieldCount);
        var count = Convert.ToDouble(reader.GetValue(0), System.Globalization.CultureInfo.InvariantCulture);
        Assert.False(await reader.ReadAsync());
        return count;
    }

    private static async Task ChangeAsync(string connection, string change, int page)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand($"UPDATE work SET {change} WHERE kind = 'page' AND state = 'queued' AND page = $1");
        command.Parameters.AddWithValue((long)page);
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }
}
