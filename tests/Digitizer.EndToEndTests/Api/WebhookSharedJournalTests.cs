using Digitizer.EndToEndTests.Support;
using Digitizer.Tests.Jobs;

namespace Digitizer.EndToEndTests.Api;

/// <summary>Two services on one journal have the same webhook: one of them tells.</summary>
[Collection(PostgresTests.Name)]
public sealed class WebhookSharedJournalTests(PostgresServer server)
{
    [Fact]
    public async Task Each_event_is_told_once_and_the_other_goes_on_when_one_is_gone()
    {
        var database = server.NewDatabase();
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var one = await WebhookBench.CreateAsync(connection: database);
        await using var other = await WebhookBench.CreateAsync(connection: database);
        foreach (var bench in new[] { one, other })
        {
            bench.Add("portal", receiver.Address);
            await bench.StartAsync();
        }

        for (var i = 0; i < 10; i++)
        {
            await one.Journal.AcceptAsync();
        }

        await BothUntilAsync(() => receiver.Taken.Count == 10);
        var first = one.Log.All.Concat(other.Log.All).Count(line => line.Contains("secrets read", StringComparison.Ordinal));
        Assert.Equal(1, first);

        await (one.Log.All.Any(line => line.Contains("secrets read", StringComparison.Ordinal)) ? one : other).StopAsync();
        await one.Journal.AcceptAsync();
        await BothUntilAsync(() => receiver.Taken.Count == 11);
        Assert.Equal(11, receiver.Requests.Count);
        Assert.Equal(receiver.Taken.Select(r => r.Line).Distinct().Order(), receiver.Taken.Select(r => r.Line));

        Task BothUntilAsync(Func<bool> condition) => one.UntilAsync(() =>
        {
            other.Journal.Time.SetUtcNow(one.Journal.Time.GetUtcNow());
            return condition();
        });
    }
}
