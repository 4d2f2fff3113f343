using System.Globalization;

namespace Digitizer.PageWorkers.Confinement;

/// <summary>The processes between the one we started and the program that it wraps.</summary>
internal static class ProcessTree
{
    /// <summary>
    /// The innermost process below <paramref name="started"/> as this system numbers it. bubblewrap
    /// stays outside as a watcher and inside as the first process of its namespace; each has one child.
    /// </summary>
    public static int Innermost(int started)
    {
        var process = started;
        while (OnlyChild(process) is { } child)
        {
            process = child;
        }

        return process;
    }

    private static int? OnlyChild(int process)
    {
        try
        {
            // proc(5): /proc/PID/task/TID/children, numbers separated by spaces.
            var children = Directory.EnumerateDirectories(FormattableString.Invariant($"/proc/{process}/task"))
                .SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .ToList();
            return children.Count == 1 ? int.Parse(children[0], CultureInfo.InvariantCulture) : null;
        }
        catch (IOException)
        {
            // It has ended, or is ending.
            return null;
        }
    }
}
