using Digitizer.Failures;
using Digitizer.Native;
using Digitizer.Pages.Pdf.Forms;

namespace Digitizer.Pages.Pdf;

/// <summary>What the annotations of a page show.</summary>
internal enum ShownNotes
{
    Nothing,

    /// <summary>Something, by drawing instructions that they bring along.</summary>
    Own,

    /// <summary>Something that only viewers draw, each in its way: a field's value, a mark without its look.</summary>
    DrawnByViewers,
}

/// <summary>Annotations of a page (ISO 32000-1, 12.5).</summary>
/// <param name="guard">Notes what acts.</param>
/// <param name="viewersDrawFields">Fields' own looks are out of date (NeedAppearances, table 218).</param>
internal sealed class PageNotes(PdfGuard guard, bool viewersDrawFields)
{
    private const int MostParents = 16;

    // Hidden and NoView (table 165).
    private const long NotSeen = 2 | 32;
    private static readonly string[] Carriers = ["FileAttachment", "RichMedia", "Movie", "Sound", "Screen", "3D"];

    /// <summary>Looks at all annotations of a page.</summary>
    /// <exception cref="DigitizerException">PdfActiveContent, PdfTooComplex.</exception>
    public ShownNotes Check(QpdfObject page)
    {
        guard.CheckActions(page, "A");
        if (!page["AF"].IsNothing)
        {
            guard.LeaveOut("embedded files");
        }

        var shown = ShownNotes.Nothing;
        var notes = page["Annots"];
        for (var i = 0; i < notes.Count; i++)
        {
            var note = notes[i];
            guard.CheckField(note, null, 0);
            if (note["Subtype"].Name is { } kind && Carriers.Contains(kind))
            {
                guard.LeaveOut("embedded files or media");
            }

            shown = (ShownNotes)Math.Max((int)shown, (int)Shown(note));
        }

        return shown;
    }

    private ShownNotes Shown(QpdfObject note)
    {
        if (!note.IsDictionary || ((note["F"].Integer ?? 0) & NotSeen) != 0)
        {
            return ShownNotes.Nothing;
        }

        var look = note["AP"].IsNothing ? ShownNotes.DrawnByViewers : ShownNotes.Own;
        return note["Subtype"].Name switch
        {
            // What has a look is drawn by readers, whatever the standard says of popups.
            "Popup" => look == ShownNotes.Own ? look : ShownNotes.Nothing,
            "Link" => look == ShownNotes.Own || LinkFrames.Width(note) > 0 ? ShownNotes.Own : ShownNotes.Nothing,
            "Widget" => ShownField(note, look),
            _ => look,
        };
    }

    private ShownNotes ShownField(QpdfObject field, ShownNotes look)
    {
        var value = Value(field);
        var isWritten = value.Bytes is { Length: > 0 } || value.IsStream || value.Count > 0;
        return (isWritten && viewersDrawFields) || (look == ShownNotes.DrawnByViewers && (isWritten || viewersDrawFields || value.Name is not (null or "Off"))) ? ShownNotes.DrawnByViewers
            : look == ShownNotes.Own ? ShownNotes.Own
            : ShownNotes.Nothing;
    }

    /// <summary>A field's value, its own or inherited.</summary>
    private static QpdfObject Value(QpdfObject field)
    {
        for (var i = 0; i < MostParents && field.IsDictionary && field["V"].IsNothing; i++)
        {
            field = field["Parent"];
        }

        return field["V"];
    }
}
