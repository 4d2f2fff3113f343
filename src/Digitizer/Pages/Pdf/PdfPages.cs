using System.Security.Cryptography;
using Digitizer.Failures;
using Digitizer.Intake.Completeness;
using Digitizer.Native;
using Digitizer.Pages.Pdf.Forms;

namespace Digitizer.Pages.Pdf;

/// <summary>
/// A PDF's pages. A page that is one picture of the whole sheet, as scanners write them, perhaps with invisible
/// text over it, is that picture; any other is taken in as a <see cref="PageForm"/>. Untrusted bytes: runs in a page-worker only.
/// </summary>
internal sealed class PdfPages : IDisposable
{
    // The collector lets garbage grow as large as what lives, and a file of 500 MB lives here.
    private const long CollectAfter = 32L << 20;
    private readonly QpdfFile file;
    private readonly byte[] bytes;
    private readonly PageLimits limits;
    private readonly PdfPolicy policy;
    private readonly PdfLimits pdfLimits = PdfLimits.Default;
    private readonly List<PdfPage> pages = [];
    private readonly ShownPictures shownPictures;
    private readonly bool wasRepaired;
    private readonly PdfTree tree;
    private IReadOnlyList<PdfTree.Place> places = [];
    private string? sha256;
    private long collectedAt;

    private PdfPages(byte[] bytes, PageLimits limits, PdfPolicy policy, bool repair)
    {
        file = QpdfFile.Open(bytes, repair);
        this.bytes = bytes;
        this.limits = limits;
        this.policy = policy;
        tree = new PdfTree(limits, pdfLimits);
        shownPictures = new ShownPictures(limits, pdfLimits);
        wasRepaired = repair;
        if (repair)
        {
            // Objects that lie elsewhere than the table says are searched for once one of them is asked for.
            _ = file.IsOpen && file.Root["Pages"]["Kids"].IsArray;
            file.Forgive();
        }
    }

    /// <summary>What is to be known of the file besides its pages.</summary>
    public PdfOrigin Origin { get; private set; } = PdfOrigin.Plain;

    /// <summary>The pages in order.</summary>
    public IReadOnlyList<FrameInfo> Frames => [.. pages.Select((page, i) => new FrameInfo(i, page.Width, page.Height) { Origin = Origin })];

    /// <summary>A page: a picture of the whole sheet, or a form.</summary>
    private sealed record PdfPage(ScannedPage? Scan, PageForm? Form)
    {
        public int Width => Scan?.Width ?? Form!.Width;

        public int Height => Scan?.Height ?? Form!.Height;
    }

    /// <summary>Where a page's picture lies and how it is shown.</summary>
    private sealed record ScannedPage(int Id, int Generation, bool PaintsBlack, int Width, int Height, int Orientation, double Dpi);

    /// <summary>Looks at every page; decodes none.</summary>
    /// <param name="bytes">The file; stays in its place until this object is disposed.</param>
    /// <param name="limits">Of pages and pictures.</param>
    /// <param name="policy">What is done about text, programs and restrictions in it.</param>
    /// <exception cref="DigitizerException">Why the file is refused.</exception>
    public static PdfPages Open(byte[] bytes, PageLimits limits, PdfPolicy policy)
    {
        using (var stream = new MemoryStream(bytes, writable: false))
        {
            if (!PdfEnd.IsWhole(stream))
            {
                throw new DigitizerException(FailureKind.FileTruncated, "The PDF does not end as a whole PDF does. Copy or scan it again.");
            }
        }

        try
        {
            return Open(bytes, limits, policy, repair: false);
        }
        catch (DigitizerException e) when (e.Kind == FailureKind.PdfDamaged)
        {
            try
            {
                return Open(bytes, limits, policy, repair: true);
            }
            catch (DigitizerException again) when (again.Kind == FailureKind.PdfDamaged)
            {
                throw new DigitizerException(e.Kind, e.Message, again);
            }
        }
    }

