using Digitizer.Assembly;
using Digitizer.Assembly.Copies;
using Digitizer.Failures;
using Digitizer.Jobs;
using Digitizer.PageWorkers;
using Digitizer.Results;
using Digitizer.Workspace;

namespace Digitizer.Pipeline;

/// <summary>What came of a document's size.</summary>
/// <param name="File">The copy; null: none is needed, or none can be made.</param>
/// <param name="Report">What there is to be said; null: nothing.</param>
internal sealed record DeliveryCopy(string? File, SizeReport? Report);

/// <summary>
/// Makes a smaller copy of a document that receiving systems would not take: the largest pages first, and none smaller than it must be. The document itself,
/// the archive's, stays as it is.
/// </summary>
internal sealed class DeliveryCopies(PageWorkerPool workers, DocumentWriter writer, DeliveryLimits limits)
{
    // No page of text is legible in so few bytes at the coarsest that the ladder allows: nothing is tried then.
    private const long LeastLevel = 10_000;

    // Every round lowers the level of those pages that can still give way.
    private const int MostRounds = 6;

    /// <summary>A signed file, which nobody may make smaller.</summary>
    public DeliveryCopy OfSealed(string file)
        => new(null, limits.MakeCopies && new FileInfo(file).Length > limits.MaxFileBytes ? new SizeReport([], [], IsTooLarge: true) : null);

    /// <summary>Makes the copy, if one is needed.</summary>
    /// <param name="parts">The document.</param>
    /// <param name="written">Its PDF.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="DigitizerException">OutputNotWritable, PdfCheckFailed; the machine is at fault.</exception>
    public async Task<DeliveryCopy> MakeAsync(DocumentParts parts, WrittenDocument written, UnitFolder folder, CancellationToken cancellation)
    {
        var sizes = DocumentSizes.Of(parts, written);
        if (!limits.MakeCopies || sizes.Fit(limits))
        {
            return new DeliveryCopy(null, null);
        }

        var pages = sizes.Pictures.Select((bytes, i) => new Page(i, bytes) { IsSettled = !sizes.CanShrink(i) }).ToList();
        await ShrinkAllAsync(parts, pages, sizes, folder, cancellation).ConfigureAwait(false);
        var isTooLarge = sizes.Others + pages.Sum(page => page.Bytes) > limits.MaxFileBytes;
        var smaller = pages.Where(page => page.Rendition is not null).ToList();
        var report = new SizeReport(
            isTooLarge ? [] : [.. smaller.Select(page => page.ToPicture())],
            [.. pages.Where(page => sizes.WithPicture(page.Index, page.Bytes) > limits.MaxPageBytes).Select(page => page.Index + 1)],
            isTooLarge);
        return isTooLarge || smaller.Count == 0
            ? new DeliveryCopy(null, report)
            : new DeliveryCopy(await writer.WriteCopyAsync(parts, written, smaller.ToDictionary(page => page.Index, page => page.Rendition!), folder, cancellation).ConfigureAwait(false), report);
    }

    private async Task ShrinkAllAsync(DocumentParts parts, List<Page> pages, DocumentSizes sizes, UnitFolder folder, CancellationToken cancellation)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            var settled = pages.Where(page => page.IsSettled).Sum(page => page.Bytes);
            var level = CopyBudget.Level([.. pages.Where(page => !page.IsSettled).Select(page => page.Bytes)], limits.MaxFileBytes - sizes.Others - settled);
            var over = pages.Where(page => !page.IsSettled && page.Bytes > Math.Min(level, sizes.MostPicture(page.Index, limits))).ToList();
            if (over.Count == 0 || level < LeastLevel)
            {
                return;
            }

            foreach (var page in over)
            {
                cancellation.ThrowIfCancellationRequested();
                await ShrinkAsync(parts, page, Math.Min(level, sizes.MostPicture(page.Index, limits)), folder, cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task ShrinkAsync(DocumentParts parts, Page page, long most, UnitFolder folder, CancellationToken cancellation)
    {
        var read = parts.Pages[page.Index];
        var request = new ShrinkRequest(read.Frame.Index, read.Geometry.Dpi, most);
        var file = folder.Smaller(page.Index);
        try
        {
            var shrunk = await workers.ShrinkAsync(parts.Originals[page.Index], request, file, cancellation).ConfigureAwait(false);
            page.Take(shrunk, file, most);
        }
        catch (DigitizerException e) when (!e.Kind.StopsTheRun())
        {
            // It is shown as it came, in the copy too.
            page.IsSettled = true;
        }
    }

    /// <summary>A page on its way down.</summary>
    private sealed class Page(int index, long bytes)
    {
        private ShrunkPicture? shrunk;

        public int Index => index;

        public long Bytes { get; private set; } = bytes;

        /// <summary>It gets no smaller.</summary>
        public bool IsSettled { get; set; }

        public Rendition? Rendition { get; private set; }

        public void Take(ShrunkPicture picture, string file, long most)
        {
            IsSettled = picture.Image.Bytes > most;
            if (picture.Image.Bytes < Bytes)
            {
                (shrunk, Bytes, Rendition) = (picture, picture.Image.Bytes, new Rendition(picture.Image, file));
            }
        }

        public SmallerPicture ToPicture() => new(index + 1, Rounding.Pixels(shrunk!.Rung.Dpi), shrunk.Rung.Quality, Bytes);
    }
}
