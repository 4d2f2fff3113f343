using System.Globalization;

namespace Digitizer.EndToEndTests.Trials;

/// <summary>What the system says of a process's memory (proc(5)).</summary>
internal static class ProcessMemory
{
    /// <summary>The most that it has had resident, in MB.</summary>
    public static int PeakMegaBytes(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").Single(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return int.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
