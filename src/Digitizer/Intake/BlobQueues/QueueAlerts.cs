using Digitizer.Intake.DropFolders;

namespace Digitizer.Intake.BlobQueues;

/// <summary>The alerts of one queue; only a change is news.</summary>
internal sealed class QueueAlerts(string source, IAlerts listener)
{
    private readonly Lock gate = new();
    private readonly Dictionary<AlertKind, FolderAlert> active = [];

    /// <summary>What stands now.</summary>
    public IReadOnlyCollection<FolderAlert> Active
    {
        get
        {
            lock (gate)
            {
                return [.. active.Values];
            }
        }
    }

    /// <summary>Says how a condition stands; null: it is well.</summary>
    public void Set(AlertKind kind, string? message, string? detail = null)
    {
        lock (gate)
        {
            var stands = active.TryGetValue(kind, out var was);
            if (message is null)
            {
                if (stands && active.Remove(kind))
                {
                    listener.Ended(was!);
                }
            }
            else
            {
                active[kind] = new FolderAlert(kind, source, "", message, detail);
                if (!stands)
                {
                    listener.Raised(active[kind]);
                }
            }
        }
    }
}
