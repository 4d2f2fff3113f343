using System.Globalization;
using System.Text;
using Digitizer.Native;
using static Digitizer.Pages.Pdf.PdfSyntax;

namespace Digitizer.Pages.Pdf.Forms;

/// <summary>The frames that viewers draw around links (ISO 32000-1, 12.5.4 and tables 164, 166 and 173).</summary>
internal static class LinkFrames
{
    // Hidden and NoView (table 165).
    private const long NotSeen = 2 | 32;
    private const int Most = 5000;

    /// <summary>Points that a link's frame is wide: 1 without a word on it; 0: it has none.</summary>
    public static double Width(QpdfObject link) => link["BS"]["W"].Number ?? link["Border"][2].Number ?? 1;

    /// <summary>Drawing instructions for all frames of a page, in user space; empty if there are none.</summary>
    public static string Of(QpdfObject page)
    {
        var drawn = new StringBuilder();
        var notes = page["Annots"];
        for (var i = 0; i < Math.Min(Most, notes.Count); i++)
        {
            var note = notes[i];
            if (note["Subtype"].Name == "Link" && note["AP"].IsNothing && ((note["F"].Integer ?? 0) & NotSeen) == 0
                && Width(note) is > 0 and var width && Colour(note["C"]) is { } colour && PdfBox.Of(note["Rect"]) is { } box)
            {
                var shape = note["BS"]["S"].Name == "U"
                    ? $"{Number(box.Left)} {Number(box.Bottom)} m {Number(box.Right)} {Number(box.Bottom)} l"
                    : $"{Number(box.Left)} {Number(box.Bottom)} {Number(box.Width)} {Number(box.Height)} re";
                var dashes = note["BS"]["S"].Name == "D" ? "[3] 0 d " : "";
                drawn.Append(CultureInfo.InvariantCulture, $"q {colour} {Number(width)} w {dashes}{shape} S Q\n");
            }
        }

        return drawn.ToString();
    }

    /// <returns>Null: it is transparent.</returns>
    private static string? Colour(QpdfObject colour)
    {
        var parts = string.Join(' ', Enumerable.Range(0, colour.Count).Select(i => Number(Math.Clamp(colour[i].Number ?? 0, 0, 1))));
        return colour switch
        {
            { IsArray: false } => "0 G",
            { Count: 1 } => $"{parts} G",
            { Count: 3 } => $"{parts} RG",
            { Count: 4 } => $"{parts} K",
            _ => null,
        };
    }
}
