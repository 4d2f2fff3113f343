using Digitizer.EndToEndTests.Support;
using Digitizer.EndToEndTests.Trials;
using Digitizer.Jobs;
using Digitizer.Tests.Jobs;
using Digitizer.Tests.Support.Servers;
using Digitizer.Trials;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>Row B5: one blob among sixteen is made to bring down whoever decodes it; it ends in exceptions with its reason, and all others are filed.</summary>
[Trait("Row", "B5")]
[Collection(PostgresTests.Name)]
public sealed class RowB5Poison(PostgresServer server) : IDisposable
{
    private const int Bystanders = 15;
    private const int MostAttempts = 5;

    private readonly Azurite azurite = new();

    public void Dispose() => azurite.Dispose();

    [Fact]
    public async Task A_killer_ends_in_exceptions_and_takes_nobody_along()
    {
        var row = new Row("B5", 2, 6, 6);
        using var fleet = new TrialFleet(2, new FleetPlaces(server.NewDatabase(), azurite.ConnectionString), (_, c) => c["Service"]!["Attempts"] = MostAttempts);
        await fleet.StartAsync();
        var reasons = new List<string>();
        foreach (var killer in Bombs.All.Where(bomb => bomb.Kinds.Length > 0).Take(row.Count))
        {
            for (var i = 0; i < Bystanders; i++)
            {
                await fleet.UploadAsync(7);
                if (i == Bystanders / 2)
                {
                    await fleet.UploadAsync("killer/" + killer.Name, killer.Content, PrintedIdentity.CodeOf(7));
                }
            }

            var unit = await RefusedAsync(fleet, killer.Name);
            var isRight = unit?.Failure is { } why && killer.Kinds.Contains(why.Kind.ToString());
            row.Trial(isRight);
            reasons.AddRange(isRight ? [] : [$"{killer.Name}: {unit?.State} {unit?.Failure?.Kind}, not {string.Join(" or ", killer.Kinds)}"]);
        }

        var faults = await fleet.FaultsAsync();
        if (faults.Count > 0)
        {
            row.Trial(passed: false);
        }

        row.Report([.. reasons, .. faults]);
    }

    private static async Task<JobUnit?> RefusedAsync(TrialFleet fleet, string name)
    {
        JobUnit? found = null;
        await Eventually.ComesAsync(
            async () => (found = (await fleet.First.ListAsync()).Units!.FirstOrDefault(u => u.Arrival.FileName == name && u.State == UnitState.Exception)) is not null, TestProgram.Patience);
        return found;
    }
}
