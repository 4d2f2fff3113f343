using System.Diagnostics;
using System.Globalization;
using Digitizer.PageWorkers;
using Digitizer.PageWorkers.Confinement;
using Digitizer.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Digitizer.Tests.PageWorkers;

/// <summary>A pool with real, confined workers, its folder, and the means to hurt them.</summary>
internal sealed class PoolUnderTest : IAsyncDisposable
{
    private int images;

    public PoolUnderTest(Action<PageWorkerOptions>? configure = null, TimeProvider? time = null, WorkerLaunch? launch = null)
    {
        Options = new PageWorkerOptions { Workers = 1 };
        configure?.Invoke(Options);
        Pool = new PageWorkerPool(Options, launch ?? WorkerLaunch.Default(), time ?? TimeProvider.System, NullLogger<PageWorkerPool>.Instance);
    }

    public TempFolder Folder { get; } = new();

    public PageWorkerOptions Options { get; }

    public PageWorkerPool Pool { get; }

    /// <summary>Where the last page's picture was to be written.</summary>
    public string ImageFile => Folder[$"image-{images}"];

    public string Page(string format = TextPages.Jpeg, string name = "page") => TextPages.Create(Folder, name, format, name);

    public Task<PageAttempts> ReadAsync(string file, CancellationToken cancellation = default)
        => Pool.ReadAsync(file, 0, Folder[$"image-{Interlocked.Increment(ref images)}"], cancellation);

    /// <summary>As <see cref="ReadAsync"/>; the picture may lose what is not needed to read it.</summary>
    public Task<PageAttempts> ReadCompactAsync(string file) => Pool.ReadAsync(file, 0, Folder[$"image-{Interlocked.Increment(ref images)}"], default, isCompact: true);

    /// <summary>Does something to the worker of the next pages, as soon as it has the page.</summary>
    public void OnNextPages(Action<int> act, int pages = 1)
    {
        Pool.PageStarted += (process, _, _) =>
        {
            if (Interlocked.Decrement(ref pages) >= 0)
            {
                act(process);
            }
        };
    }

    public static void Signal(string signal, int process) => Assert.Equal(0, Run("kill", "-s", signal, Number(process)));

    /// <summary>
    /// As a fault in native code ends a process: .NET takes the first signal for one of its own and
    /// steps aside, the next one kills.
    /// </summary>
    public static void Crash(string signal, int process)
    {
        while (Runs(process))
        {
            Run("kill", "-s", signal, Number(process));
        }
    }

    /// <summary>Lets the process have no more memory than it has now.</summary>
    public static void Starve(int process) => Assert.Equal(0, Run("prlimit", "--pid", Number(process), "--data=1048576", "--as=1048576"));

    /// <summary>True while the process runs; a zombie does not.</summary>
    public static bool Runs(int process)
    {
        try
        {
            return !File.ReadAllText(FormattableString.Invariant($"/proc/{process}/stat")).Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static string Number(int process) => process.ToString(CultureInfo.InvariantCulture);

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await Pool.DisposeAsync();
        Folder.Dispose();
    }
}
