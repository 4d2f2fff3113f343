using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Jobs;
using Digitizer.PageWorkers;
using Digitizer.Pipeline;
using Digitizer.Telemetry;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Telemetry;

public sealed class RecordingTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Recording_costs_no_memory_while_nobody_listens()
    {
        var item = new WorkItem(1, WorkKind.Page, UnitId.New(TimeProvider.System), 1, null, 0, 1, 1, 50);
        Record(item);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Record(item);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public async Task Units_are_counted_by_source_and_kind_when_they_are_committed_and_once()
    {
        var source = $"quay-{Guid.NewGuid():N}";
        var counted = new ConcurrentQueue<string>();
        using var listener = Listen("digitizer.units", source, counted);
        await using var jobs = await JobStore.OpenAsync(new JobOptions { File = folder["journal.db"], AuditFile = folder["audit.jsonl"] }, TimeProvider.System, default);
        var (good, bad) = (Unit(source, null), Unit(source, new Failure(FailureKind.FileEmpty, "empty")));
        await jobs.AcceptAsync(good, default);
        await jobs.AcceptAsync(good, default);
        await jobs.AcceptAsync(bad, default);
        await jobs.CancelAsync(good.Id, "an", default);

        Assert.Equal(["accepted ", "refused FileEmpty", "cancelled "], counted);
    }

    private static void Record(WorkItem item)
    {
        IntakeMetrics.Accepted("quay", TimeSpan.FromSeconds(1));
        JournalMetrics.Committed([]);
        JournalMetrics.Assembled();
        JournalMetrics.Failed(item.Kind, FailureKind.PageTimedOut, "retried");
        PageWorkerMetrics.Started();
        PageWorkerMetrics.Recycled();
        PageWorkerMetrics.Read(PageOutcome.Read, TimeSpan.FromSeconds(1));
        PipelineMetrics.Worked(item.Kind, "done", TimeSpan.FromSeconds(1));
        PipelineMetrics.Proved(passed: true);
        StepWatch.Begin(item, TimeProvider.System)?.Dispose();
        Traces.Acceptance("quay", "unit")?.Dispose();
    }

    private static MeterListener Listen(string name, string source, ConcurrentQueue<string> counted)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == Meters.Name && instrument.Name == name)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            var all = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value);
            if (source.Equals(all.GetValueOrDefault("source")))
            {
                counted.Enqueue($"{all["state"]} {all.GetValueOrDefault("kind")}");
            }
        });
        listener.Start();
        return listener;
    }

    private static NewUnit Unit(string source, Failure? refusal)
    {
        var id = UnitId.New(TimeProvider.System);
        return new NewUnit
        {
            Id = id,
            Source = source,
            ArrivalKey = id.ToString(),
            Name = [0x61],
            ShownName = "a",
            Bytes = 1,
            Sha256 = new string('0', 64),
            ReceivedAt = TimeProvider.System.GetUtcNow(),
            Refusal = refusal,
        };
    }
}
