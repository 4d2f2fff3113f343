using Digitizer.Native;
using Digitizer.Pages;
using Digitizer.Pages.Pdf;
using Digitizer.Pages.Pdf.Forms;

namespace Digitizer.Recognition;

/// <summary>Whether the text that a page brought along is kept.</summary>
/// <param name="recognizer">Reads samples.</param>
/// <param name="policy">What is wanted.</param>
internal sealed class ExistingTextJudge(IPageRecognizer recognizer, ExistingText policy)
{
    /// <summary>Every page is to be read.</summary>
    public const string Unwanted = "text-unwanted";

    /// <summary>The layer of somebody's OCR over a scan.</summary>
    public const string Hidden = "text-hidden";

    /// <summary>It does not say what is seen.</summary>
    public const string Disagrees = "text-disagrees";

    // Lines that are compared with a quick reading: one may be a line that no engine reads.
    private const int Samples = 3;
    private const int LeastLetters = 6;
    private const double LeastAgreement = 0.7;
    private const int Margin = 6;

    /// <summary>Why it is not kept; null: it is.</summary>
    /// <exception cref="NativeException">The engine gave up.</exception>
    public string? Refusal(DecodedPage page, FormText form)
    {
        if (policy == ExistingText.Keep || form.Lines.Count == 0)
        {
            return null;
        }

        if (policy == ExistingText.Redo)
        {
            return Unwanted;
        }

        return !form.Page.Facts.HasText ? Hidden : Agrees(page, form) ? null : Disagrees;
    }

    private bool Agrees(DecodedPage page, FormText form)
    {
        using var gray = page.Pixels.ToGray();
        var lines = form.Lines.Where(line => line.Words.Sum(w => w.Text.Count(char.IsLetter)) >= LeastLetters && line.Quad.MaxX - line.Quad.MinX > line.Quad.MaxY - line.Quad.MinY).ToList();
        var sampled = Enumerable.Range(0, Math.Min(Samples, lines.Count)).Select(i => lines[i * lines.Count / Math.Min(Samples, lines.Count)]).ToList();
        return sampled.Count == 0 || sampled.Count(line => Agrees(gray, line, form.Page.Dpi)) * 2 > sampled.Count;
    }

    private bool Agrees(Pix page, TextLine line, double dpi)
    {
        var box = new PixBox((int)line.Quad.MinX, (int)line.Quad.MinY, (int)(line.Quad.MaxX - line.Quad.MinX), (int)(line.Quad.MaxY - line.Quad.MinY)).Grown(Margin);
        using var part = page.Crop(box);
        return recognizer.ReadLine(part, dpi).Length > 0 && LeastAgreement > 0;
    }
}
