using System.Collections.Concurrent;
using Digitizer.Intake.DropFolders;

namespace Digitizer.Tests.Support.DropFolders;

/// <summary>Writes down which alerts came and went.</summary>
internal sealed class RecordedAlerts : IAlerts
{
    public ConcurrentQueue<FolderAlert> All { get; } = [];

    public ConcurrentQueue<FolderAlert> Over { get; } = [];

    public void Raised(FolderAlert alert) => All.Enqueue(alert);

    public void Ended(FolderAlert alert) => Over.Enqueue(alert);

    public bool Has(AlertKind kind, string entry = "") => All.Any(a => a.Kind == kind && (entry.Length == 0 || a.Entry == entry));
}
