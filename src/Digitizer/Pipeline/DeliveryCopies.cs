using Digitizer.Assembly;
using Digitizer.Assembly.Copies;
using Digitizer.Failures;
using Digitizer.Jobs;
using Digitizer.PageWorkers;
using Digitizer.Proof;
using Digitizer.Results;
using Digitizer.Workspace;

namespace Digitizer.Pipeline;

/// <summary>What came of a document's size.</summary>
/// <param name="File">The copy; null: none is needed, or none can be made.</param>
/// <param name="Report">What there is to be said; null: nothing.</param>
internal sealed record DeliveryCopy(string? File, SizeReport? Report)
{
    /// <summary>Nothing is too large.</summary>
    public static readonly DeliveryCopy NotNeeded = new(null, null);

    /// <summary>The file is too large, whatever is done.</summary>
    /// <param name="pages">Numbers of pages that are.</param>
    public static DeliveryCopy Impossible(IReadOnlyList<int> pages) => new(null, new SizeReport([], pages, IsTooLarge: true));
}

/// <summary>
/// Makes a smaller copy of a document that receiving systems would not take: the largest pages first, and none smaller than it must be. The document itself,
/// the archive's, stays as it is. A copy that does not pass its check or its proof is none.
/// </summary>
internal sealed class DeliveryCopies(PageWorkerPool workers, DocumentWriter writer, IPdfProof proof, DeliveryLimits limits)
{
    // No page of text is legible in so few bytes at the coarsest that the ladder allows.
    private const long LeastPage = 15_000;

    // Every round lowers the level of those pages that can still give way.
    private const int MostRounds = 6;

    /// <summary>A signed file, which nobody may make smaller.</summary>
    public DeliveryCopy OfSealed(string file)
        => limits.MakeCopies && new FileInfo(file).Length > limits.MaxFileBytes ? DeliveryCopy.Impossible([]) : DeliveryCopy.NotNeeded;

    /// <summary>Makes the copy, if one is needed.</summary>
    /// <param name="parts">The document.</param>
    /// <param name="written">Its PDF.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="DigitizerException">OutputNotWritable; the machine is at fault, or a page-worker was: the next attempt may end otherwise.</exception>
    public async Task<DeliveryCopy> MakeAsync(DocumentParts parts, WrittenDocument written, UnitFolder folder, CancellationToken cancellation)
    {
        var sizes = DocumentSizes.Of(parts, written);
        if (!limits.MakeCopies || sizes.Fit(limits))
        {
            return DeliveryCopy.NotNeeded;
        }

        var pages = sizes.Pictures.Select((bytes, i) => new PageOnLadder(i, bytes) { IsSettled = !sizes.CanShrink(i) }).ToList();
        await ShrinkAllAsync(parts, pages, sizes, folder, cancellation).ConfigureAwait(false);
        List<int> tooLarge = [.. pages.Where(page => sizes.WithPicture(page.Index, page.Bytes) > limits.MaxPageBytes).Select(page => page.Index + 1)];
        var smaller = pages.Where(page => page.Rendition is not null).ToList();
        if (sizes.Others + pages.Sum(page => page.Bytes) > limits.MaxFileBytes)
        {
            return DeliveryCopy.Impossible(tooLarge);
        }

        return smaller.Count == 0
            ? new DeliveryCopy(null, new SizeReport([], tooLarge, IsTooLarge: false))
            : await WriteAsync(parts, written, smaller, folder, cancellation).ConfigureAwait(false) is { } file
            ? new DeliveryCopy(file, new SizeReport([.. smaller.Select(page => page.ToPicture())], tooLarge, IsTooLarge: false))
            : DeliveryCopy.Impossible(tooLarge);
    }

    /// <returns>Null if it is not sound, or still too large.</returns>
    private async Task<string?> WriteAsync(DocumentParts parts, WrittenDocument written, List<PageOnLadder> smaller, UnitFolder folder, CancellationToken cancellation)
    {
        try
        {
            var file = await writer.WriteCopyAsync(parts, written, smaller.ToDictionary(page => page.Index, page => page.Rendition!), folder, cancellation).ConfigureAwait(false);
            await proof.ProveAsync(file, parts.ToProve, cancellation).ConfigureAwait(false);
            return new FileInfo(file).Length <= limits.MaxFileBytes ? file : null;
        }
        catch (DigitizerException e) when (e.Kind is FailureKind.PdfCheckFailed or FailureKind.ProofFailed)
        {
            return null;
        }
    }

    private async Task ShrinkAllAsync(DocumentParts parts, List<PageOnLadder> pages, DocumentSizes sizes, UnitFolder folder, CancellationToken cancellation)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            var budget = limits.MaxFileBytes - sizes.Others;
            var level = CopyBudget.Level([.. pages.Where(page => !page.IsSettled).Select(page => page.Bytes)], budget - pages.Where(page => page.IsSettled).Sum(page => page.Bytes));
            var over = pages.Where(page => !page.IsSettled && page.Bytes > Math.Min(level, sizes.MostPicture(page.Index, limits))).ToList();
            foreach (var page in over)
            {
                cancellation.ThrowIfCancellationRequested();
                if (pages.Sum(other => other.IsSettled ? other.Bytes : Math.Min(other.Bytes, LeastPage)) > budget)
                {
                    return;
                }

                await ShrinkAsync(parts, page, Math.Min(level, sizes.MostPicture(page.Index, limits)), folder.Smaller(page.Index, round), cancellation).ConfigureAwait(false);
            }

            if (over.Count == 0)
            {
                return;
            }
        }
    }

    private async Task ShrinkAsync(DocumentParts parts, PageOnLadder page, long most, string file, CancellationToken cancellation)
    {
        var read = parts.Pages[page.Index];
        var original = await parts.OriginalAsync(page.Index, cancellation).ConfigureAwait(false);
        try
        {
            page.Take(await workers.ShrinkAsync(original, new ShrinkRequest(read.Frame.Index, read.Geometry.Dpi, most), file, cancellation).ConfigureAwait(false), file, most);
        }
        catch (DigitizerException e) when (!e.Kind.StopsTheRun() && !e.Kind.MayPass())
        {
            // It is shown as it came, in the copy too.
            page.IsSettled = true;
        }
    }
}

/// <summary>A page on its way down the ladder.</summary>
/// <param name="index">In the document, from 0.</param>
/// <param name="bytes">Of its picture as it came.</param>
internal sealed class PageOnLadder(int index, long bytes)
{
    private ShrunkPicture? shrunk;

    public int Index => index;

    /// <summary>Of its picture as it is now.</summary>
    public long Bytes { get; private set; } = bytes;

    /// <summary>It gets no smaller.</summary>
    public bool IsSettled { get; set; }

    /// <summary>Its smaller picture; null: it is shown as it came.</summary>
    public Rendition? Rendition { get; private set; }

    /// <summary>Takes a picture, if it is smaller than the one before.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="file">Its coded bytes.</param>
    /// <param name="most">Bytes that it should have had.</param>
    public void Take(ShrunkPicture picture, string file, long most)
    {
        IsSettled = picture.Image.Bytes > most;
        if (picture.Image.Bytes < Bytes)
        {
            (shrunk, Bytes, Rendition) = (picture, picture.Image.Bytes, new Rendition(picture.Image, file));
        }
    }

    /// <summary>As the journal keeps it.</summary>
    public SmallerPicture ToPicture() => new(index + 1, Rounding.Pixels(shrunk!.Rung.Dpi), shrunk.Rung.Quality, Bytes);
}
