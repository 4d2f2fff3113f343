using System.Diagnostics;
using System.Text.Json;

namespace Digitizer.Benchmarks.Scale;

/// <summary>This program again, several times, each process a worker.</summary>
internal sealed class WorkerProcesses : IDisposable
{
    private readonly List<Process> processes = [];

    public static Task<WorkerProcesses> StartAsync(int count, ScaleSetup setup) => StartAsync(count, setup, file => ["worker", file]);

    /// <param name="count">How many.</param>
    /// <param name="setup">What they work with; each gets a folder of its own.</param>
    /// <param name="arguments">Of <c>scale</c>, by the file that the setup is in.</param>
    public static async Task<WorkerProcesses> StartAsync(int count, ScaleSetup setup, Func<string, string[]> arguments)
    {
        var all = new WorkerProcesses();
        for (var i = 0; i < count; i++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(setup.Folder, $"worker-{Guid.NewGuid():N}")).FullName;
            var file = Path.Combine(folder, "setup.json");
            (setup with { Folder = folder }).Save(file);
            all.processes.Add(Process.Start(Steady(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Digitizer.Benchmarks.dll"), "scale", .. arguments(file)])
            {
                RedirectStandardInput = true, RedirectStandardOutput = true,
            }))!);
        }

        foreach (var process in all.processes)
        {
            await ReadAsync(process);
        }

        return all;
    }

    /// <summary>All code, the framework's too, is compiled once and well, when it is first used: what a process that has run for hours costs is to be seen within seconds.</summary>
    public static ProcessStartInfo Steady(ProcessStartInfo start)
    {
        start.Environment["DOTNET_TieredCompilation"] = "0";
        start.Environment["DOTNET_ReadyToRun"] = "0";
        return start;
    }

    /// <summary>CPU seconds so far.</summary>
    public double CpuSeconds => processes.Sum(process => ProcFiles.CpuSeconds(process.Id));

    /// <summary>What each has counted since the last time.</summary>
    public async Task<IReadOnlyList<WorkerCounts>> CountsAsync() => [.. (await TellAsync()).Select(line => JsonSerializer.Deserialize<WorkerCounts>(line)!)];

    /// <summary>The same as they say it.</summary>
    public Task<string[]> TellAsync()
    {
        processes.ForEach(process => process.StandardInput.WriteLine("count"));
        return Task.WhenAll(processes.Select(ReadAsync));
    }

    public void Dispose()
    {
        // The end of its input is the word to stop.
        processes.ForEach(process => process.StandardInput.Close());
        foreach (var process in processes)
        {
            process.WaitForExit();
            process.Dispose();
        }
    }

    private static async Task<string> ReadAsync(Process process)
        => await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("A worker has ended; what it said stands above.");
}
