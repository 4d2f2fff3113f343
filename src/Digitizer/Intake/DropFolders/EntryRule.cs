using System.Text;
using Digitizer.Native;

namespace Digitizer.Intake.DropFolders;

/// <summary>What an entry of a drop folder is, by its name and its type alone.</summary>
internal enum EntryKind
{
    /// <summary>May be a scan: what it holds decides.</summary>
    Candidate,

    /// <summary>A name under which files are still written.</summary>
    Temporary,

    /// <summary>Files of operating systems and our own receipts: nobody misses them.</summary>
    Litter,

    /// <summary>An empty file that says that the file of the same name is finished.</summary>
    Marker,

    /// <summary>A list of the files of a batch.</summary>
    Manifest,

    /// <summary>A link, a pipe, a socket or a device.</summary>
    Odd,
}

/// <summary>Sorts entries.</summary>
internal static class EntryRule
{
    private static readonly string[] Markers = [".done", ".ready"];
    private static readonly string[] Manifests = [".manifest.json", ".manifest.csv"];

    public static EntryKind Sort(FileName name, FileType type)
    {
        var text = name.ToString();
        return IgnoreRule.ByName(text) switch
        {
            IgnoreReason.System => EntryKind.Litter,
            IgnoreReason.Temporary or IgnoreReason.Hidden => EntryKind.Temporary,
            _ when type != FileType.Regular => EntryKind.Odd,
            _ when Ends(text, Markers) => EntryKind.Marker,
            _ when Ends(text, Manifests) => EntryKind.Manifest,
            _ when text.EndsWith(Receipt.Extension, StringComparison.OrdinalIgnoreCase) => EntryKind.Litter,
            _ => EntryKind.Candidate,
        };
    }

    /// <summary>Names whose presence says that a file is finished: <c>x.jpg.done</c>, <c>x.done</c>, the same with <c>.ready</c>.</summary>
    public static IEnumerable<FileName> MarkersOf(FileName name)
    {
        var dot = name.Raw.LastIndexOf('.');
        return Markers.SelectMany(m => dot > 0 ? new[] { name.Raw + m, name.Raw[..dot] + m } : [name.Raw + m]).Select(raw => new FileName(raw));
    }

    /// <summary>Sub-folders that are not part of the drop folder: ours, and hidden ones.</summary>
    public static bool IsSkippedFolder(FileName name) => name.Raw.StartsWith('.') || IgnoreRule.ByName(name.ToString()) is not null;

    /// <summary>A name with a number before its extension, for a file whose own name is taken; cut to 255 bytes.</summary>
    public static FileName Variant(FileName name, int number)
    {
        var dot = name.Raw.LastIndexOf('.');
        var (stem, extension) = dot > 0 && name.Raw.Length - dot <= 16 ? (name.Raw[..dot], name.Raw[dot..]) : (name.Raw, "");
        var tail = new StringBuilder().Append('~').Append(number).Append(extension).ToString();
        return new FileName(stem[..Math.Min(stem.Length, 255 - tail.Length)] + tail);
    }

    private static bool Ends(string text, string[] endings) => Array.Exists(endings, e => text.EndsWith(e, StringComparison.OrdinalIgnoreCase) && text.Length > e.Length);
}
