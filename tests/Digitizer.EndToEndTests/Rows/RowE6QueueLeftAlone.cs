using Digitizer.EndToEndTests.Support;
using Digitizer.EndToEndTests.Trials;
using Digitizer.Tests.Jobs;
using Digitizer.Tests.Support;
using Digitizer.Tests.Support.Servers;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>Row E6, blob queues: while too much waits because the dossier system is stopped, messages stay in their queue, where they tell whoever scales how much there is to do; afterwards each is taken and filed once.</summary>
[Trait("Row", "E6")]
[Collection(PostgresTests.Name)]
public sealed class RowE6QueueLeftAlone(PostgresServer server) : IDisposable
{
    private const int Limit = 4;

    // Messages that are in hand when the limit is met.
    private const int AtATime = 8;

    private readonly Azurite azurite = new();

    public void Dispose() => azurite.Dispose();

    [Fact]
    public async Task Messages_stay_in_their_queue_while_too_much_waits()
    {
        var row = new Row("E6-queue", 1, 8, 40);
        using var data = new TempFolder();
        var address = ServiceUnderTest.FreeAddress();
        using var fleet = new TrialFleet(1, new FleetPlaces(server.NewDatabase(), azurite.ConnectionString), (_, configuration) =>
        {
            var service = configuration["Service"]!.AsObject();
            service.Remove("Dossiers");
            service.Add("DossierSystem", System.Text.Json.JsonSerializer.SerializeToNode(new { Address = address + "/", Repeats = 0 }));
            service["MaxBacklog"] = Limit;
            service["Alarms"] = System.Text.Json.JsonSerializer.SerializeToNode(new { LookSeconds = 0.2 });
        });
        await fleet.StartAsync();
        var reasons = new List<string>();
        for (var round = 0; round < row.Count; round++)
        {
            const int Messages = Limit + AtATime + 6;
            for (var i = 0; i < Messages; i++)
            {
                await fleet.UploadAsync((uint)(round % 40) + 1);
            }

            var isClosed = await Eventually.ComesAsync(async () => (await fleet.First.ListAsync()).Units!.Count(u => u.FinishedAt is null) >= Limit, TestProgram.Patience);
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
            var left = fleet.Announced;
            await using var system = await DossierSystem.StartAsync(data[$"system-{round}"], options => options.Url = address);
            var isTaken = await Eventually.ComesAsync(() => system.Archive.Applied.Count == Messages, TestProgram.Patience);
            var isOnce = system.Archive.Applied.GroupBy(d => d.Key).All(copies => copies.Count() == 1);
            var isEmpty = await Eventually.ComesAsync(() => fleet.Announced == 0, TestProgram.Patience);
            var isGood = isClosed && left >= Messages - Limit - AtATime && isTaken && isOnce && isEmpty;
            row.Trial(isGood);
            reasons.AddRange(isGood ? [] : [$"round {round}: closed {isClosed}, left {left} of {Messages}, taken {isTaken}, once {isOnce}, queue empty {isEmpty}", fleet.Log]);
        }

        row.Report(reasons);
    }
}
