namespace Digitizer.Intake.DropFolders;

/// <summary>What a person should know about a drop folder or a blob queue.</summary>
internal enum AlertKind
{
    /// <summary>The folder is not there, or cannot be read.</summary>
    FolderGone,

    /// <summary>Part of the folder, or an entry, cannot be read or moved.</summary>
    NoAccess,

    /// <summary>A temporary name that nobody renames.</summary>
    StuckTemporaryName,

    /// <summary>A file that goes on changing, or that its writer keeps open.</summary>
    StuckFile,

    /// <summary>A side-car whose file does not come.</summary>
    LonelySideCar,

    /// <summary>A batch that is not complete, or contradicts its manifest.</summary>
    HeldBatch,

    /// <summary>A file that no manifest names, in a folder that takes batches only.</summary>
    UnlistedFile,

    /// <summary>A folder that is named like a scan.</summary>
    OddFolder,

    /// <summary>Nothing has arrived for the configured time.</summary>
    SilentFolder,

    /// <summary>File events cannot be had; the folder is looked at by the clock.</summary>
    NoEvents,

    /// <summary>The vault's disk is too full to take anything.</summary>
    NoRoom,

    /// <summary>A file could not be taken for a reason that lies with us; it is tried again.</summary>
    TakingFailed,

    /// <summary>The journal has units of this folder whose originals are gone; nothing is taken.</summary>
    OriginalMissing,

    /// <summary>A blob queue or its containers cannot be reached, or do not let us.</summary>
    QueueUnreachable,

    /// <summary>A message of a blob queue waits for too long.</summary>
    OldMessage,
}

/// <summary>An alert: the same kind and entry is one alert, raised once and ended once.</summary>
/// <param name="Kind">What.</param>
/// <param name="Source">The name of the drop folder or the blob queue.</param>
/// <param name="Entry">The entry in it, for people; empty for the folder itself.</param>
/// <param name="Message">What to do, without the names of files: logs have it.</param>
/// <param name="Detail">What is known besides; it may name files, and is for those who may see them only.</param>
internal sealed record FolderAlert(AlertKind Kind, string Source, string Entry, string Message, string? Detail = null);

/// <summary>Hears of alerts.</summary>
internal interface IAlerts
{
    void Raised(FolderAlert alert);

    void Ended(FolderAlert alert);
}

/// <summary>The alerts of one folder: what a look does not find again has ended.</summary>
internal sealed class AlertBook(string source, IAlerts listener)
{
    private Dictionary<(AlertKind, string), FolderAlert> active = [];
    private Dictionary<(AlertKind, string), FolderAlert> found = [];

    /// <summary>What stands now.</summary>
    public IReadOnlyCollection<FolderAlert> Active => active.Values;

    public void Found(AlertKind kind, string entry, string message, string? detail = null)
    {
        var alert = new FolderAlert(kind, source, entry, message, detail);
        if (found.TryAdd((kind, entry), alert) && !active.ContainsKey((kind, entry)))
        {
            listener.Raised(alert);
        }
    }

    /// <summary>The look is over.</summary>
    public void Close()
    {
        foreach (var (key, alert) in active)
        {
            if (!found.ContainsKey(key))
            {
                listener.Ended(alert);
            }
        }

        (active, found) = (found, []);
    }
}
