using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Digitizer.Failures;

namespace Digitizer.Confinement;

/// <summary>
/// Wraps the start of a program that decodes what nobody vouches for: limits by <c>prlimit</c>, then
/// namespaces, a view of a few read-only files and folders and a filter of system calls by
/// bubblewrap. All of it is in force before the program's first instruction.
/// </summary>
internal sealed class Sandbox
{
    private const int OpenFiles = 256;
    private const long LargestFile = 1L << 30;
    private const long TemporaryFiles = 64L << 20;
    private const long Reserved = 2L << 30;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private const long TrialMemory = 1L << 30;
    private const int TrialSeconds = 10;
    private const string Bubblewrap = "bwrap";
    private const string Install = "Install bubblewrap 0.8 or later and util-linux (Debian: apt-get install bubblewrap util-linux).";

    // The filter's file is opened as descriptor 9 by the shell; all names are arguments, none is part of the script.
    private const string OpenFilterThenRun = "exec 9<\"$1\"; shift; exec \"$@\"";

    private const string YieldThenRun = "{ echo 10 > /proc/self/autogroup; } 2> /dev/null; exec nice -n 10 \"$@\"";

    private static readonly string[] SystemFolders = ["/usr/lib", "/usr/lib64", "/lib", "/lib64"];
    private static readonly string[] SystemFiles = ["/etc/ld.so.cache", "/etc/localtime"];
    private static readonly KeyValuePair<string, string>[] SmallEnvironment = [new("PATH", "/usr/bin:/bin"), new("LANG", "C.UTF-8"), new("HOME", "/tmp")];
    private readonly bool allowUnconfined;
    private readonly Lazy<ConfinementLevel> level;

    /// <param name="allowUnconfined">Whether to go without confinement where there is none.</param>
    /// <param name="known">The confinement to use; null = full, after a trial.</param>
    public Sandbox(bool allowUnconfined, ConfinementLevel? known = null)
    {
        this.allowUnconfined = allowUnconfined;

        // Tried again after a failure: the administrator may have mended it meanwhile.
        level = new Lazy<ConfinementLevel>(() => known ?? Try(), LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>Tries the confinement once.</summary>
    /// <exception cref="DigitizerException">ConfinementUnavailable, unless running without was allowed.</exception>
    public ConfinementLevel Detect() => level.Value;

    /// <summary>The start of a program, confined.</summary>
    /// <exception cref="DigitizerException">ConfinementUnavailable.</exception>
    public ProcessStartInfo Wrap(ConfinedProgram program) => Wrap(Detect(), program);

    private static ProcessStartInfo Wrap(ConfinementLevel level, ConfinedProgram program)
    {
        var limits = Limits(program);
        var start = level == ConfinementLevel.Full
            ? Start("/bin/sh", ["-c", OpenFilterThenRun, "sh", SystemCallFilter.File(), .. limits, Bubblewrap, .. View(program.ReadOnly), program.Program, .. program.Arguments])
            : Start(limits[0], [.. limits[1..], program.Program, .. program.Arguments]);
        start.Environment.Clear();
        foreach (var (name, value) in SmallEnvironment.Concat(program.Environment))
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static string[] Limits(ConfinedProgram program) =>
    [
        // Ctrl-C on the terminal is for the host, which then ends its children in its own order.
        "setsid",

        // Whoever takes papers in goes before whoever reads them. Where the kernel groups processes by session, the group yields.
        "/bin/sh", "-c", YieldThenRun, "sh",
        "prlimit",
        FormattableString.Invariant($"--data={program.MemoryLimit}"),

        // What --data does not count: shared memory. .NET and the libraries reserve, but do not use, the difference.
        FormattableString.Invariant($"--as={program.MemoryLimit + Reserved}"),
        FormattableString.Invariant($"--cpu={program.CpuSeconds}"),
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

    private static List<string> View(IEnumerable<string> readOnly)
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

        foreach (var path in readOnly.Distinct(StringComparer.Ordinal))
        {
            arguments.AddRange(["--ro-bind", path, path]);
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
            : allowUnconfined ? ConfinementLevel.None
            : throw new DigitizerException(FailureKind.ConfinementUnavailable, $"Programs that read documents cannot be confined: {why}");
    }

    /// <summary>Runs something harmless in the confinement.</summary>
    /// <returns>Why that did not work and what to do, or null if it did.</returns>
    private static string? Trial()
    {
        try
        {
            // The dynamic loader is the one program that the view holds on every system.
            var loader = SystemFolders.Where(Directory.Exists).SelectMany(f => Directory.EnumerateFiles(f, "ld-linux*.so.*")).First();
            var trial = Wrap(ConfinementLevel.Full, new ConfinedProgram(loader, ["--version"], [], TrialMemory, TrialSeconds));
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
