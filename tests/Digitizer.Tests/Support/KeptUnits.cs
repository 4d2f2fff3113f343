using System.Globalization;
using System.Text;
using Digitizer.Dossiers;
using Digitizer.Intake;
using Digitizer.Jobs;
using Digitizer.Tests.Jobs;
using Digitizer.Vault;

namespace Digitizer.Tests.Support;

/// <summary>A unit that went all its way: what the vault and its dossier have of it.</summary>
internal sealed record KeptUnit(UnitId Unit, OriginalName Original, Guid Document, IReadOnlyList<string> Results, string Folder);

/// <summary>Small units in a real journal, vault and dossier folder, each taken through all transitions of the journal.</summary>
/// <param name="jobs">The journal.</param>
/// <param name="vault">Gets original and results.</param>
/// <param name="dossiers">Gets the documents; null: they go to no dossier.</param>
/// <param name="time">For ids and times.</param>
internal sealed class KeptUnits(JobStore jobs, LocalVault vault, IDossierStore? dossiers, TimeProvider time)
{
    private const int InOneDossier = 50;
    private static readonly TimeSpan Lease = TimeSpan.FromHours(1);

    /// <summary>Adds a one-page unit; every result of it is its own but the text, if one is given.</summary>
    /// <param name="number">Which; names and contents follow from it.</param>
    /// <param name="text">The document's text; units with the same one share it.</param>
    public async Task<KeptUnit> AddAsync(int number, string? text = null)
    {
        var unit = UnitId.New(time);
        var original = await vault.StoreOriginalAsync(Bytes($"original {number}"), unit.ToString(), default);
        var dossier = dossiers is null ? null : new DossierClaim(Code(number), "argument", Confirmed: true);
        await jobs.AcceptAsync(Arrival(unit, original, number, dossier), default);
        await jobs.SplitDoneAsync(await TakeAsync(WorkKind.Split), "Png", 1, default);
        var page = await StoreAsync($"page {number}");
        var thumbnail = await StoreAsync($"thumbnail {number}");
        await jobs.PageDoneAsync(await TakeAsync(WorkKind.Page), new PageEnd(PageState.Read, page.Sha256, ThumbnailSha256: thumbnail.Sha256), default);
        await jobs.GroupDoneAsync(await TakeAsync(WorkKind.Group), [new NewDocument(1, [1], dossier, [])], default);
        var (pdf, txt) = (await StoreAsync($"pdf {number}"), await StoreAsync(text ?? $"text {number}"));
        await jobs.AssembleDoneAsync(await TakeAsync(WorkKind.Assemble), new AssembledFiles(pdf.Sha256, pdf.Bytes, txt.Sha256, []), default);
        var document = DocumentId.ForPart(unit, 1);
        var json = await StoreAsync($$"""{"version":1,"unit":"{{unit}}","document":"{{document}}","revision":1}""");
        await jobs.ProveDoneAsync(await TakeAsync(WorkKind.Prove), 1, 0.01, json.Sha256, default);
        var folder = dossier is null ? "" : await AttachAsync(new DeliveryKey(document, 1), Name(number), dossier.Code, pdf, txt, json);
        return new KeptUnit(unit, original, document.Value, [page.Sha256, thumbnail.Sha256, pdf.Sha256, txt.Sha256, json.Sha256], folder);
    }

    private async Task<string> AttachAsync(DeliveryKey key, string name, string code, StoredResult pdf, StoredResult txt, StoredResult json)
    {
        var deliver = await TakeAsync(WorkKind.Deliver);
        await jobs.AttachStartedAsync(deliver, default);
        var reply = await dossiers!.AttachAsync(
            new Attachment
            {
                Dossier = DossierKey.Parse(code, new DateOnly(2026, 12, 31)),
                Key = key,
                Name = name,
                Files = new AttachedFiles(File(pdf), File(txt), File(json)),
                Decided = time.GetUtcNow(),
            },
            default);
        var receipt = Assert.IsType<AttachReply.Attached>(reply).Receipt;
        await jobs.AttachedAsync(deliver, receipt.ToLine(), default);
        await jobs.VerifiedAsync(await TakeAsync(WorkKind.Verify), default);
        return receipt.Location ?? "";
    }

    private NewUnit Arrival(UnitId unit, OriginalName original, int number, DossierClaim? dossier) => new()
    {
        Id = unit,
        Source = "quay",
        ArrivalKey = unit.ToString(),
        Name = Encoding.UTF8.GetBytes(Name(number) + ".png"),
        ShownName = Name(number) + ".png",
        Bytes = 1,
        Sha256 = original.Sha256,
        ReceivedAt = time.GetUtcNow(),
        Dossier = dossier,
        ResultBase = Name(number),
    };

    private AttachedFile File(StoredResult stored) => new(vault.ResultPath(stored.Sha256), stored.Sha256, stored.Bytes);

    private async Task<WorkItem> TakeAsync(WorkKind kind) => (await jobs.ClaimAsync([kind], "test", Lease, 1, default)).Single();

    private Task<StoredResult> StoreAsync(string content) => vault.StoreAsync(Bytes(content), default);

    private static MemoryStream Bytes(string content) => new(Encoding.UTF8.GetBytes(content));

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"scan{number:D6}");

    // Dossiers hold a few dozen documents, not thousands.
    private static string Code(int number) => string.Create(CultureInfo.InvariantCulture, $"000.00.01.H29-260310-{number / InOneDossier:D4}");
}
