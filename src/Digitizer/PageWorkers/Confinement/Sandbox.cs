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
internal sealed class Sandbox(PageWorkerOptions options)
{
    private const int OpenFiles = 256;
    private const long LargestFile = 1L << 30;
    private const string Bubblewrap = "bwrap";

    // The filter's file is opened as descriptor 9 by the shell; all names are arguments, none is part of the script.
    private const string OpenFilterThenRun = "exec 9<\"$1\"; shift; exec \"$@\"";

    private static readonly string[] SystemFolders = ["/usr/lib", "/usr/lib64", "/lib", "/lib64"];
    private static readonly string[] SystemFiles = ["/etc/ld.so.cache", "/etc/localtime"];
    private ConfinementLevel? level;

    /// <summary>Tries the confinement once.</summary>
    /// <exception cref="DigitizerException">ConfinementUnavailable, unless running without was allowed.</exception>
    public ConfinementLevel Detect()
    {
        level ??= Works(out var why)
            ? ConfinementLevel.Full
            : options.AllowUnconfined
                ? ConfinementLevel.None
                : throw new DigitizerException(FailureKind.ConfinementUnavailable, $"Page-workers cannot be confined: {why}");
        return level.Value;
    }

    /// <summary>The start of a worker.</summary>
    /// <param name="launch">The program.</param>
    /// <param name="arguments">The worker's own arguments.</param>
    /// <param name="modelFolder">One more folder that it reads.</param>
    /// <param name="cpuSeconds">Limit of its CPU time, or null for that of all pages until it is recycled.</param>
    public ProcessStartInfo Wrap(WorkerLaunch launch, IReadOnlyList<string> arguments, string modelFolder, int? cpuSeconds = null)
    {
        var cpu = cpuSeconds ?? (int)Math.Min(int.MaxValue, options.RecycleAfterPages * options.PageTimeout.TotalSeconds);
        string[] limits =
        [
            "prlimit",
            FormattableString.Invariant($"--data={options.MemoryLimit}"),
            FormattableString.Invariant($"--cpu={cpu}"),
            FormattableString.Invariant($"--fsize={LargestFile}"),
            FormattableString.Invariant($"--nofile={OpenFiles}"),
            "--core=0",
        ];
        string[] program = [launch.Program, .. launch.Arguments, .. arguments];
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
        yield return ("DOTNET_GCConserveMemory", "5");
        yield return ("DOTNET_NOLOGO", "1");
    }

    private static List<string> View(IEnumerable<string> folders)
    {
        List<string> arguments =
        [
            "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL",
            "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp",
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

        arguments.AddRange(["--chdir", "/tmp", "--remount-ro", "/", "--seccomp", "9", "--"]);
        return arguments;
    }

    private static string[] LinkOrBind(string folder)
        => new DirectoryInfo(folder).LinkTarget is { } target ? ["--symlink", target, folder] : ["--ro-bind", folder, folder];

    private bool Works(out string why)
    {
        level = ConfinementLevel.Full;
        try
        {
            // The dynamic loader is the one program that the view holds on every system.
            var loader = SystemFolders.Where(Directory.Exists).SelectMany(f => Directory.EnumerateFiles(f, "ld-linux*.so.*")).First();
            var trial = Wrap(new WorkerLaunch(loader, ["--version"], []), [], Path.GetDirectoryName(loader)!);
            using var process = Process.Start(trial)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            why = Reason(process.ExitCode, errors);
            return process.ExitCode == 0 && output.Result.Length > 0;
        }
        catch (Win32Exception e)
        {
            why = $"{e.Message}. Install bubblewrap and util-linux (Debian: apt-get install bubblewrap util-linux).";
            return false;
        }
        finally
        {
            level = null;
        }
    }

    private static string Reason(int exitCode, string errors)
    {
        var said = errors.Trim().Split('\n')[0];
        return errors.Contains("not found", StringComparison.Ordinal) || exitCode == 127
            ? "bubblewrap or prlimit is not installed. Debian: apt-get install bubblewrap util-linux."
            : string.Create(CultureInfo.InvariantCulture, $"bubblewrap ended with {exitCode} ({said}). Allow user namespaces (sysctl kernel.unprivileged_userns_clone=1, or an AppArmor profile for bwrap), or run as a user who may.");
    }
}
