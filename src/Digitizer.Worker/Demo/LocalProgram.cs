using System.Diagnostics;
using Digitizer.Confinement;
using Digitizer.Failures;
using Digitizer.Native;

namespace Digitizer.Worker.Demo;

/// <summary>How a program is started.</summary>
/// <param name="Name">For people.</param>
/// <param name="Words">Program and arguments.</param>
/// <param name="Log">File that takes what it says.</param>
/// <param name="EndSignal">What tells it to end.</param>
internal sealed record LocalStart(string Name, IReadOnlyList<string> Words, string Log, int EndSignal = PosixProcess.Terminate)
{
    /// <summary>User whose name it runs under; null: ours.</summary>
    public string? User { get; init; }

    /// <summary>What a person does if it fails.</summary>
    public string NextStep { get; init; } = "Run the demonstration again; if it comes again, mend what is said here, or see what ./digitizer check says.";
}

/// <summary>A program that runs beside this one, in a session of its own, so that Ctrl-C reaches only us; it ends when we end, however we do.</summary>
internal sealed class LocalProgram : IDisposable
{
    private const int LinesTold = 8;

    // Nothing is redirected to us: a full pipe would stop it.
    private const string Redirected = "exec \"$@\" > \"$0\" 2>&1 < /dev/null";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly LocalStart start;
    private readonly Process process;

    private LocalProgram(LocalStart start, Process process) => (this.start, this.process) = (start, process);

    public int Id => process.Id;

    /// <summary>Starts it.</summary>
    /// <param name="launcher">Its thread lives as long as the program may.</param>
    /// <param name="start">What.</param>
    public static async Task<LocalProgram> StartAsync(ProcessLauncher launcher, LocalStart start)
    {
        string[] user = start.User is { } name ? [$"--reuid={name}", $"--regid={name}", "--clear-groups"] : [];
        string[] words = ["setsid", "setpriv", .. user, "--pdeathsig", start.EndSignal == PosixProcess.Interrupt ? "INT" : "TERM", .. start.Words];
        return new LocalProgram(start, await launcher.StartAsync(new ProcessStartInfo("/bin/sh", ["-c", Redirected, start.Log, .. words]) { WorkingDirectory = Path.GetDirectoryName(start.Log)! }));
    }

    /// <summary>Finds a program among the folders of PATH.</summary>
    /// <returns>Null: it is not there.</returns>
    public static string? Find(string name)
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Waits until it can be used.</summary>
    /// <param name="answers">Whether it can.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="DigitizerException">It ended, or takes too long.</exception>
    public async Task ReadyAsync(Func<CancellationToken, Task<bool>> answers, CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Pause);
        while (!await answers(cancellation))
        {
            ThrowIfEnded();
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
            {
                throw Failure("is not ready after a minute");
            }

            await timer.WaitForNextTickAsync(cancellation);
        }
    }

    /// <summary>Waits until it has done its work.</summary>
    /// <exception cref="DigitizerException">It failed.</exception>
    public async Task DoneAsync(CancellationToken cancellation)
    {
        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode != 0)
        {
            throw Failure("failed");
        }
    }

    /// <exception cref="DigitizerException">It has ended, and should not have.</exception>
    public void ThrowIfEnded()
    {
        if (process.HasExited)
        {
            throw Failure("has ended");
        }
    }

    /// <summary>As <see cref="ThrowIfEnded"/>, of one that may be about to end.</summary>
    /// <exception cref="DigitizerException">It has ended, and should not have.</exception>
    public async Task ThrowIfEndingAsync(CancellationToken cancellation)
    {
        try
        {
            await process.WaitForExitAsync(cancellation).WaitAsync(EndPatience, TimeProvider.System, cancellation);
        }
        catch (TimeoutException)
        {
            return;
        }

        ThrowIfEnded();
    }

    /// <summary>Ends it, by force if need be; nothing of it runs afterwards.</summary>
    public async Task StopAsync()
    {
        if (!process.HasExited)
        {
            PosixProcess.Signal(process.Id, start.EndSignal);
        }

        try
        {
            await process.WaitForExitAsync().WaitAsync(EndPatience, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    public void Dispose() => process.Dispose();

    private DigitizerException Failure(string how)
    {
        var said = File.Exists(start.Log) ? File.ReadLines(start.Log).TakeLast(LinesTold).Select(ShownName.Escape) : [];
        return new DigitizerException(
            FailureKind.EngineMissing,
            $"{start.Name} {how}. {start.NextStep} It said:{string.Concat(said.Select(line => Environment.NewLine + "  " + line))}");
    }
}
