using Digitizer.Intake;
using Digitizer.Results;
using Digitizer.Workspace;

namespace Digitizer.Dossiers;

/// <summary>A document in its dossier.</summary>
/// <param name="Folder">Absolute path of the document's folder.</param>
/// <param name="WasThere">True if an earlier run had filed it.</param>
internal sealed record FiledDocument(string Folder, bool WasThere)
{
    /// <summary>A published document as it goes into a dossier.</summary>
    /// <exception cref="IOException">One of its files cannot be read.</exception>
    public static Attachment Attachment(DossierKey dossier, ResultFiles files, DocumentResult result) => new()
    {
        Dossier = dossier,
        Key = new DeliveryKey(new DocumentId(Guid.ParseExact(result.Document, "D")), result.Revision),
        Name = Path.GetFileNameWithoutExtension(files.Pdf),
        Files = new AttachedFiles(new AttachedFile(files.Pdf, result.Pdf.Sha256, result.Pdf.Bytes), Digested(files.Text), Digested(files.Json)),
        Decided = DateTimeOffset.UnixEpoch,
    };

    private static AttachedFile Digested(string path) => new(path, FileDigest.OfFile(path), new FileInfo(path).Length);
}
