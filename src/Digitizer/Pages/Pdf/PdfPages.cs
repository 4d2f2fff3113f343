using Digitizer.Failures;
using Digitizer.Intake.Completeness;
using Digitizer.Native;

namespace Digitizer.Pages.Pdf;

/// <summary>
/// A PDF as scanners write them: every page is one picture of the whole sheet, perhaps with invisible
/// text over it, which is ignored. Anything else is refused as a whole, and the page is named. Nothing
/// is repaired or guessed. Untrusted bytes: runs in a page-worker only.
/// </summary>
internal sealed class PdfPages : IDisposable
{
    // The collector lets garbage grow as large as what lives, and a file of 500 MB lives here.
    private const long CollectAfter = 32L << 20;
    private readonly QpdfFile file;
    private readonly PageLimits limits;
    private readonly PdfLimits pdfLimits = PdfLimits.Default;
    private readonly List<ScannedPage> pages = [];
    private long collectedAt;

    private PdfPages(QpdfFile file, PageLimits limits)
    {
        this.file = file;
        this.limits = limits;
    }

    /// <summary>The pages' pictures, in order.</summary>
    public IReadOnlyList<FrameInfo> Frames => [.. pages.Select((page, i) => new FrameInfo(i, page.Width, page.Height))];

    /// <summary>Where a page's picture lies and how it is shown.</summary>
    private sealed record ScannedPage(int Id, int Generation, bool PaintsBlack, int Width, int Height, int Orientation, double Dpi);

    /// <summary>Looks at every page; decodes none.</summary>
    /// <param name="bytes">The file; stays in its place until this object is disposed.</param>
    /// <param name="limits">Of pages and pictures.</param>
    /// <exception cref="DigitizerException">Why the file is refused.</exception>
    public static PdfPages Open(byte[] bytes, PageLimits limits)
    {
        using (var stream = new MemoryStream(bytes, writable: false))
        {
            if (!PdfEnd.IsWhole(stream))
            {
                throw new DigitizerException(FailureKind.FileTruncated, "The PDF does not end as a whole PDF does. Copy or scan it again.");
            }
        }

        var opened = new PdfPages(QpdfFile.Open(bytes), limits);
        try
        {
            opened.LookAtAll();
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Decodes the picture of one page.</summary>
    /// <param name="index">The page, from 0.</param>
    /// <exception cref="DigitizerException">Why it cannot be decoded.</exception>
    /// <exception cref="NativeException">The decoder refuses.</exception>
    public DecodedPage Decode(int index)
    {
        CollectPictures();
        var page = pages[index];
        try
        {
            var picture = file.Object(page.Id, page.Generation);
            return PdfPicture.Of(picture, page.PaintsBlack, limits, pdfLimits).Decode(picture, page.Orientation, TaggedResolution.Square(page.Dpi), limits, pdfLimits);
        }
        finally
        {
            file.ReleaseObjects();
        }
    }

    public void Dispose() => file.Dispose();

    private void LookAtAll()
    {
        if (!file.IsOpen)
        {
            throw PdfRefusal.Of(file.Trouble() ?? new QpdfTrouble(0, 0));
        }

        var guard = new PdfGuard(pdfLimits);
        guard.Check(file);
        var notes = new PageNotes(guard, file.Root["AcroForm"]["NeedAppearances"].Flag ?? false);
        var tree = new PdfTree(limits, pdfLimits);
        var places = tree.Walk(file);
        StopAtTrouble();
        for (var i = 0; i < places.Count; i++)
        {
            pages.Add(LookAt(tree, places[i], i + 1, notes));
            file.ReleaseObjects();
            CollectPictures();
        }
    }

    /// <summary>Frees pictures of earlier pages in time: the process has a limit that the collector does not know.</summary>
    private void CollectPictures()
    {
        var allocated = GC.GetTotalAllocatedBytes();
        if (allocated - collectedAt > CollectAfter)
        {
            GC.Collect();
            collectedAt = allocated;
        }
    }

    private ScannedPage LookAt(PdfTree tree, PdfTree.Place place, int number, PageNotes notes)
    {
        try
        {
            var page = tree.Leaf(file, place);
            var shown = new PageDrawing(page, pdfLimits).Follow();
            notes.Check(page.Page);
            var picture = PdfPicture.Of(shown.Picture, shown.PaintsBlack, limits, pdfLimits);
            StopAtTrouble();
            return new ScannedPage(
                shown.Picture.Id, shown.Picture.Generation, shown.PaintsBlack, picture.Width, picture.Height,
                shown.Orientation(page.Rotate), shown.Dpi(picture.Width, picture.Height, page.Unit));
        }
        catch (DigitizerException e)
        {
            // What libqpdf could not read looks to us like something missing.
            var cause = e.Kind == FailureKind.PdfDamaged && file.Trouble() is { } trouble ? PdfRefusal.Of(trouble) : e;
            throw new DigitizerException(cause.Kind, $"Page {number}: {cause.Message}", e);
        }
    }

    private void StopAtTrouble()
    {
        if (file.Trouble() is { } trouble)
        {
            throw PdfRefusal.Of(trouble);
        }
    }
}
