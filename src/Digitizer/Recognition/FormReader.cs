using Digitizer.Cleanup;
using Digitizer.Native;
using Digitizer.Pages;
using Digitizer.Pages.Pdf;
using Digitizer.Pages.Pdf.Forms;

namespace Digitizer.Recognition;

/// <summary>What came of a page that is shown as it came.</summary>
/// <param name="Text">The page's own lines, those that were read, or both.</param>
/// <param name="Clean">The page as it was cleaned; null: it was not needed.</param>
/// <param name="TextRefused">Why the page's own text was not kept, an id of <c>docs/failures.md</c>; null: it was, or there was none.</param>
internal sealed record FormReading(PageText Text, CleanPage? Clean, string? TextRefused) : IDisposable
{
    /// <summary>True if text of the page's own was kept.</summary>
    public bool KeepsText => Text.Lines.Any(line => line.IsOfPage);

    public void Dispose() => Clean?.Dispose();
}

/// <summary>
/// Reads pages of PDFs that are no single pictures: text that can be trusted is taken as it is, and only pictures
/// beside it are read; else the rendering of the whole page is.
/// </summary>
/// <param name="recognizer">Reads.</param>
/// <param name="cleaner">Cleans what is read.</param>
/// <param name="policy">What is done with text that a page brings along.</param>
internal sealed class FormReader(IPageRecognizer recognizer, PageCleaner cleaner, ExistingText policy)
{
    // Of the page's area: pictures that are smaller are emblems.
    private const double LeastPicture = 0.01;

    // Of a line's height, below its baseline, as in most fonts.
    private const double Descent = 0.22;

    // What was read is the page's own word if both have about one height and one place; a mark across a page, or a stamp
    // that touches a line, has not.
    private const double MostHeights = 2.5;
    private const double LeastShared = 0.6;

    /// <summary>Reads a page.</summary>
    /// <exception cref="NativeException">The engine gave up.</exception>
    public FormReading Read(DecodedPage page)
    {
        var form = page.Form!;
        var refused = new ExistingTextJudge(recognizer, policy).Refusal(page, form);
        if (form.Lines.Count == 0 || refused is not null)
        {
            var clean = cleaner.Clean(page);
            return new FormReading(clean.IsBlank ? PageText.Empty : recognizer.Read(clean), clean, form.Lines.Count == 0 ? null : refused);
        }

        var pictures = form.Page.Facts.Pictures.Where(box => box.Area >= LeastPicture * form.Page.Box.Area).Select(box => Pixels(box, form.Page)).ToList();
        return pictures.Count == 0 ? new FormReading(Kept(form.Lines, []), null, null) : ReadPictures(page, form, pictures);
    }

    private FormReading ReadPictures(DecodedPage page, FormText form, List<PixBox> pictures)
    {
        var clean = cleaner.Clean(page);
        var read = clean.IsBlank ? PageText.Empty : recognizer.Read(clean);
        var beside = new List<TextLine>();
        foreach (var line in read.Lines)
        {
            var words = line.Words.Where(word => pictures.Exists(box => Holds(box, word.Quad)) && !form.Lines.Any(own => own.Words.Any(w => IsSame(w.Quad, word.Quad)))).ToList();
            if (words.Count > 0)
            {
                beside.Add(line with { Words = words });
            }
        }

        return new FormReading(Kept(form.Lines, beside) with { Handwriting = read.Handwriting }, clean, null);
    }

    private static PageText Kept(IReadOnlyList<BoxedLine> own, List<TextLine> read)
    {
        List<TextLine> lines = [.. own.Select(Line), .. read];
        return new PageText(lines, lines.SelectMany(line => line.Words).Average(w => w.Confidence));
    }

    private static TextLine Line(BoxedLine line)
    {
        var baseline = line.Quad.MaxY - (Descent * (line.Quad.MaxY - line.Quad.MinY));
        return new TextLine(
            line.Quad, new PagePoint(line.Quad.MinX, baseline), new PagePoint(line.Quad.MaxX, baseline), [.. line.Words.Select(word => new TextWord(word.Text, word.Quad, Confidence: 1))]) { IsOfPage = true };
    }

    private static PixBox Pixels(PdfBox box, PageForm page)
    {
        var (a, b) = (page.ToPixels.Apply(new PagePoint(box.Left, box.Bottom)), page.ToPixels.Apply(new PagePoint(box.Right, box.Top)));
        return new PixBox((int)Math.Min(a.X, b.X), (int)Math.Min(a.Y, b.Y), (int)Math.Abs(a.X - b.X), (int)Math.Abs(a.Y - b.Y));
    }

    private static bool Holds(PixBox box, Quad word)
    {
        var (x, y) = ((word.MinX + word.MaxX) / 2, (word.MinY + word.MaxY) / 2);
        return x >= box.X && x < box.Right && y >= box.Y && y < box.Bottom;
    }

    private static bool IsSame(Quad own, Quad read)
    {
        var (first, second) = (own.MaxY - own.MinY, read.MaxY - read.MinY);
        return Math.Max(first, second) <= MostHeights * Math.Min(first, second)
            && Shared(own.MinY, own.MaxY, read.MinY, read.MaxY) >= LeastShared && Shared(own.MinX, own.MaxX, read.MinX, read.MaxX) >= LeastShared;
    }

    /// <summary>Part of the shorter of two spans that lies in the other.</summary>
    private static double Shared(double from, double to, double otherFrom, double otherTo)
        => (Math.Min(to, otherTo) - Math.Max(from, otherFrom)) / Math.Max(1e-9, Math.Min(to - from, otherTo - otherFrom));
}
