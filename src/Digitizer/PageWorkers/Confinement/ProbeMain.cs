using System.Diagnostics;
using System.Globalization;
using Digitizer.Native;

namespace Digitizer.PageWorkers.Confinement;

/// <summary>The child side of the sandbox probe: tries one forbidden thing and says how it went.</summary>
internal static class ProbeMain
{
    /// <summary>First word of the answer if the attempt worked.</summary>
    public const string Allowed = "allowed";

    /// <summary>First word of the answer if the attempt failed; the error number follows.</summary>
    public const string Refused = "refused";

    private const long MemoryBytes = 4L << 30;
    private const long FileBytes = 2L << 30;
    private const uint SomeoneElse = 12345;
    private const int NoSuchProcess = 3;
    private static readonly TimeSpan CpuTime = TimeSpan.FromSeconds(6);

    private static readonly Dictionary<string, Func<ProbeTargets, int>> Attempts = new()
    {
        ["open a network socket"] = _ => PosixAttempts.OpenSocket(),
        ["read /etc/shadow"] = _ => PosixAttempts.OpenForReading("/etc/shadow"),
        ["read a file of the host"] = targets => PosixAttempts.OpenForReading(targets.HostFile),
        ["write outside its own /tmp"] = _ => PosixAttempts.CreateFile(Path.Combine(AppContext.BaseDirectory, "digitizer-probe")),
        ["start another process"] = _ => PosixAttempts.StartProcess(),
        ["use more memory than allowed"] = _ => PosixAttempts.UseMemory(MemoryBytes),
        ["trace its parent"] = _ => PosixAttempts.TraceParent(),
        ["mount a file system"] = targets => PosixAttempts.Mount(targets.MountFolder),
        ["become another user"] = _ => PosixAttempts.BecomeUser(SomeoneElse),
        ["signal a process of the host"] = targets => targets.HostProcess.IsAnotherHere ? NoSuchProcess : PosixAttempts.Signal(targets.HostProcess.Id),
        ["use more CPU time than allowed"] = _ => Spin(),
        ["write a file larger than allowed"] = _ => WriteLargeFile(),
        ["run a shell"] = _ => PosixAttempts.RunShell($"echo {Allowed}"),
    };

    /// <summary>What can be tried.</summary>
    public static IEnumerable<string> Names => Attempts.Keys;

    /// <summary>Tries what <paramref name="args"/> names: attempt, host file, host process and its start, folder to mount over.</summary>
    public static int Run(string[] args, TextWriter output)
    {
        var targets = new ProbeTargets(args[1], new KnownProcess(int.Parse(args[2], CultureInfo.InvariantCulture), args[3]), args[4]);
        var error = Attempts[args[0]](targets);
        output.WriteLine(error == 0 ? Allowed : string.Create(CultureInfo.InvariantCulture, $"{Refused} {error}"));
        return 0;
    }

    private static int Spin()
    {
        using var self = Process.GetCurrentProcess();
        while (self.TotalProcessorTime < CpuTime)
        {
            self.Refresh();
        }

        return 0;
    }

    private static int WriteLargeFile()
    {
        var path = Path.Combine(Path.GetTempPath(), $"digitizer-probe-{Guid.NewGuid():N}");
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose });
        try
        {
            file.SetLength(FileBytes);
            return 0;
        }
        catch (IOException e)
        {
            return e.HResult & 0xFFFF;
        }
    }
}

/// <summary>What the probes of the host's property aim at.</summary>
internal sealed record ProbeTargets(string HostFile, KnownProcess HostProcess, string MountFolder);
