using Digitizer.EndToEndTests.Support;
using Digitizer.EndToEndTests.Trials;
using Digitizer.Service;
using Digitizer.Tests.Support;
using Digitizer.Trials;
using Digitizer.Worker.Service;
using Microsoft.Data.Sqlite;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>
/// Row C14: journals of every earlier version, with work in every state, are taken over: all of it is finished, nothing is filed
/// twice, and what waited for a person still does. A journal of a later version is refused and left as it is.
/// </summary>
[Trait("Row", "C14")]
public sealed class RowC14Upgrade
{
    [Fact]
    public async Task What_an_earlier_version_left_is_finished_and_a_later_version_is_refused()
    {
        var fixtures = Row.Some(JournalFixture.All(), oneIn: 3);
        var row = new Row("C14", 1, 1, 1);
        var reasons = new List<string>();
        foreach (var fixture in fixtures)
        {
            using var folder = new TempFolder();
            using var house = JournalFixture.Lay(fixture, folder.Path);
            var found = await FinishAsync(house);
            found.AddRange(await LaterAsync(house));
            reasons.AddRange(found.Select(f => $"{Path.GetFileName(fixture)}: {f}"));
            foreach (var _ in house.All)
            {
                row.Trial(found.Count == 0);
            }
        }

        row.Report(reasons);
    }

    private static async Task<List<string>> FinishAsync(TrialHouse house)
    {
        await house.StartAsync();
        if (!await house.SettledAsync())
        {
            return ["the service ended", house.Log];
        }

        // The scan without dossier waits for a person, who assigns one; its page says dossier 1.
        var list = await house.ListAsync();
        var waiting = list.Units!.Single(u => u.Arrival.FileName == "loose.png" && list.Waiting!.Contains(u.Id));
        var account = await AskAsync(house, new JobsRequest("show", waiting.Id.ToString()));
        await AskAsync(house, new JobsRequest("assign", Document: account.Account!.Documents.Single().Id.ToString(), Dossier: PrintedIdentity.CodeOf(1), Who: "trial"));
        var isSettled = await house.SettledAsync();
        var filed = house.FiledDocuments();
        var loose = filed.Where(f => Path.GetFileName(f.Pdf) == "loose.pdf").ToList();
        var faults = await TrialCheck.FaultsAsync(house.All, [.. filed.Except(loose)], house);
        return [.. faults, .. isSettled && loose is [{ Dossier: var dossier }] && dossier == PrintedIdentity.CodeOf(1) ? [] : new[] { "the loose scan is not where it was assigned" }];
    }

    private static async Task<IEnumerable<string>> LaterAsync(TrialHouse house)
    {
        await house.StopAsync();
        var journal = Path.Combine(house.State, "journal.db");
        using (var connection = new SqliteConnection($"Data Source={journal};Pooling=False"))
        {
            connection.Open();
            using var raise = connection.CreateCommand();
            raise.CommandText = "INSERT INTO journal_version (version) VALUES (1000)";
            raise.ExecuteNonQuery();
        }

        var before = File.ReadAllBytes(journal);
        await house.StartAsync();
        return house.Service.HasExited && house.Service.ExitCode != 0 && house.Log.Contains("[JournalNewer]", StringComparison.Ordinal) && before.AsSpan().SequenceEqual(File.ReadAllBytes(journal))
            ? []
            : ["a newer journal was not refused, or was changed"];
    }

    private static Task<JobsReply> AskAsync(TrialHouse house, JobsRequest request) => ControlClient.AskAsync(house.State, request, CancellationToken.None);
}
