using System.Globalization;

namespace Digitizer.PageWorkers.Confinement;

/// <summary>A process that is not mistaken for one that has its number in another namespace, as small numbers of containers easily do.</summary>
/// <param name="Id">Its number where it was made.</param>
/// <param name="Started">When it started, in the kernel's ticks.</param>
internal sealed record KnownProcess(int Id, string Started)
{
    // proc(5): the 22nd field; the second, a name in brackets, may hold blanks, and those after it are counted.
    private const int StartedAfterName = 22 - 3;

    /// <summary>This process.</summary>
    public static KnownProcess Self() => new(Environment.ProcessId, StartOf(Environment.ProcessId) ?? "");

    /// <summary>True if the number means a different process here.</summary>
    public bool IsAnotherHere => StartOf(Id) is { } started && started != Started;

    private static string? StartOf(int process)
    {
        try
        {
            var line = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
            return line[(line.LastIndexOf(')') + 2)..].Split(' ')[StartedAfterName];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
