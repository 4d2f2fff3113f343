using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Digitizer.Benchmarks;

/// <summary>Seconds that a command took.</summary>
/// <param name="Cpu">User and system time of the command and of everything it started and waited for.</param>
/// <param name="Wall">From start to end.</param>
internal sealed record Seconds(double Cpu, double Wall);

/// <summary>Runs commands and adds up their CPU time.</summary>
/// <remarks>
/// The system's accounts (getrusage, RUSAGE_CHILDREN) know processes that were waited for by their
/// parents, up to whoever waits for the command. Page-workers live in a process namespace of their
/// own, whose first process nobody waits for: they are looked at while they run, and what each had
/// used when it was last seen is added, at most one look short.
/// </remarks>
internal static partial class Measured
{
    private const int Children = -1;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>A command that starts no page-workers; whether it did its work is seen by what it wrote.</summary>
    public static async Task<Seconds> RunPlainAsync(ProcessStartInfo start)
    {
        var (seconds, _, _) = await RunAsync(start, WaitAsync);
        return seconds;
    }

    /// <summary>Digitizer, or a script.</summary>
    public static async Task<Seconds> RunAsync(ProcessStartInfo start)
    {
        var (seconds, code, errors) = await RunAsync(start, WatchWorkersAsync);
        return code is 0 or 1 ? seconds : throw new InvalidOperationException($"{start.FileName} ended with {code}: {errors}");
    }

    /// <summary>CPU seconds of this process, and of what it starts and waits for, while something is done.</summary>
    public static async Task<double> OwnAsync(Func<Task> work)
    {
        var before = OwnCpu();
        await work();
        return OwnCpu() - before;
    }

    private static double OwnCpu()
    {
        using var own = Process.GetCurrentProcess();
        return own.TotalProcessorTime.TotalSeconds + ChildrenCpu();
    }

    private static async Task<(Seconds Seconds, int Code, string Errors)> RunAsync(ProcessStartInfo start, Func<Process, Task<double>> watch)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["OMP_THREAD_LIMIT"] = "1";
        var before = ChildrenCpu();
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        var workers = await watch(process);
        var texts = await output;
        return (new Seconds(ChildrenCpu() - before + workers, clock.Elapsed.TotalSeconds), process.ExitCode, texts[1]);
    }

    private static async Task<double> WaitAsync(Process process)
    {
        await process.WaitForExitAsync();
        return 0;
    }

    private static async Task<double> WatchWorkersAsync(Process process)
    {
        var seen = new Dictionary<int, double>();
        using var timer = new PeriodicTimer(Look);
        while (!process.HasExited)
        {
            await timer.WaitForNextTickAsync();
            foreach (var worker in ProcFiles.PageWorkers(process.Id))
            {
                seen[worker] = Math.Max(seen.GetValueOrDefault(worker), ProcFiles.CpuSeconds(worker));
            }
        }

        return seen.Values.Sum();
    }

    private static double ChildrenCpu()
    {
        if (getrusage(Children, out var usage) != 0)
        {
            throw new InvalidOperationException("getrusage failed.");
        }

        return usage.UserSeconds + usage.SystemSeconds + ((usage.UserMicroseconds + usage.SystemMicroseconds) / 1e6);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int getrusage(int who, out Usage usage);

    /// <summary>struct rusage of sys/resource.h: two times, then fourteen longs.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 144)]
    private readonly struct Usage
    {
        public readonly long UserSeconds;
        public readonly long UserMicroseconds;
        public readonly long SystemSeconds;
        public readonly long SystemMicroseconds;
    }
}
