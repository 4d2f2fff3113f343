using Digitizer.Native;

namespace Digitizer.Intake.DropFolders;

/// <summary>Finds at one look what nobody will take, so that nothing lies in a drop folder unseen.</summary>
/// <param name="listing">The look.</param>
/// <param name="memory">Earlier looks.</param>
/// <param name="alerts">Gets what is found.</param>
/// <param name="now">Of the monotonic clock.</param>
/// <param name="stuck">After so long it is reported.</param>
internal sealed class FolderReport(FolderListing listing, FolderMemory memory, AlertBook alerts, TimeSpan now, TimeSpan stuck)
{
    private static readonly string[] ScanEndings = [".pdf", ".tif", ".tiff", ".jpg", ".jpeg", ".png", ".bmp", ".webp"];

    private readonly Dictionary<string, Entry> markers = listing.Entries.Where(e => e.Kind == EntryKind.Marker).ToDictionary(e => e.Key, StringComparer.Ordinal);

    /// <summary>Reports all but markers without a file: those are known when every file has asked for its own.</summary>
    public void Run()
    {
        foreach (var entry in listing.Entries.Where(e => e.Kind == EntryKind.Temporary && now - memory.Of(e).FirstSeen >= stuck))
        {
            alerts.Found(AlertKind.StuckTemporaryName, entry.Shown, "This temporary file was never finished. Look at the scanner, then rename or remove it.");
        }

        foreach (var (folder, why) in listing.Unreadable)
        {
            alerts.Found(AlertKind.NoAccess, Shown(folder), "This cannot be looked at. Allow reading.", why);
        }

        foreach (var (folder, _) in listing.Folders.Where(f => Array.Exists(ScanEndings, e => f.Folder.EndsWith(e, StringComparison.OrdinalIgnoreCase))))
        {
            alerts.Found(AlertKind.OddFolder, Shown(folder), "This is a folder with the name of a scan. Take it away, or rename it.");
        }

        ReportLonelyMarkers();
    }

    /// <summary>The marker that announces a file, if one is there that is not older than the file: one may be left of an earlier file of the name.</summary>
    public FileName? MarkerOf(Entry entry)
        => Announcing(entry).FirstOrDefault(m => m.Facts.Changed >= entry.Facts.Changed)?.Name;

    private void ReportLonelyMarkers()
    {
        var announcing = listing.Entries.Where(e => e.Kind == EntryKind.Candidate).SelectMany(Announcing).ToHashSet();
        foreach (var marker in markers.Values.Where(m => !announcing.Contains(m) && now - memory.Of(m).FirstSeen >= stuck))
        {
            alerts.Found(AlertKind.LonelySideCar, marker.Shown, "This side-car's file has not come. Send it, or remove the side-car.");
        }
    }

    private IEnumerable<Entry> Announcing(Entry entry)
    {
        if (markers.Count == 0)
        {
            yield break;
        }

        foreach (var name in EntryRule.MarkersOf(entry.Name))
        {
            if (markers.TryGetValue(entry.Folder.Length == 0 ? name.Raw : $"{entry.Folder}/{name.Raw}", out var marker))
            {
                yield return marker;
            }
        }
    }

    private static string Shown(string raw) => Failures.ShownName.Escape(new FileName(raw).ToString());
}
