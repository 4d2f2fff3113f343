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
/// document under the same name: the new one is <c>NAME~2</c>. A later revision takes the place of the bytes that it
/// supersedes, which go to <c>.superseded/</c>. Runs that file into one dossier at the
/// same time take turns by the lock of its folder.
/// </remarks>
/// <param name="dossiersFolder"><c>DIR/dossiers</c>; created when the first document comes.</param>
internal sealed class FolderDossierStore(string dossiersFolder)
{
    // A document's folder never changes hands, so each is looked into once.
    private readonly ConcurrentDictionary<string, string> known = new(StringComparer.Ordinal);

    /// <summary>Files a document.</summary>
    /// <param name="dossier">Where it belongs.</param>
    /// <param name="name">What its folder and files are called, if nothing else in the dossier is.</param>
    /// <param name="kept">Its files; copied.</param>
    /// <param name="result">What its result file says; the one in the dossier names its PDF.</param>
    /// <param name="supersedes">Digest of the PDF of the revision before, if that was filed; null otherwise.</param>
    /// <exception cref="DigitizerException">DossierConflict, or OutputNotWritable; nothing was added then.</exception>
    public FiledDocument Attach(DossierKey dossier, string name, ResultFiles kept, DocumentResult result, string? supersedes = null)
    {
        var folder = Path.Combine(dossiersFolder, dossier.Code);
        try
        {
            AtomicFile.CreateFolder(folder);
            using var turn = PosixFiles.LockFolder(folder);
            RemoveLeftovers(folder);
            if (Find(folder, result.Document) is { } there && (supersedes is null || !PutAside(folder, there, supersedes)))
            {
                return Compare(there, result, dossier);
            }

            var added = Add(folder, name, kept, result);
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

    private bool PutAside(string folder, string there, string supersedes)
    {
        if (!Holds(there, supersedes))
        {
            return false;
        }

        var old = Path.Combine(folder, ".superseded");
        AtomicFile.CreateFolder(old);
        PosixFiles.Rename(there, Path.Combine(old, $"{Path.GetFileName(there)}~{supersedes[..12]}"));
        PosixFiles.FlushFolder(old);
        known.TryRemove(there, out _);
        return true;
    }

    private static FiledDocument Compare(string there, DocumentResult result, DossierKey dossier)
    {
        // The file itself is read, not what its result file says of it: it may have been changed by hand.
        return Holds(there, result.Pdf.Sha256)
            ? new FiledDocument(there, WasThere: true)
            : throw new DigitizerException(
                FailureKind.DossierConflict,
                $"Dossier {dossier} holds this document with other content in {ShownName.Escape(Path.GetFileName(there))}. To file the new one, remove that folder and run digitizer jobs retry.");
    }

    /// <summary>True if the document's folder holds a PDF with these bytes.</summary>
    /// <param name="documentFolder">As <see cref="Attach"/> gave it.</param>
    /// <param name="pdfSha256">Lower-case hex.</param>
    public static bool Holds(string documentFolder, string pdfSha256)
        => Directory.Exists(documentFolder) && Directory.EnumerateFiles(documentFolder, "*.pdf").FirstOrDefault() is { } pdf && FileDigest.OfFile(pdf) == pdfSha256;

    private static string Add(string folder, string wantedName, ResultFiles kept, DocumentResult result)
    {
        var staging = Path.Combine(folder, $"{AtomicFile.TemporaryPrefix}{Guid.NewGuid():N}.tmp");
        Directory.CreateDirectory(staging);
        try
        {
            Copy(kept, staging, wantedName, result);
            var wanted = Path.Combine(folder, wantedName);
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

    private static void Copy(ResultFiles kept, string staging, string name, DocumentResult result)
    {
        Write(Path.Combine(staging, name + ".pdf"), target => CopyFrom(kept.Pdf, target));
        Write(Path.Combine(staging, name + ".txt"), target => CopyFrom(kept.Text, target));
        Write(Path.Combine(staging, name + ".json"), target => target.Write(ResultJson.ToBytes(result with { Pdf = result.Pdf with { File = name + ".pdf" } })));
        PosixFiles.FlushFolder(staging);
    }

    private static void CopyFrom(string file, Stream target)
    {
        using var source = File.OpenRead(file);
        source.CopyTo(target);
    }

    private static void Write(string file, Action<Stream> content)
    {
        using var target = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        content(target);
        target.Flush();
        PosixFiles.Flush(target.SafeFileHandle, file);
    }
}
