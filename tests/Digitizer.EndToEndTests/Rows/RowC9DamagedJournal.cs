using Digitizer.EndToEndTests.Support;
using Digitizer.EndToEndTests.Trials;
using Microsoft.Data.Sqlite;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>
/// Row C9: pages of the journal are spoilt, its log or all of it is deleted, while work is under way. The service does not start on
/// what is damaged or gone; made anew by command, the journal has everything, and nothing is filed twice.
/// </summary>
[Trait("Row", "C9")]
public sealed class RowC9DamagedJournal
{
    private const int PageBytes = 4096;

    private static readonly string[] Ways = ["spoilt", "log gone", "all gone"];

    [Fact]
    public async Task A_damaged_journal_is_refused_and_made_anew_without_loss()
    {
        var row = new Row("C9", 3, 30, 90);
        var reasons = new List<string>();
        for (var i = 0; i < row.Count; i++)
        {
            var found = await RunAsync(Ways[i % Ways.Length], new Random(i));
            reasons.AddRange(found);
            row.Trial(found.Count == 0);
        }

        row.Report(reasons);
    }

    private static async Task<IReadOnlyList<string>> RunAsync(string way, Random random)
    {
        using var house = new TrialHouse();
        await house.StartAsync();
        for (var i = 1u; i <= 4; i++)
        {
            house.Feed(i);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1000)), TimeProvider.System);
        }

        await house.KillAsync();
        Damage(house, way, random);
        await house.StartAsync();
        if (!house.Service.HasExited)
        {
            await house.KillAsync();
            return [$"{way}: the service started"];
        }

        using var program = new TestProgram();
        if (random.Next(2) == 0)
        {
            // One that is killed in the middle leaves nothing that could be taken for a journal.
            var killed = await program.RunInsideAsync("env", ["DIGITIZER_FAILPOINTS=Committed@3=kill"], "rebuild-journal", "--state", house.State, "--replace");
            await house.StartAsync();
            if (killed.Code == 0 || !house.Service.HasExited)
            {
                return [$"{way}: half of a journal was taken for all of it"];
            }
        }

        var rebuilt = await program.RunAsync("rebuild-journal", "--state", house.State, "--replace");
        if (rebuilt.Code != 0)
        {
            return [$"{way}: {rebuilt}"];
        }

        await house.StartAsync();
        var isSettled = await house.SettledAsync();
        var faults = await TrialCheck.FaultsAsync(house.All, house.FiledDocuments(), house);
        await house.StopAsync();
        var verified = await program.RunAsync("verify", "--state", house.State);
        if (verified.Code != 0)
        {
            return [$"{way}: {verified}"];
        }

        return isSettled && faults.Count == 0 ? [] : [.. faults.Select(f => $"{way}: {f}"), rebuilt.Output, house.Log];
    }

    private static void Damage(TrialHouse house, string way, Random random)
    {
        var journal = Path.Combine(house.State, "journal.db");
        switch (way)
        {
            case "spoilt":
                // What the log holds would mend the file: it is brought in first.
                using (var connection = new SqliteConnection($"Data Source={journal};Pooling=False"))
                {
                    connection.Open();
                    using var checkpoint = connection.CreateCommand();
                    checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
                    checkpoint.ExecuteNonQuery();
                }

                using (var file = File.Open(journal, FileMode.Open))
                {
                    var noise = new byte[PageBytes];
                    random.NextBytes(noise);
                    file.Position = PageBytes * random.NextInt64(1, file.Length / PageBytes);
                    file.Write(noise);
                }

                break;
            case "log gone":
                File.Delete(journal + "-wal");
                break;
            default:
                File.Delete(journal);
                File.Delete(journal + "-wal");
                File.Delete(journal + "-shm");
                break;
        }
    }
}