    private static PdfPages Open(byte[] bytes, PageLimits limits, PdfPolicy policy, bool repair)
    {
        var opened = new PdfPages(bytes, limits, policy, repair);
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

    /// <summary>Decodes one page.</summary>
    /// <param name="index">The page, from 0.</param>
    /// <param name="render">Renders what is no picture.</param>
    /// <exception cref="DigitizerException">Why it cannot be decoded.</exception>
    /// <exception cref="NativeException">The decoder refuses.</exception>
    public DecodedPage Decode(int index, PageRendering render)
    {
        CollectPictures();
        try
        {
            return pages[index] is { Scan: { } scan } ? Decode(scan) : Decode(pages[index].Form!, index, render);
        }
        finally
        {
            file.ReleaseObjects();
        }
    }

    /// <summary>Takes pages that are shown as they came out of the file.</summary>
    /// <param name="indexes">Which, from 0; pages that are pictures are passed over.</param>
    /// <param name="first">The first object number that is free in the new file.</param>
    /// <param name="sink">Takes the objects.</param>
    /// <exception cref="DigitizerException">PdfDamaged, PdfTooComplex, PdfActiveContent, PdfEncrypted.</exception>
    public ExportedForms Export(IEnumerable<int> indexes, int first, ObjectSink sink)
    {
        var exported = new FormExport(file, pdfLimits, first, sink).Export(
            [.. indexes.Where(i => i >= 0 && i < pages.Count && pages[i].Form is not null).Select(i => (i, pages[i].Form!, (Func<PdfLeaf>)(() => tree.Leaf(file, places[i]))))]);

        // What could not be read became nothing.
        StopAtTrouble();
        return exported;
    }

    private DecodedPage Decode(ScannedPage page)
    {
        var picture = file.Object(page.Id, page.Generation);
        return PdfPicture.Of(picture, page.PaintsBlack, limits, pdfLimits).Decode(picture, page.Orientation, TaggedResolution.Square(page.Dpi), limits, pdfLimits) with { Origin = Origin };
    }

    private DecodedPage Decode(PageForm form, int index, PageRendering render)
    {
        if (form.IsDrawnByViewers && !Origin.IsSealed)
        {
            return FormRendering.Picture(form, render(new RenderRequest(index, form.RenderingDpi, form.Width, form.Height, WantsText: false)), IsSound(form)) with { Origin = Origin };
        }

        sha256 ??= Convert.ToHexStringLower(SHA256.HashData(bytes));
        var rendered = render(new RenderRequest(index, form.RenderingDpi, form.Width, form.Height, form.Facts.HasText || form.Facts.HasHiddenText));
        return FormRendering.Decode(form, index, rendered, IsSound(form), bytes.LongLength, sha256) with { Origin = Origin };
    }

    /// <summary>Whether all that the page draws could be followed, and its pictures decoded.</summary>
    private bool IsSound(PageForm form)
        => !form.Facts.IsUnclear && shownPictures.AreSound(file, form.Facts.PictureObjects);

    public void Dispose() => file.Dispose();

    private void LookAtAll()
    {
        if (!file.IsOpen)
        {
            throw PdfRefusal.Of(file.Trouble() ?? new QpdfTrouble(0, 0));
        }

        var guard = new PdfGuard(pdfLimits, policy);
        guard.Check(file, bytes.LongLength);
        var notes = new PageNotes(guard, file.Root["AcroForm"]["NeedAppearances"].Flag ?? false);
        places = tree.Walk(file);
        if (wasRepaired)
        {
            // The repair comes when the first object is not where it should be.
            file.Forgive();
        }

        StopAtTrouble();
        for (var i = 0; i < places.Count; i++)
        {
            pages.Add(LookAt(places[i], i + 1, notes));
            file.ReleaseObjects();
            CollectPictures();
        }

        Origin = guard.Origin with { WasRepaired = wasRepaired, IsAmbiguous = !RevisionChain.IsOne(bytes) };
        if (Origin.IsSealed)
        {
            MakeForms();
        }
    }

    /// <summary>A signed file stays as it is, so all of its pages do.</summary>
    private void MakeForms()
    {
        for (var i = 0; i < places.Count; i++)
        {
            pages[i] = pages[i].Form is null ? new PdfPage(null, FormOf(tree.Leaf(file, places[i]), places[i])) : pages[i];
            file.ReleaseObjects();
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

    private PdfPage LookAt(PdfTree.Place place, int number, PageNotes notes)
    {
        try
        {
            var leaf = tree.Leaf(file, place);
            var shown = LookAt(leaf, place, notes.Check(leaf.Page));
            StopAtTrouble();
            StopAtLoss(leaf, shown);
            return shown;
        }
        catch (DigitizerException e)
        {
            // What libqpdf could not read looks to us like something missing.
            var cause = e.Kind == FailureKind.PdfDamaged && file.Trouble() is { } trouble ? PdfRefusal.Of(trouble) : e;
            throw new DigitizerException(cause.Kind, $"Page {number}: {cause.Message}", e);
        }
    }

    private PdfPage LookAt(PdfLeaf page, PdfTree.Place place, ShownNotes notes)
    {
        if (notes != ShownNotes.Nothing)
        {
            return new PdfPage(null, FormOf(page, place) with { IsDrawnByViewers = notes == ShownNotes.DrawnByViewers });
        }

        try
        {
            var shown = new PageDrawing(page, pdfLimits).Follow();
            var picture = PdfPicture.Of(shown.Picture, shown.PaintsBlack, limits, pdfLimits);
            var scan = new ScannedPage(
                shown.Picture.Id, shown.Picture.Generation, shown.PaintsBlack, picture.Width, picture.Height,
                shown.Orientation(page.Rotate), shown.Dpi(picture.Width, picture.Height, page.Unit));
            return policy.ExistingText == ExistingText.Keep && FormOf(page, place) is { Facts.HasHiddenText: true } form ? new PdfPage(null, form) : new PdfPage(scan, null);
        }
        catch (DigitizerException e) when (e.Kind is FailureKind.PdfNotScanned or FailureKind.FormatNotSupported)
        {
            return new PdfPage(null, FormOf(page, place));
        }
    }

    private PageForm FormOf(PdfLeaf page, PdfTree.Place place)
        => new(place.Path[^1].Id, place.Path[^1].Generation, page.Box, page.Rotate, page.Unit, new PageSurvey(page, pdfLimits).Look());

    /// <summary>
    /// What is referred to and is not there is nothing (ISO 32000-1, 7.3.10), as if the page were empty: no writer means that.
    /// A repair finds only what still looks like an object; after one, nothing may be missing or unclear.
    /// </summary>
    private void StopAtLoss(PdfLeaf page, PdfPage shown)
    {
        var contents = page.Page["Contents"];
        if (contents.IsNothing && (wasRepaired || contents.Id != 0) || wasRepaired && shown.Form is { Facts.IsUnclear: true })
        {
            throw PdfRefusal.Damaged("a part of what it shows is lost");
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
