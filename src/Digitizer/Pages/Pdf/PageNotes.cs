using Digitizer.Failures;
using Digitizer.Native;

namespace Digitizer.Pages.Pdf;

/// <summary>Annotations of a page (ISO 32000-1, 12.5): those that show something would be lost.</summary>
internal sealed class PageNotes(PdfGuard guard, bool viewersDrawFields)
{
    // Hidden and NoView (table 165).
    private const long NotSeen = 2 | 32;
    private static readonly string[] Carriers = ["FileAttachment", "RichMedia", "Movie", "Sound", "Screen", "3D"];

    /// <exception cref="DigitizerException">PdfNotScanned, PdfSigned, PdfActiveContent, PdfTooComplex.</exception>
    public void Check(QpdfObject page)
    {
        guard.CheckActions(page, "A");
        if (!page["AF"].IsNothing)
        {
            throw PdfRefusal.Active("embedded files");
        }

        var notes = page["Annots"];
        for (var i = 0; i < notes.Count; i++)
        {
            var note = notes[i];
            guard.CheckField(note, null, 0);
            if (note["Subtype"].Name is { } kind && Carriers.Contains(kind))
            {
                throw PdfRefusal.Active("embedded files or media");
            }

            if (Shows(note))
            {
                throw PdfRefusal.NotScanned("has notes, stamps or form fields on it");
            }
        }
    }

    private bool Shows(QpdfObject note)
    {
        if (!note.IsDictionary || ((note["F"].Integer ?? 0) & NotSeen) != 0)
        {
            return false;
        }

        var drawn = !note["AP"].IsNothing;
        return note["Subtype"].Name switch
        {
            "Popup" => false,
            "Link" => drawn || !IsBorderless(note),
            "Widget" => drawn || viewersDrawFields,
            _ => true,
        };
    }

    /// <summary>Without a word on it, a border is one point wide.</summary>
    private static bool IsBorderless(QpdfObject link)
        => (link["BS"]["W"].Number ?? link["Border"][2].Number) == 0;
}
