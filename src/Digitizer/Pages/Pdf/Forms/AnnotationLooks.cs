using Digitizer.Native;

namespace Digitizer.Pages.Pdf.Forms;

/// <summary>What an annotation shows.</summary>
/// <param name="Form">Its form XObject.</param>
/// <param name="Place">Form space → user space of the page, before the form's own matrix.</param>
/// <param name="Layer">The layer that it is on; nothing: on none.</param>
internal sealed record AnnotationLook(QpdfObject Form, Affine Place, QpdfObject Layer);

/// <summary>The appearance streams of a page's annotations, form fields among them (ISO 32000-1, 12.5.5).</summary>
internal static class AnnotationLooks
{
    // Hidden and NoView (table 165).
    private const long NotSeen = 2 | 32;
    private const int Most = 5000;

    /// <summary>Those that are seen on the screen, in their order.</summary>
    public static IEnumerable<AnnotationLook> Of(QpdfObject page)
    {
        var notes = page["Annots"];
        for (var i = 0; i < Math.Min(Most, notes.Count); i++)
        {
            var note = notes[i];
            if (((note["F"].Integer ?? 0) & NotSeen) == 0
                && Appearance(note) is { IsStream: true } form && PdfBox.Of(note["Rect"]) is { } rect && Place(form, rect) is { } place)
            {
                yield return new AnnotationLook(form, place, note["OC"]);
            }
        }
    }

    private static QpdfObject Appearance(QpdfObject note)
    {
        var normal = note["AP"]["N"];
        return normal.IsStream ? normal : note["AS"].Name is { } state ? normal[state] : default;
    }

    /// <summary>Algorithm 8.1: the form's box, turned by its matrix, becomes the annotation's rectangle.</summary>
    private static Affine? Place(QpdfObject form, PdfBox rect)
    {
        if (PdfBox.Of(form["BBox"]) is not { } box)
        {
            return null;
        }

        var m = form["Matrix"];
        var matrix = m.Count == 6 ? new Affine(m[0].Number ?? 1, m[1].Number ?? 0, m[2].Number ?? 0, m[3].Number ?? 1, m[4].Number ?? 0, m[5].Number ?? 0) : Affine.Identity;
        var corners = new PagePoint[] { new(box.Left, box.Bottom), new(box.Right, box.Bottom), new(box.Right, box.Top), new(box.Left, box.Top) }.Select(matrix.Apply).ToList();
        var (left, bottom) = (corners.Min(p => p.X), corners.Min(p => p.Y));
        var (width, height) = (corners.Max(p => p.X) - left, corners.Max(p => p.Y) - bottom);
        if (!(width > 0) || !(height > 0) || rect.Area <= 0)
        {
            return null;
        }

        var (x, y) = (rect.Width / width, rect.Height / height);
        return new Affine(x, 0, 0, y, rect.Left - (left * x), rect.Bottom - (bottom * y));
    }
}
