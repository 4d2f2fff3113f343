using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.Json;
using Digitizer.Dossiers;
using Digitizer.Pipeline;
using Microsoft.Extensions.Logging.Abstractions;

namespace Digitizer.Benchmarks.Scale;

/// <summary>What one worker counted between two words of its master.</summary>
/// <param name="Claims">Milliseconds of each claim, commit included.</param>
/// <param name="Found">How many of them gave work.</param>
/// <param name="Items">Pieces of work that it ended.</param>
/// <param name="Requests">Requests to the storage account, by method.</param>
internal sealed record WorkerCounts(IReadOnlyList<double> Claims, int Found, int Items, IReadOnlyDictionary<string, int> Requests);

/// <summary>A process of a measurement: the product's own loop, journal and vault, and steps without work. It is told by its input when to count, and ends with it.</summary>
internal static class ScaleWorker
{
    private const int Readers = 1;

    /// <summary>Pieces of work of one process at the same time: two of split and page, two of group, assemble and prove, four of deliver and verify.</summary>
    public const int Slots = 8;

    public static async Task<int> RunAsync(string setupFile)
    {
        var setup = ScaleSetup.Load(setupFile);
        await using var jobs = await setup.OpenJournalAsync();
        var vaults = await setup.OpenVaultsAsync();
        var (options, time, counter) = (new WorkOptions(), TimeProvider.System, new Counter());
        var loop = new WorkLoop(
            jobs, new ReplacedSteps(jobs, vaults.Kept, setup.Pages).All, [.. WorkLane.Making(Readers, options), .. WorkLane.Delivering(options, new StorePause(time, Random.Shared))], options, time, NullLogger<WorkLoop>.Instance);
        loop.Worked += _ => counter.Worked();
        using var stop = new CancellationTokenSource();
        using var listener = counter.Listen();
        var running = loop.RunAsync(stop.Token, CancellationToken.None);
        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync(CancellationToken.None) is not null)
        {
            Console.WriteLine(JsonSerializer.Serialize(counter.Take()));
        }

        await stop.CancelAsync();
        await running;
        return 0;
    }

    private sealed class Counter
    {
        private readonly Lock gate = new();
        private List<double> claims = [];
        private Dictionary<string, int> requests = [];
        private int found;
        private int items;

        public void Worked() => Interlocked.Increment(ref items);

        public MeterListener Listen()
        {
            var listener = new MeterListener
            {
                InstrumentPublished = (instrument, l) =>
                {
                    if (instrument.Name is "digitizer.claim.duration" or "http.client.request.duration")
                    {
                        l.EnableMeasurementEvents(instrument);
                    }
                },
            };
            listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Count(instrument.Name, value, tags));
            listener.Start();
            return listener;
        }

        /// <summary>All since the last time.</summary>
        public WorkerCounts Take()
        {
            lock (gate)
            {
                var counts = new WorkerCounts(claims, found, Interlocked.Exchange(ref items, 0), requests);
                (claims, requests, found) = ([], [], 0);
                return counts;
            }
        }

        private void Count(string instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            lock (gate)
            {
                if (instrument[0] == 'd')
                {
                    claims.Add(Math.Round(value * 1000, 3));
                    found += Tag(tags, "result") == "some" ? 1 : 0;
                }
                else
                {
                    var method = Tag(tags, "http.request.method");
                    requests[method] = requests.GetValueOrDefault(method) + 1;
                }
            }
        }

        private static string Tag(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
        {
            foreach (var (key, value) in tags)
            {
                if (key == name)
                {
                    return Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
                }
            }

            return "";
        }
    }
}
