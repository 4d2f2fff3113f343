using System.Collections.Concurrent;
using Digitizer.Native;

namespace Digitizer.Intake.DropFolders;

/// <summary>
/// File events, as hints only: they shorten the wait for the next look and remember renames from
/// temporary names. That they are missing or lost costs time, never a file.
/// </summary>
internal sealed class FolderEvents : IDisposable
{
    private const int MaxFinished = 10_000;

    private readonly FileSystemWatcher? watcher;
    private readonly ConcurrentDictionary<string, bool> finished = new(StringComparer.Ordinal);
    private readonly string root;
    private TaskCompletionSource hint = New();
    private bool overflowed;

    private FolderEvents(string root, bool isWanted)
    {
        this.root = root;
        if (isWanted)
        {
            watcher = Start();
        }
    }

    /// <summary>Why there are no events, or null.</summary>
    public string? Problem { get; private set; }

    /// <summary>True once after events were lost because there were too many.</summary>
    public bool TakeOverflow() => Interlocked.Exchange(ref overflowed, false);

    public static FolderEvents Watch(string root, bool isWanted) => new(root, isWanted);

    /// <summary>Completes when something has happened since the last call of <see cref="Reset"/>.</summary>
    public Task Hint => Volatile.Read(ref hint).Task;

    /// <summary>From now on, new hints count. To be called before a look.</summary>
    public void Reset()
    {
        if (Hint.IsCompleted)
        {
            Interlocked.Exchange(ref hint, New());
        }
    }

    /// <summary>True if the file got its name by a rename from a temporary one.</summary>
    public bool WasFinished(Entry entry) => finished.ContainsKey(entry.Key);

    /// <summary>Forgets a name: it was taken, or has gone.</summary>
    public void Forget(string key) => finished.TryRemove(key, out _);

    public void Dispose() => watcher?.Dispose();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FileSystemWatcher? Start()
    {
        FileSystemWatcher? started = null;
        try
        {
            started = new FileSystemWatcher(root)
            {
                IncludeSubdirectories = true,
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite,
            };
            started.Created += (_, _) => Give();
            started.Changed += (_, _) => Give();
            started.Renamed += (_, e) => Renamed(e);
            started.Error += (_, e) => Lost(e.GetException());
            started.EnableRaisingEvents = true;
            return started;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            started?.Dispose();
            Problem = e.Message;
            return null;
        }
    }

    private void Renamed(RenamedEventArgs e)
    {
        var from = Path.GetFileName(e.OldName) ?? "";
        if (e.Name is { } name && EntryRule.Sort(FileName.FromText(from), FileType.Regular) == EntryKind.Temporary)
        {
            // Names that were renamed on or removed are never asked for again: forgotten all together, which costs quiet time.
            if (finished.Count > MaxFinished)
            {
                finished.Clear();
            }

            finished[FileName.FromText(name).Raw] = true;
        }

        Give();
    }

    private void Lost(Exception e)
    {
        if (e is InternalBufferOverflowException)
        {
            Volatile.Write(ref overflowed, true);
        }
        else
        {
            Problem = e.Message;
        }

        Give();
    }

    private void Give() => Volatile.Read(ref hint).TrySetResult();
}
