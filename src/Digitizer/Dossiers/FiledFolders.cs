using System.Collections.Concurrent;
using Digitizer.Intake;
using Digitizer.Results;
using Digitizer.Workspace;

namespace Digitizer.Dossiers;

/// <summary>A document's folder in a dossier.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Key">Document and revision, from the head of its result file.</param>
internal sealed record FiledFolder(string Path, DeliveryKey Key)
{
    /// <summary>Its digest as it is now: it may have been changed by hand. Null if the PDF is gone.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public string? PdfSha256()
        => Directory.EnumerateFiles(Path, "*.pdf").FirstOrDefault() is { } pdf ? FileDigest.OfFile(pdf) : null;

    /// <summary>Its receipt.</summary>
    public Receipt Receipt(string sha256) => new(System.IO.Path.GetFileName(Path), sha256, Path);
}

/// <summary>Finds documents among the folders of a dossier.</summary>
internal sealed class FiledFolders
{
    // Looked into again when the folder changed: a revision takes its predecessor's name.
    private readonly ConcurrentDictionary<string, (DateTime Changed, DeliveryKey Key)> known = new(StringComparer.Ordinal);

    /// <summary>The document's folder below another, or null. Files on their way do not count.</summary>
    public FiledFolder? Find(string folder, DocumentId document)
        => !Directory.Exists(folder) ? null : Directory.EnumerateDirectories(folder)
            .Where(path => Path.GetFileName(path) is var name && name != FolderDossierStore.SupersededFolder && !name.StartsWith(AtomicFile.TemporaryPrefix, StringComparison.Ordinal))
            .Select(Look)
            .FirstOrDefault(found => found?.Key.Document == document);

    /// <summary>What a folder holds; null if it is not ours.</summary>
    public FiledFolder? Look(string folder)
    {
        var changed = Directory.GetLastWriteTimeUtc(folder);
        if (known.TryGetValue(folder, out var seen) && seen.Changed == changed)
        {
            return new FiledFolder(folder, seen.Key);
        }

        if (Read(folder) is not { } key)
        {
            return null;
        }

        known[folder] = (changed, key);
        return new FiledFolder(folder, key);
    }

    private static DeliveryKey? Read(string folder)
    {
        if (Directory.EnumerateFiles(folder, "*.json").FirstOrDefault() is not { } json)
        {
            return null;
        }

        using var stream = File.OpenRead(json);
        var start = new byte[256];
        var head = start.AsSpan(0, stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false));
        return Guid.TryParseExact(ResultHead.Document(head), "D", out var document)
            ? new DeliveryKey(new DocumentId(document), ResultHead.Revision(head) ?? 1)
            : null;
    }
}
