using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Digitizer.EndToEndTests.Support;
using Digitizer.EndToEndTests.Trials;
using Digitizer.Failures;
using Digitizer.Service;
using Digitizer.Telemetry;
using Digitizer.Tests.Support;
using Digitizer.Worker.Telemetry;
using Digitizer.Workspace;
using DossierServer;
using Microsoft.Extensions.Logging;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>
/// Row D18: a person's id, name, telephone number, dossier and file go through successes and failures, in names of files and folders,
/// in manifests and on pages. Nothing of it is in the log, in metrics, traces and exported logs, or in files that are left over.
/// </summary>
[Trait("Row", "D18")]
public sealed class RowD18NoPersonalData : IAsyncLifetime, IDisposable
{
    private const int Units = 8;

    private static readonly string[] Instruments =
    [
        "digitizer.units", "digitizer.acceptance.duration", "digitizer.pages", "digitizer.page.duration", "digitizer.page_workers", "digitizer.documents",
        "digitizer.proofs", "digitizer.deliveries", "digitizer.work.duration", "digitizer.work.failures", "digitizer.backlog", "digitizer.backlog.age",
        "digitizer.alerts", "digitizer.vault.free", "digitizer.process.memory",
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly Row row = new("D18", 1, 1, 1);
    private readonly List<string> reasons = [];
    private readonly TempFolder folder = new();
    private readonly StringWriter said = new(CultureInfo.InvariantCulture);
    private Collector collector = null!;
    private DossierSystem dossiers = null!;
    private TrialHouse house = null!;

    public async Task InitializeAsync()
    {
        collector = await Collector.StartAsync();
        dossiers = await DossierSystem.StartAsync(folder["system"]);
        house = new TrialHouse(folder.Path, Change, TrialHouse.RealProgram, dossiers);
        Directory.CreateDirectory(Temporary);
    }

    public async Task DisposeAsync()
    {
        house.Dispose();
        await dossiers.DisposeAsync();
        await collector.DisposeAsync();
    }

    public void Dispose()
    {
        said.Dispose();
        folder.Dispose();
    }

    private string Temporary => folder["tmp"];

    [Fact]
    public async Task Nothing_of_a_person_is_in_what_the_service_says_of_itself()
    {
        // 1. The disk fails, a step is at fault, the service dies with an answer in its hands.
        await StartAsync("Claimed=io;SideCarWritten=io;PageKept=fault;Assembled=io;AttachAnswered=kill");
        Drop($"{Canaries.FileName}.png", WhitePages.Png(1));
        Drop($"{Canaries.Name}.tif", File.ReadAllBytes(Path.Combine(Samples.Folder, "to-khai.tif")));
        await house.Service.WaitForExitAsync().WaitAsync(Patience);

        // 2. What it left goes on; the dossier system refuses, and stumbles.
        dossiers.Order(FaultKind.Forbidden);
        dossiers.Order(FaultKind.ErrorBefore);
        dossiers.Order(FaultKind.Garbled);
        await StartAsync(null);
        Drop($"{Canaries.PersonalId}.png", WhitePages.Png(2));
        Drop($"{Canaries.Phone} {Canaries.Name}.png", WhitePages.Png(3));
        Refused($"{Canaries.Name} {Canaries.PersonalId}.png");
        Drop($"{Canaries.FileName} {Canaries.Phone}.tif", File.ReadAllBytes(Path.Combine(Samples.Fixtures, "damaged", "corrupt-lzw.tif")));
        Link($"{Canaries.FileName} {Canaries.Name}.pdf");
        Batch("lo-1", "tốt", isGood: true);
        Batch("lo-2", "hỏng", isGood: false);
        await HeardAsync("HeldBatch");

        // 3. Page-workers are killed while they have a page, and only this one.
        await UntilAsync(async () => await UnfinishedAsync(Units) == 0);
        Drop($"{Canaries.PersonalId} {Canaries.FileName}.jpg", File.ReadAllBytes(Samples.Letter));
        await UntilAsync(() =>
        {
            KillWorkers();
            return Task.FromResult(Canaries.IsIn(collector.Of("metrics"), nameof(FailureKind.PageWorkerCrashed)));
        });
        await UntilAsync(async () => await UnfinishedAsync(Units + 1) == 0);
        Assert.Equal(0, await house.StopAsync());
        Search();
        row.Report(reasons);
    }

    [Fact]
    public async Task A_canary_that_is_written_on_purpose_is_found()
    {
        var options = new TelemetryOptions { Endpoint = collector.Address, Protocol = TelemetryOptions.HttpProtobuf };
        Assert.Empty(options.Problems());
        using (var meter = new System.Diagnostics.Metrics.Meter(Meters.Name))
        using (TelemetryExport.Start(options))
        using (var logs = LoggerFactory.Create(logging => TelemetryExport.AddLogs(logging.AddProvider(new WriterLog(said)), options)))
        {
            var log = logs.CreateLogger("Digitizer.Trial");
            var counter = meter.CreateCounter<long>("digitizer.trial");
            foreach (var canary in Canaries.All)
            {
                counter.Add(1, new KeyValuePair<string, object?>("source", canary));
                Traces.Acceptance(canary, "unit")!.Dispose();
                LeakLog.Leak(log, canary);
                folder.File(Path.Combine("state", "work", Guid.NewGuid().ToString("N")), Encoding.UTF8.GetBytes(canary));
            }
        }

        foreach (var canary in Canaries.All)
        {
            foreach (var place in Places(Encoding.UTF8.GetBytes(said.ToString())))
            {
                row.Trial(Canaries.IsIn(place.Bytes, canary));
                reasons.Add($"{canary} was written to {place.Name} and not found");
            }
        }

        row.Report(reasons);
    }

    private void Search()
    {
        var log = string.Join('\n', house.Said);
        Assert.All(["accepted", "refused", "HeldBatch", "TakingFailed", "fault of the program"], words => Assert.Contains(words, log, StringComparison.Ordinal));

        // What is searched has something in it, and the canaries were where they may be.
        Assert.All(["metrics", "traces", "logs"], signal => Assert.True(Canaries.IsIn(collector.Of(signal), "digitizer"), signal));
        Assert.All(Instruments, name => Assert.True(Canaries.IsIn(collector.Of("metrics"), name), name));
        Assert.All(house.Acknowledged, unit => Assert.True(Canaries.IsIn(collector.Of("traces"), unit), unit));
        byte[] kept = [.. FilesBelow(Path.Combine(house.State, "vault")), .. File.ReadAllBytes(Path.Combine(house.State, "audit.jsonl"))];
        Assert.All(Canaries.All, canary => Assert.True(Canaries.IsIn(kept, canary), $"{canary} did not get as far as the journal and the vault"));
        foreach (var place in Places(Encoding.UTF8.GetBytes(log)))
        {
            foreach (var canary in Canaries.All)
            {
                var isFound = Canaries.IsIn(place.Bytes, canary);
                row.Trial(!isFound);
                if (isFound)
                {
                    reasons.Add($"{canary} is in {place.Name}");
                    reasons.Add(string.Join('\n', house.Said.Where(line => line.Contains(canary, StringComparison.Ordinal)).Take(3)));
                }
            }
        }
    }

    private IEnumerable<(string Name, byte[] Bytes)> Places(byte[] log) =>
    [
        ("the log", log),
        ("metrics", collector.Of("metrics")),
        ("traces", collector.Of("traces")),
        ("exported logs", collector.Of("logs")),
        ("left-over files", FilesBelow(Path.Combine(house.State, "work"), Temporary)),
    ];

    // Names and contents. Pipes of a runtime that was killed have no length, and would be waited for.
    private static byte[] FilesBelow(params string[] folders)
        => [.. folders.Where(Directory.Exists).SelectMany(f => Directory.EnumerateFiles(f, "*", SearchOption.AllDirectories))
            .SelectMany(file => Encoding.UTF8.GetBytes(Path.GetFileName(file) + "\n").Concat(new FileInfo(file).Length == 0 ? [] : File.ReadAllBytes(file)))];

    private void Change(JsonNode configuration)
    {
        var service = configuration["Service"]!.AsObject();
        service["Telemetry"] = JsonSerializer.SerializeToNode(new { Endpoint = collector.Address, Protocol = TelemetryOptions.HttpProtobuf, MetricsEverySeconds = 1 });
        service["Alarms"] = JsonSerializer.SerializeToNode(new { LookSeconds = 0.2, DossiersDownMinutes = 0, WorkerDeaths = 1 });
        service["Results"] = folder["results"];
    }

    private Task StartAsync(string? failpoints) => house.StartAsync(failpoints, ["env", $"TMPDIR={Temporary}"]);

    private string In(string name) => Path.Combine(house.Drop, Canaries.DossierCode, name);

    private void Drop(string name, byte[] content)
    {
        AtomicFile.CreateFolder(Path.GetDirectoryName(In(name))!);
        AtomicFile.Write(In(name), Existing.Keep, stream => stream.Write(content));
    }

    private void Refused(string name)
    {
        Drop(name, File.ReadAllBytes(Path.Combine(Samples.Fixtures, "damaged", "bad-crc.png")));
        File.WriteAllBytes(In(name) + ".done", []);
    }

    private void Link(string name) => File.CreateSymbolicLink(In(name), folder["nowhere"]);

    private void Batch(string batch, string title, bool isGood)
    {
        var (name, content) = ($"{Canaries.Name} {title}.png", WhitePages.Png(isGood ? 4 : 5));
        Drop($"{batch}/{name}", content);
        Drop($"{batch}/{Canaries.FileName}.manifest.json", JsonSerializer.SerializeToUtf8Bytes(new
        {
            manifestVersion = 1,
            batchId = $"{batch} {Canaries.Phone}",
            documents = new[]
            {
                new
                {
                    seq = 1,
                    tenGiayTo = $"{Canaries.Name} {Canaries.PersonalId}",
                    files = new[] { new { path = name, sha256 = Convert.ToHexStringLower(SHA256.HashData(isGood ? content : [])) } },
                },
            },
        }));
    }

    private Task HeardAsync(string words) => UntilAsync(() => Task.FromResult(house.Said.Any(line => line.Contains(words, StringComparison.Ordinal))));

    private async Task UntilAsync(Func<Task<bool>> condition) => Assert.True(await Eventually.ComesAsync(condition, Patience), house.Log);

    private async Task<long> UnfinishedAsync(int expected)
    {
        var list = await house.ListAsync();
        var units = list.Balance!.Lines.Single(line => line.Things == "units");
        var ended = units.ByState.Where(s => s.Key is "closed" or "exception").Sum(s => s.Value);
        return Math.Max(expected, units.Total) - ended - list.Units!.Count(u => u.FinishedAt is null && list.Waiting!.Contains(u.Id));
    }

    /// <summary>Ends all page-workers of the service that there are now, as a crash would.</summary>
    private void KillWorkers()
    {
        foreach (var process in Process.GetProcesses())
        {
            using (process)
            {
                if (IsWorker(process.Id))
                {
                    Kill(process);
                }
            }
        }
    }

    private bool IsWorker(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline").Contains("page-worker", StringComparison.Ordinal) && IsBelow(process, house.Service.Id);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static bool IsBelow(int process, int ancestor)
    {
        for (var id = process; id > 1; id = ParentOf(id))
        {
            if (id == ancestor)
            {
                return true;
            }
        }

        return false;
    }

    // proc(5): the fourth field, behind the name in brackets.
    private static int ParentOf(int process)
        => File.ReadAllText($"/proc/{process}/stat") is var stat
            ? int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture) : 0;

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has just ended.
        }
    }

    /// <summary>Writes lines as the console does, to where they can be searched.</summary>
    private sealed class WriterLog(TextWriter writer) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => writer.WriteLine(formatter(state, exception));

        public void Dispose()
        {
            // The writer is the test's.
        }
    }
}
