using Digitizer.Jobs;
using Digitizer.Pipeline;
using Digitizer.Vault;

namespace Digitizer.Benchmarks.Scale;

/// <summary>The steps without their work: each asks the journal what the real one asks, borrows and stores files of the same number and size, and ends with the same transition.</summary>
internal sealed class ReplacedSteps(JobStore jobs, IVault vault, IReadOnlyList<PageBytes> pages)
{
    private const double Difference = 0.01;

    private readonly GroupRule rule = new(attach: true, needsDossier: true);

    public IReadOnlyList<IWorkStep> All =>
    [
        new Step(WorkKind.Split, SplitAsync),
        new Step(WorkKind.Page, PageAsync),
        new GroupStep(jobs, vault, rule),
        new Step(WorkKind.Assemble, AssembleAsync),
        new Step(WorkKind.Prove, ProveAsync),
        new Step(WorkKind.Deliver, DeliverAsync),
        new Step(WorkKind.Verify, VerifyAsync),
    ];

    private async Task SplitAsync(WorkItem item, CancellationToken cancellation)
    {
        using var borrowed = vault.Borrow();
        await OriginalAsync(item, borrowed, cancellation);
        await jobs.SplitDoneAsync(item, "Jpeg", 1, cancellation);
    }

    private async Task PageAsync(WorkItem item, CancellationToken cancellation)
    {
        using var borrowed = vault.Borrow();
        var unit = await OriginalAsync(item, borrowed, cancellation);
        var bytes = BytesOf(unit);
        var image = bytes.Image is { } i ? await StoreAsync(i, cancellation) : null;
        var thumbnail = bytes.Thumbnail is { } t ? await StoreAsync(t, cancellation) : null;
        var result = await StoreAsync(bytes.Page, cancellation);
        await jobs.PageDoneAsync(item, new PageEnd(PageState.Read, result!.Sha256, image?.Sha256, 0.9, ThumbnailSha256: thumbnail?.Sha256), rule.TryGroup, cancellation);
    }

    private async Task AssembleAsync(WorkItem item, CancellationToken cancellation)
    {
        using var borrowed = vault.Borrow();
        var (unit, _) = await FindAsync(item, borrowed, cancellation);
        var text = await StoreAsync(BytesOf(unit).Text, cancellation);
        var pdf = await StoreAsync(BytesOf(unit).Pdf, cancellation);
        await jobs.AssembleDoneAsync(item, new AssembledFiles(pdf.Sha256, pdf.Bytes, text.Sha256, []), cancellation);
    }

    private async Task ProveAsync(WorkItem item, CancellationToken cancellation)
    {
        using var borrowed = vault.Borrow();
        var (unit, document) = await FindAsync(item, borrowed, cancellation);
        await borrowed.ResultAsync(document.PdfSha256!, cancellation);
        var json = await StoreAsync(BytesOf(unit).Json, cancellation);
        await Deliveries.FilesOf(borrowed, document with { JsonSha256 = json.Sha256 }, cancellation);
        await jobs.ProveDoneAsync(item, 1, Difference, json.Sha256, cancellation);
    }

    private async Task DeliverAsync(WorkItem item, CancellationToken cancellation)
    {
        using var borrowed = vault.Borrow();
        await AttachmentAsync(item, borrowed, cancellation);
        await jobs.AttachStartedAsync(item, cancellation);
        await jobs.AttachedAsync(item, "{}", cancellation);
    }

    private async Task VerifyAsync(WorkItem item, CancellationToken cancellation)
    {
        using var borrowed = vault.Borrow();
        await AttachmentAsync(item, borrowed, cancellation);
        await jobs.VerifiedAsync(item, cancellation);
    }

    private async Task<JobUnit> OriginalAsync(WorkItem item, BorrowedFiles borrowed, CancellationToken cancellation)
    {
        var unit = await jobs.UnitOfAsync(item, cancellation);
        await borrowed.OriginalAsync(DocumentSource.OriginalOf(unit.Arrival.Originals[0]), cancellation);
        return unit;
    }

    private async Task<(JobUnit Unit, JobDocument Document)> FindAsync(WorkItem item, BorrowedFiles borrowed, CancellationToken cancellation)
    {
        var unit = await jobs.UnitOfAsync(item, cancellation);
        var (document, pages) = await jobs.DocumentOfAsync(item, cancellation);
        foreach (var page in pages)
        {
            await borrowed.ResultAsync(page.ResultSha256!, cancellation);
            await (page.ImageSha256 is { } image ? borrowed.ResultAsync(image, cancellation) : borrowed.OriginalAsync(DocumentSource.OriginalOf(unit.Arrival.Originals[0]), cancellation));
            if (page.ThumbnailSha256 is { } thumbnail)
            {
                await borrowed.ResultAsync(thumbnail, cancellation);
            }
        }

        return (unit, document);
    }

    private async Task AttachmentAsync(WorkItem item, BorrowedFiles borrowed, CancellationToken cancellation)
    {
        await jobs.UnitOfAsync(item, cancellation);
        var (document, _) = await jobs.DeliveryOfAsync(item, cancellation);
        await Deliveries.FilesOf(borrowed, document, cancellation);
    }

    private async Task<StoredResult> StoreAsync(int bytes, CancellationToken cancellation)
    {
        using var content = ScaleBytes.New(bytes);
        return await vault.StoreAsync(content, cancellation);
    }

    // The arrival's name is its number.
    private PageBytes BytesOf(JobUnit unit) => pages[int.Parse(unit.Arrival.ShownName, System.Globalization.CultureInfo.InvariantCulture) % pages.Count];

    private sealed class Step(WorkKind kind, Func<WorkItem, CancellationToken, Task> run) : IWorkStep
    {
        public WorkKind Kind => kind;

        public Task RunAsync(WorkItem item, CancellationToken cancellation) => run(item, cancellation);
    }
}
