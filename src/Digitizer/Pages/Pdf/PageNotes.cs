using Digitizer.Failures;
using Digitizer.Native;

namespace Digitizer.Pages.Pdf;

/// <summary>Annotations of a page (ISO 32000-1, 12.5).</summary>
internal sealed class PageNotes(PdfGuard guard, bool viewersDrawFields)
{
    // Hidden and NoView (table 165).
    private const long NotSeen = 2 | 32;
    private static readonly string[] Carriers = ["FileAttachment", "RichMedia", "Movie", "Sound", "Screen", "3D"];

    /// <summary>Looks at all annotations of a page.</summary>
    /// <returns>True if one of them shows something.</returns>
    /// <exception cref="DigitizerException">PdfActiveContent, PdfTooComplex.</exception>
    public bool Check(QpdfObject page)
    {
        guard.CheckActions(page, "A");
        if (!page["AF"].IsNothing)
        {
            guard.LeaveOut("embedded files");
        }

        var shows = false;
        var notes = page["Annots"];
        for (var i = 0; i < notes.Count; i++)
        {
            var note = notes[i];
            guard.CheckField(note, null, 0);
            if (note["Subtype"].Name is { } kind && Carriers.Contains(kind))
            {
                guard.LeaveOut("embedded files or media");
            }

            shows |= Shows(note);
        }

        return shows;
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
