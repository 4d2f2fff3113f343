using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Digitizer.Failures;

namespace Digitizer.PageWorkers.Confinement;

/// <summary>
/// Wraps a page-worker's start: limits by <c>prlimit</c>, then namespaces, a view of a few read-only
/// folders and a filter of system calls by bubblewrap. All of it is in force before the worker's
/// first instruction.
/// </summary>
internal sealed class Sandbox
{
    private const int OpenFiles = 256;
    private const long LargestFile = 1L << 30;
    private const long TemporaryFiles = 64L << 20;
    private const long Reserved = 2L << 30;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private const string Bubblewrap = "bwrap";
    private const string Install = "Install bubblewrap 0.8 or later and util-linux (Debian: apt-get install bubblewrap util-linux).";

    // The filter's file is opened as descriptor 9 by the shell; all names are arguments, none is part of the script.
    private const string OpenFilterThenRun = "exec 9<\"$1\"; shift; exec \"$@\"";

    private static readonly string[] SystemFolders = ["/usr/lib", "/usr/lib64", "/lib", "/lib64"];
    private static readonly string[] SystemFiles = ["/etc/ld.so.cache", "/etc/localtime"];
    private readonly PageWorkerOptions options;
    private readonly Lazy<ConfinementLevel> level;

    /// <param name="options">The limits, and whether to go without confinement where there is none.</param>
    /// <param name="known">The confinement to use; null = full, after a trial.</param>
    public Sandbox(PageWorkerOptions options, ConfinementLevel? known = null)
    {
        this.options = options;

        // Tried again after a failure: the administrator may have mended it meanwhile.
        level = new Lazy<ConfinementLevel>(() => known ?? Try(), LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>Tries the confinement once.</summary>
    /// <exception cref="DigitizerException">ConfinementUnavailable, unless running without was allowed.</exception>
    public ConfinementLevel Detect() => level.Value;

    /// <summary>The start of a worker.</summary>
    /// <param name="launch">The program.</param>
    /// <param name="arguments">The worker's own arguments.</param>
    /// <param name="modelFolder">One more folder that it reads.</param>
    /// <param name="cpuSeconds">Limit of its CPU time, or null for that of all pages until it is recycled.</param>
    /// <exception cref="DigitizerException">ConfinementUnavailable.</exception>
    public ProcessStartInfo Wrap(WorkerLaunch launch, IReadOnlyList<string> arguments, string modelFolder, int? cpuSeconds = null)
        => Wrap(Detect(), launch, arguments, modelFolder, cpuSeconds);

    private ProcessStartInfo Wrap(ConfinementLevel level, WorkerLaunch launch, IReadOnlyList<string> arguments, string modelFolder, int? cpuSeconds)
    {
        string[] program = [launch.Program, .. launch.Arguments, .. arguments];
        var limits = Limits(cpuSeconds ?? (int)Math.Min(int.MaxValue, options.RecycleAfterPages * options.PageTimeout.TotalSeconds));
        var start = level == ConfinementLevel.Full
            ? Start("/bin/sh", ["-c", OpenFilterThenRun, "sh", SystemCallFilter.File(), .. limits, Bubblewrap, .. View([.. launch.ReadOnlyFolders, modelFolder]), .. program])
            : Start(limits[0], [.. limits[1..], .. program]);
        start.Environment.Clear();
        foreach (var (name, value) in WorkerEnvironment())
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private string[] Limits(int cpuSeconds) =>
    [
        // Ctrl-C on the terminal is for the host, which then ends its workers in its own order.
        "setsid", "prlimit",
        FormattableString.Invariant($"--data={options.MemoryLimit}"),

        // What --data does not count: shared memory. .NET and the libraries reserve, but do not use, the difference.
        FormattableString.Invariant($"--as={options.MemoryLimit + Reserved}"),
        FormattableString.Invariant($"--cpu={cpuSeconds}"),
        FormattableString.Invariant($"--fsize={LargestFile}"),
        FormattableString.Invariant($"--nofile={OpenFiles}"),
        "--core=0",
    ];

    private static ProcessStartInfo Start(string program, string[] arguments) => new(program, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };

    private static IEnumerable<(string Name, string Value)> WorkerEnvironment()
    {
        yield return ("PATH", "/usr/bin:/bin");
        yield return ("LANG", "C.UTF-8");
        yield return ("HOME", "/tmp");

        // Read by libgomp before main: with threads of its own, a page costs several times the CPU.
        yield return ("OMP_THREAD_LIMIT", "1");
        yield return ("DOTNET_EnableDiagnostics", "0");
        yield return ("DOTNET_gcServer", "0");
        yield return ("DOTNET_gcConcurrent", "0");
        yield return ("DOTNET_TieredPGO", "0");
        yield return ("DOTNET_NOLOGO", "1");
    }

    private static List<string> View(IEnumerable<string> folders)
    {
        List<string> arguments =
        [
            "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL",
            "--proc", "/proc", "--dev", "/dev", "--size", TemporaryFiles.ToString(CultureInfo.InvariantCulture), "--tmpfs", "/tmp",
        ];
        foreach (var folder in SystemFolders.Where(Directory.Exists))
        {
            arguments.AddRange(LinkOrBind(folder));
        }

        foreach (var file in SystemFiles.Where(File.Exists))
        {
            arguments.AddRange(["--ro-bind", file, file]);
        }

        foreach (var folder in folders.Distinct(StringComparer.Ordinal))
        {
            arguments.AddRange(["--ro-bind", folder, folder]);
        }

        arguments.AddRange(["--chdir", "/tmp", "--remount-ro", "/dev", "--remount-ro", "/", "--seccomp", "9", "--"]);
        return arguments;
    }

    private static string[] LinkOrBind(string folder)
        => new DirectoryInfo(folder).LinkTarget is { } target ? ["--symlink", target, folder] : ["--ro-bind", folder, folder];

    private ConfinementLevel Try()
    {
        var why = Trial();
        return why is null ? ConfinementLevel.Full
            : options.AllowUnconfined ? ConfinementLevel.None
            : throw new DigitizerException(FailureKind.ConfinementUnavailable, $"Page-workers cannot be confined: {why}");
    }

    /// <summary>Runs something harmless in the confinement.</summary>
    /// <returns>Why that did not work and what to do, or null if it did.</returns>
    private string? Trial()
    {
        try
        {
            // The dynamic loader is the one program that the view holds on every system.
            var loader = SystemFolders.Where(Directory.Exists).SelectMany(f => Directory.EnumerateFiles(f, "ld-linux*.so.*")).First();
            var trial = Wrap(ConfinementLevel.Full, new WorkerLaunch(loader, ["--version"], []), [], Path.GetDirectoryName(loader)!, cpuSeconds: null);
            using var process = Process.Start(trial)!;
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                return $"bubblewrap did not end within {Patience}. {Install}";
            }

            return process.ExitCode == 0 && output.GetAwaiter().GetResult().Length > 0 ? null : Reason(process.ExitCode, errors.GetAwaiter().GetResult());
        }
        catch (Exception e) when (e is Win32Exception or PlatformNotSupportedException)
        {
            return $"{e.Message} {Install}";
        }
    }

    private static string Reason(int exitCode, string errors)
    {
        var said = errors.Trim().Split('\n')[0];
        return errors.Contains("not found", StringComparison.Ordinal) || errors.Contains("nknown option", StringComparison.Ordinal) || exitCode == 127
            ? $"bubblewrap, prlimit or setsid is missing or too old ({said}). {Install}"
            : FormattableString.Invariant($"bubblewrap ended with {exitCode} ({said}). Allow user namespaces (sysctl kernel.unprivileged_userns_clone=1, or an AppArmor profile for bwrap), or run as a user who may.");
    }
}
