using System.Globalization;

namespace Digitizer.Benchmarks;

/// <summary>What /proc says of running processes (proc(5)).</summary>
internal static class ProcFiles
{
    private const double TicksASecond = 100;

    /// <summary>Process ids of the page-workers of one host: of the programs, not of what is wrapped around them.</summary>
    public static IEnumerable<int> PageWorkers(int host)
        => Processes().Where(id => Read(id, "cmdline").Split('\0') is [var program, _, "page-worker", ..] && Path.GetFileName(program) == "dotnet" && Descends(id, host));

    /// <summary>User and system time so far; 0 if it has ended.</summary>
    public static double CpuSeconds(int process)
    {
        // utime is field 14, stime 15.
        var fields = Stat(process);
        return fields.Length < 13 ? 0 : (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksASecond;
    }

    /// <summary>User and system time so far of a process, of all below it, and of those that have ended and were waited for.</summary>
    public static double TreeCpuSeconds(int root)
        => Processes().Where(id => Descends(id, root)).Sum(id => Stat(id) is { Length: > 14 } fields ? fields[11..15].Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture)) / TicksASecond : 0);

    /// <summary>Seconds that all cores together have worked for anybody.</summary>
    public static double MachineBusySeconds()
    {
        // cpu user nice system idle iowait irq softirq steal: what a neighbour took is not there for us.
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(ticks => double.Parse(ticks, CultureInfo.InvariantCulture)).ToArray();
        return (fields[..8].Sum() - fields[3] - fields[4]) / TicksASecond;
    }

    /// <summary>VmRSS in megabytes; 0 if it has ended.</summary>
    public static double ResidentMegabytes(int process)
        => Array.Find(Read(process, "status").Split('\n'), line => line.StartsWith("VmRSS:", StringComparison.Ordinal)) is { } line
            ? double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024
            : 0;

    private static IEnumerable<int> Processes()
        => Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0);

    // Somebody else on the machine may run page-workers too.
    private static bool Descends(int process, int ancestor)
    {
        while (process != ancestor && Stat(process) is [_, var parent, ..])
        {
            process = int.Parse(parent, CultureInfo.InvariantCulture);
        }

        return process == ancestor;
    }

    // Fields from the third on, after the name, which stands in brackets and may hold blanks: state, parent …
    private static string[] Stat(int process)
    {
        var stat = Read(process, "stat");
        return stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Processes end while they are looked at: then there is nothing to read.</summary>
    private static string Read(int process, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine("/proc", process.ToString(CultureInfo.InvariantCulture), file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
