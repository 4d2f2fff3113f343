using Digitizer.Native;
using Digitizer.Pages;
using Digitizer.Pages.Pdf;
using Digitizer.Pages.Pdf.Forms;
using Digitizer.VietnameseText.Legacy;

namespace Digitizer.Recognition;

/// <summary>Whether the text that a page brought along is kept: what it looks like, and whether samples of it agree with a quick reading.</summary>
/// <param name="recognizer">Reads the samples.</param>
/// <param name="policy">What is wanted.</param>
internal sealed class ExistingTextJudge(IPageRecognizer recognizer, ExistingText policy)
{
    /// <summary>Every page is to be read.</summary>
    public const string Unwanted = "text-unwanted";

    /// <summary>The layer of somebody's OCR over a scan.</summary>
    public const string Hidden = "text-hidden";

    /// <summary>What is done to get at the text was not understood.</summary>
    public const string Unclear = "text-unclear";

    private const int Samples = 3;

    // Of the page's area.
    private const double LeastScan = 0.5;

    // Pixels of paper around a line, at 300 dpi.
    private const int Margin = 6;

    /// <summary>Why it is not kept; null: it is.</summary>
    /// <exception cref="NativeException">The engine gave up.</exception>
    public string? Refusal(DecodedPage page, FormText form)
    {
        if (form.Lines.Count == 0 || policy == ExistingText.Keep)
        {
            return null;
        }

        return policy == ExistingText.Redo ? Unwanted
            : IsLayer(form.Page) ? Hidden
            : form.Page.Facts.IsUnclear ? Unclear
            : TextTrust.Judge(form.Lines.SelectMany(line => line.Words).Select(word => word.Text), form.Page.Facts.Fonts).Reason ?? (Agrees(page, form) ? null : TextReason.Disagrees);
    }

    /// <summary>Hidden text alone, or beside text that somebody put on a scan that has it.</summary>
    private static bool IsLayer(PageForm page)
        => page.Facts.HasHiddenText && (!page.Facts.HasText || page.Facts.Pictures.Any(picture => picture.Area >= LeastScan * page.Box.Area));

    private bool Agrees(DecodedPage page, FormText form)
    {
        var lines = form.Lines.Where(line => IsLevel(line) && line.Text.Length >= TextAgreement.ShortestLine).ToList();
        using var gray = page.Pixels.ToGray();

        // One from the top, the middle and the end: a page may be put together of several.
        var sampled = Enumerable.Range(0, Math.Min(Samples, lines.Count)).Select(i => lines[((2 * i) + 1) * lines.Count / (2 * Math.Min(Samples, lines.Count))]);
        return TextAgreement.Agree(sampled.Select(line => (line.Text, Read(gray, line, form.Page.Dpi))).ToList()) ?? true;
    }

    /// <summary>What the line shows, whichever way up it is.</summary>
    private string Read(Pix page, BoxedLine line, double dpi)
    {
        using var upright = Part(page, line);
        var read = upright is null ? "" : recognizer.ReadLine(upright, dpi);
        if (upright is null || TextAgreement.Of(line.Text, read) >= TextAgreement.Least)
        {
            return read;
        }

        using var turned = upright.RotateQuarters(2);
        var other = recognizer.ReadLine(turned, dpi);
        return TextAgreement.Of(line.Text, other) > TextAgreement.Of(line.Text, read) ? other : read;
    }

    /// <returns>Null: it lies beside the page.</returns>
    private static Pix? Part(Pix page, BoxedLine line)
    {
        var (left, top) = (Math.Max(0, (int)line.Quad.MinX), Math.Max(0, (int)line.Quad.MinY));
        return left >= page.Width || top >= page.Height
            ? null
            : page.Crop(new PixBox(left, top, Math.Max(1, (int)line.Quad.MaxX - left), Math.Max(1, (int)line.Quad.MaxY - top)).Grown(Margin));
    }

    // Text that stands upright on the page's side is not what the engine reads.
    private static bool IsLevel(BoxedLine line) => line.Quad.MaxX - line.Quad.MinX > line.Quad.MaxY - line.Quad.MinY;
}
