using System.Text;
using Digitizer.Dossiers;
using Digitizer.Intake;
using Digitizer.Workspace;

namespace Digitizer.Tests.Support;

/// <summary>Documents that are to be attached, made by hand.</summary>
internal sealed class DossierAttachments(TempFolder folder)
{
    public static readonly DossierKey Dossier = DossierKey.Parse("000.00.01.H29-260310-0420", new DateOnly(2026, 10, 1));

    public static readonly DossierKey OtherDossier = DossierKey.Parse("000.00.01.H29-260310-0421", new DateOnly(2026, 10, 1));

    /// <summary>A document; the same seed is the same document.</summary>
    /// <param name="seed">Which document.</param>
    /// <param name="revision">Which revision.</param>
    /// <param name="content">What its PDF holds; null = something of its own.</param>
    /// <param name="supersedes">The attachment that it replaces.</param>
    public Attachment Create(int seed, int revision = 1, string? content = null, Attachment? supersedes = null)
    {
        var id = DocumentId.ForPart(UnitId.Create(DateTimeOffset.UnixEpoch.AddDays(seed), new byte[10]), 1);
        var at = $"attachments/{Guid.NewGuid():N}/x";
        var head = $$"""{"version":1,"unit":"00000000000000000000000000","document":"{{id}}","revision":{{revision}}}""";
        return new Attachment
        {
            Dossier = Dossier,
            Key = new DeliveryKey(id, revision),
            Name = $"Công văn {seed}",
            Files = new AttachedFiles(File(at + ".pdf", content ?? $"pdf {seed}.{revision}"), File(at + ".txt", $"chữ {seed}"), File(at + ".json", head)),
            Supersedes = supersedes?.Files.Pdf.Sha256,
            Decided = DateTimeOffset.UnixEpoch.AddDays(20_000),
        };
    }

    private AttachedFile File(string name, string content)
    {
        var path = folder.File(name, content);
        return new AttachedFile(path, FileDigest.OfFile(path), Encoding.UTF8.GetByteCount(content));
    }
}
