using System.Collections.Concurrent;
using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Native;
using Digitizer.Results;
using Digitizer.Workspace;

namespace Digitizer.Dossiers;

/// <summary>A dossier is a folder, a document in it a folder of its own: <c>dossiers/CODE/NAME/NAME.pdf</c>, <c>.txt</c>, <c>.json</c>.</summary>
/// <remarks>
/// A folder appears under its name by one rename, with all its files in it or not at all. Same
/// document and same bytes: filed already. Same document and other bytes: a person decides. Another
/// document under the same name: the new one is <c>NAME~2</c>. Runs that file into one dossier at the
/// same time take turns by the lock of its folder.
/// </remarks>
/// <param name="dossiersFolder"><c>DIR/dossiers</c>; created when the first document comes.</param>
internal sealed class FolderDossierStore(string dossiersFolder)
{
    // A document's folder never changes hands, so each is looked into once.
    private readonly ConcurrentDictionary<string, string> known = new(StringComparer.Ordinal);

    /// <summary>Files a document.</summary>
    /// <param name="dossier">Where it belongs.</param>
    /// <param name="files">Its files; copied, so that they may be changed or removed without touching the dossier.</param>
    /// <param name="result">Its result file, as written.</param>
    /// <exception cref="DigitizerException">DossierConflict, or OutputNotWritable; nothing was added then.</exception>
    public FiledDocument Attach(DossierKey dossier, ResultFiles files, DocumentResult result)
    {
        var folder = Path.Combine(dossiersFolder, dossier.Code);
        try
        {
            AtomicFile.CreateFolder(folder);
            using var turn = PosixFiles.LockFolder(folder);
            RemoveLeftovers(folder);
            if (Find(folder, result.Document) is { } there)
            {
                return Compare(there, files, result, dossier);
            }

            var added = Add(folder, files);
            PosixFiles.FlushFolder(folder);
            PosixFiles.FlushFolder(dossiersFolder);
            return new FiledDocument(added, WasThere: false);
        }
        catch (Exception e) when (WriteFailure.IsExpected(e))
        {
            throw WriteFailure.Create(e, folder);
        }
    }

    // Whoever has the lock may: files on their way are there only under it, or of a run that was killed.
    private static void RemoveLeftovers(string folder)
    {
        foreach (var leftover in Directory.GetDirectories(folder, AtomicFile.TemporaryPrefix + "*"))
        {
            Directory.Delete(leftover, recursive: true);
        }
    }

    private string? Find(string folder, string document)
        => Directory.EnumerateDirectories(folder).FirstOrDefault(d => known.GetValueOrDefault(d) is { } id ? id == document : Learn(d) == document);

    private string? Learn(string folder)
    {
        var document = DocumentOf(folder);
        if (document is not null)
        {
            known[folder] = document;
        }

        return document;
    }

    private static string? DocumentOf(string folder)
    {
        var json = Directory.EnumerateFiles(folder, "*.json").FirstOrDefault();
        if (json is null)
        {
            return null;
        }

        using var stream = File.OpenRead(json);
        var start = new byte[256];
        var length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return ResultHead.Document(start.AsSpan(0, length));
    }

    private static FiledDocument Compare(string there, ResultFiles files, DocumentResult result, DossierKey dossier)
    {
        // The file itself is read, not what its result file says of it: it may have been changed by hand.
        var pdf = Directory.EnumerateFiles(there, "*.pdf").FirstOrDefault();
        return pdf is not null && FileDigest.OfFile(pdf) == result.Pdf.Sha256
            ? new FiledDocument(there, WasThere: true)
            : throw new DigitizerException(
                FailureKind.DossierConflict,
                $"Dossier {dossier} holds this document with other content in {ShownName.Escape(Path.GetFileName(there))}. Compare it with {ShownName.Escape(files.Pdf)}; to take that one, remove the folder from the dossier and run again.");
    }

    private static string Add(string folder, ResultFiles files)
    {
        var staging = Path.Combine(folder, $"{AtomicFile.TemporaryPrefix}{Guid.NewGuid():N}.tmp");
        Directory.CreateDirectory(staging);
        try
        {
            Copy(files, staging);
            var wanted = Path.Combine(folder, Path.GetFileNameWithoutExtension(files.Pdf));
            var name = wanted;
            for (var n = 2; !PosixFiles.TryRenameNew(staging, name); n++)
            {
                name = ResultName.Variant(wanted, n);
            }

            return name;
        }
        catch (Exception e) when (WriteFailure.IsExpected(e))
        {
            Directory.Delete(staging, recursive: true);
            throw;
        }
    }

    private static void Copy(ResultFiles files, string staging)
    {
        foreach (var file in new[] { files.Pdf, files.Text, files.Json })
        {
            var copy = Path.Combine(staging, Path.GetFileName(file));
            using var source = File.OpenRead(file);
            using var target = new FileStream(copy, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            source.CopyTo(target);
            target.Flush();
            PosixFiles.Flush(target.SafeFileHandle, copy);
        }

        PosixFiles.FlushFolder(staging);
    }
}
