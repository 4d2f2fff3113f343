using System.Collections.Frozen;

namespace Digitizer.Intake;

/// <summary>Why an entry of a folder is left out of a scan.</summary>
internal enum IgnoreReason
{
    Hidden,
    Temporary,
    System,
    Link,
    SideCar,

    /// <summary>Pipes, sockets, devices.</summary>
    NotAFile,

    /// <summary>The same file as one taken already.</summary>
    Duplicate,
}

/// <summary>What in a folder is no scan by its name alone. Files that are named themselves are never ignored.</summary>
internal static class IgnoreRule
{
    private static readonly FrozenSet<string> SystemNames = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Thumbs.db", "ehthumbs.db", "desktop.ini", "__MACOSX", "$RECYCLE.BIN", "System Volume Information", "@eaDir", "lost+found");

    private static readonly FrozenSet<string> TemporaryExtensions = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, ".tmp", ".temp", ".part", ".partial", ".filepart", ".crdownload");

    private static readonly FrozenSet<string> SideCarExtensions = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        ".json", ".xml", ".txt", ".csv", ".md", ".py", ".sh", ".html", ".log", ".ini", ".db", ".done", ".accepted", ".xmp", ".md5", ".sha256");

    /// <summary>Why the name is left out, or null.</summary>
    public static IgnoreReason? ByName(string name) => name switch
    {
        _ when SystemNames.Contains(name) || name.StartsWith("._", StringComparison.Ordinal) || name == ".DS_Store" => IgnoreReason.System,
        _ when IsTemporary(name) => IgnoreReason.Temporary,
        ['.', ..] => IgnoreReason.Hidden,
        _ => null,
    };

    /// <summary>True if the name is of those that stand beside scans; what such a file holds decides (a scan may bear any name).</summary>
    public static bool MayBeSideCar(string name) => SideCarExtensions.Contains(Path.GetExtension(name));

    private static bool IsTemporary(string name)
        => name.StartsWith("~$", StringComparison.Ordinal)
        || name.StartsWith(".~lock", StringComparison.Ordinal)
        || name.StartsWith(".nfs", StringComparison.Ordinal)
        || name.EndsWith('~')
        || TemporaryExtensions.Contains(Path.GetExtension(name));
}
