using System.Diagnostics;
using System.Text.Json;
using Digitizer.Tests.Jobs;

namespace Digitizer.Benchmarks.Scale;

/// <summary>The real reader: what a page costs where several processes share a journal, by what it costs in one.</summary>
/// <remarks>Programs that run confined for a moment (poppler) leave no account; both sides run them alike.</remarks>
internal static class RealScale
{
    private const string Dossier = "000.00.01.H29-260310-0420";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    public static async Task<RealFigures> RunAsync(IReadOnlyList<string> files, int copies, int pairs)
    {
        using var server = new PostgresServer(isDurable: true);
        var (embedded, shared, database) = (new List<double>(), new List<double>(), new List<double>());
        for (var pair = 0; pair < pairs; pair++)
        {
            embedded.Add((await HouseAsync(null, null, files, copies)).Cpu);
            var (cpu, beside) = await HouseAsync(server, server.NewDatabase(), files, copies);
            shared.Add(cpu);
            database.Add(beside);
            Console.WriteLine(FormattableString.Invariant($"pair {pair + 1}, {files.Count * copies} documents: embedded {embedded[^1]:0.000} CPU s a page, two processes {shared[^1]:0.000} + database {database[^1]:0.0000}"));
        }

        var figures = new RealFigures(
            embedded, shared, database, Ratios.Of(shared.Zip(embedded, (s, e) => s / e)), Ratios.Of(shared.Zip(database, (s, d) => s + d).Zip(embedded, (s, e) => s / e)));
        Console.WriteLine($"CPU a page, two processes by embedded: {figures.Ratio}; with the database {figures.WithDatabase}");
        return figures;
    }

    private static async Task<(double Cpu, double Database)> HouseAsync(PostgresServer? server, string? journal, IReadOnlyList<string> files, int copies)
    {
        var processes = server is null ? 1 : 2;
        using var folder = new TempFolder();
        var drop = Directory.CreateDirectory(Path.Combine(folder.Path, "drop", Dossier)).FullName;
        var services = new List<Process>();
        double Database() => server is null ? 0 : ProcFiles.TreeCpuSeconds(server.ProcessId);
        try
        {
            for (var i = 0; i < processes; i++)
            {
                services.Add(await StartAsync(Configure(folder.Path, journal, i, 2 / processes)));
            }

            // Each page-worker has read something before it counts.
            var filed = await FileAsync(folder.Path, drop, Enumerable.Repeat(files, 2).SelectMany(f => f), "warm", 0);
            var (before, database) = (services.Sum(s => ProcFiles.TreeCpuSeconds(s.Id)), Database());
            await FileAsync(folder.Path, drop, Enumerable.Repeat(files, copies).SelectMany(f => f), "page", filed);
            double pages = files.Count * copies;
            return ((services.Sum(s => ProcFiles.TreeCpuSeconds(s.Id)) - before) / pages, (Database() - database) / pages);
        }
        finally
        {
            services.ForEach(service => Process.Start("kill", ["-TERM", $"{service.Id}"]).WaitForExit());
            services.ForEach(service => service.WaitForExit());
        }
    }

    /// <summary>Drops files and waits until each is in its dossier.</summary>
    private static async Task<int> FileAsync(string folder, string drop, IEnumerable<string> files, string name, int filed)
    {
        foreach (var (i, file) in files.Index())
        {
            File.Copy(file, Path.Combine(drop, $"{name}-{i:0000}{Path.GetExtension(file)}"));
            filed++;
        }

        var clock = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        var dossiers = Path.Combine(folder, "dossiers");
        while (!Directory.Exists(dossiers) || Directory.EnumerateFiles(dossiers, "*.pdf", SearchOption.AllDirectories).Count() < filed)
        {
            await timer.WaitForNextTickAsync();
            if (clock.Elapsed > Patience)
            {
                throw new InvalidOperationException($"Not all was filed in time: {string.Join(", ", Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Take(100))}");
            }
        }

        return filed;
    }

    private static string Configure(string folder, string? journal, int number, int pageWorkers)
    {
        var state = Path.Combine(folder, $"state-{number}");
        var file = Path.Combine(folder, $"serve-{number}.json");
        File.WriteAllText(file, JsonSerializer.Serialize(new
        {
            Service = new
            {
                State = state,
                PostgreSql = journal,
                Vault = new { Folder = journal is null ? null : Path.Combine(folder, "vault") },
                Dossiers = Path.Combine(folder, "dossiers"),
                Health = (string?)null,
                Drop = new { MinFreeBytes = 1, Folders = new[] { new { Name = "quay", Path = Path.Combine(folder, "drop"), Dossier = new { FromSubFolder = true }, QuietSeconds = 0.3, BusyLookSeconds = 0.2 } } },
            },
            PageWorkers = new { Workers = pageWorkers },
        }));
        return file;
    }

    private static async Task<Process> StartAsync(string configuration)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Digitizer.Worker.dll"), "serve", "--config", configuration]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OMP_THREAD_LIMIT"] = "1";
        var service = Process.Start(WorkerProcesses.Steady(start))!;
        var (ready, said) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new List<string>());
        DataReceivedEventHandler hear = (_, line) =>
        {
            lock (said)
            {
                said.Add(line.Data ?? "");
            }

            if (line.Data?.Contains("Ready:", StringComparison.Ordinal) == true)
            {
                ready.TrySetResult();
            }
        };
        service.OutputDataReceived += hear;
        service.ErrorDataReceived += hear;
        service.BeginOutputReadLine();
        service.BeginErrorReadLine();
        await Task.WhenAny(ready.Task, service.WaitForExitAsync());
        return ready.Task.IsCompleted ? service : throw new InvalidOperationException(string.Join('\n', said));
    }
}
