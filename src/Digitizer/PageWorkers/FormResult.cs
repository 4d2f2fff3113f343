using Digitizer.Cleanup;
using Digitizer.Pages;
using Digitizer.Pages.Pdf.Forms;
using Digitizer.Recognition;

namespace Digitizer.PageWorkers;

/// <summary>The result of a page that is shown as it came.</summary>
internal static class FormResult
{
    // What scanners do wrong; a rendering has the resolution that was asked for.
    private static readonly string[] OfScanners = [PageWarning.LowResolution, PageWarning.WrongTag, PageWarning.SmallLetters];

    /// <summary>Everything but its thumbnail and its times.</summary>
    /// <param name="index">The page, from 0.</param>
    /// <param name="decoded">Its rendering.</param>
    /// <param name="form">The page.</param>
    /// <param name="reading">Its text.</param>
    public static PageResult Of(int index, DecodedPage decoded, PageForm form, FormReading reading)
    {
        // A page that brings its text along lies as its author wanted; a signed one must not be touched.
        var staysAsItIs = reading.KeepsText || decoded.Origin is { IsSealed: true };
        var hidesText = !reading.KeepsText && (form.Facts.HasText || form.Facts.HasHiddenText);
        var clean = reading.Clean;
        return new PageResult
        {
            Index = index,
            Image = decoded.Image with { Form = decoded.Image.Form! with { HidesText = hidesText } },
            Thumbnail = new PageThumbnail(0, 0, 0, ""),
            Geometry = staysAsItIs || clean is null ? AsItIs(form) : clean.Geometry with { Dpi = form.Dpi },
            Outcome = reading.KeepsText ? PageOutcome.KeptText : clean is { IsBlank: true } && !decoded.Damaged ? PageOutcome.Blank : PageOutcome.Read,
            Quality = clean?.Quality ?? new PageQuality(),
            Text = reading.Text,
            Origin = decoded.Origin,
            TextRefused = reading.TextRefused,
            Steps = clean?.Steps ?? [],
            Warnings = [.. Warnings(decoded, reading)],
        };
    }

    private static IEnumerable<string> Warnings(DecodedPage decoded, FormReading reading)
    {
        var warnings = (reading.Clean?.Warnings ?? []).Except(OfScanners);
        warnings = decoded.Damaged ? warnings.Union([PageWarning.Damaged]) : warnings;
        warnings = reading.Text.Handwriting.Count > 0 ? warnings.Append(PageWarning.Handwriting) : warnings;
        return reading.TextRefused is null or ExistingTextJudge.Unwanted or ExistingTextJudge.Hidden ? warnings : warnings.Append(PageWarning.TextReplaced);
    }

    private static PageGeometry AsItIs(PageForm form) => new()
    {
        Orientation = 0,
        Skew = 0,
        Matrix = Affine.Identity,
        ShownWidth = form.ShownWidth,
        ShownHeight = form.ShownHeight,
        Dpi = form.Dpi,
    };
}
