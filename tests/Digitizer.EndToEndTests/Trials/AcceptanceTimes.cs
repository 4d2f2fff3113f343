using System.Collections.Concurrent;
using System.Diagnostics;

namespace Digitizer.EndToEndTests.Trials;

/// <summary>Measures how long files lie in a drop folder: from when they have their name there until they are gone.</summary>
internal sealed class AcceptanceTimes : IDisposable
{
    private readonly ConcurrentDictionary<string, long> waiting = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<double> seconds = [];
    private readonly FileSystemWatcher watcher;

    public AcceptanceTimes(string folder)
    {
        watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true, InternalBufferSize = 1 << 16, NotifyFilter = NotifyFilters.FileName };
        watcher.Deleted += (_, gone) => Gone(gone.FullPath);
        watcher.EnableRaisingEvents = true;
    }

    /// <summary>A file has its name.</summary>
    public void Dropped(string path)
    {
        waiting[path] = Stopwatch.GetTimestamp();
        if (!File.Exists(path))
        {
            // It was taken before this was written down.
            Gone(path);
        }
    }

    /// <summary>Seconds; not a number if nothing was seen to go.</summary>
    /// <param name="percent">Of the files.</param>
    public double Percentile(double percent)
    {
        var sorted = seconds.Order().ToList();
        return sorted.Count == 0 ? double.NaN : sorted[(int)Math.Min(sorted.Count - 1, percent / 100 * sorted.Count)];
    }

    public void Dispose() => watcher.Dispose();

    private void Gone(string path)
    {
        if (waiting.TryRemove(path, out var since))
        {
            seconds.Add(Stopwatch.GetElapsedTime(since).TotalSeconds);
        }
    }
}
