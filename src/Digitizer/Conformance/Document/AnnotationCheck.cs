using Digitizer.Conformance.Content;
using Digitizer.Native;
using Digitizer.Pages.Pdf;

namespace Digitizer.Conformance.Document;

/// <summary>Annotations of a page (ISO 19005-2, 6.3 and 6.4.1).</summary>
internal sealed class AnnotationCheck(Checking checking, ContentCheck contents, ActionCheck actions)
{
    private static readonly HashSet<string> Types =
    [
        "Text", "Link", "FreeText", "Line", "Square", "Circle", "Polygon", "PolyLine", "Highlight", "Underline", "Squiggly", "StrikeOut",
        "Stamp", "Caret", "Ink", "Popup", "FileAttachment", "Widget", "PrinterMark", "TrapNet", "Watermark", "Redact",
    ];

    /// <exception cref="Failures.DigitizerException">It cannot be read.</exception>
    public void Check(QpdfObject annotation, ResourceScope scope, string where)
    {
        actions.Count(0);
        var type = annotation["Subtype"].Name;
        checking.Findings.Require(type is not null && Types.Contains(type), "6.3.1", "an annotation is of a type that is not allowed", where);
        Flags(annotation, type, where);
        Appearance(annotation, type, scope, where);
        if (type == "Widget")
        {
            checking.Findings.Require(annotation["A"].IsNothing && annotation["AA"].IsNothing, "6.4.1", "a form field on the page has an action", where);
        }

        actions.Check(annotation["A"], where);
        actions.CheckAll(annotation["AA"], where);
    }

    private void Flags(QpdfObject annotation, string? type, string where)
    {
        var flags = annotation["F"].Integer;
        checking.Findings.Require(flags is not null || type == "Popup", "6.3.2", "an annotation has no flags", where);

        // Invisible 1, Hidden 2, Print 4, NoZoom 8, NoRotate 16, NoView 32, ToggleNoView 256.
        checking.Findings.Require(flags is null || (flags & 0x127) == 4, "6.3.2", "an annotation is not to be printed, or is hidden", where);
        checking.Findings.Require(type != "Text" || (flags & 24) == 24, "6.3.2", "a note is zoomed or turned with the page", where);
    }

    private void Appearance(QpdfObject annotation, string? type, ResourceScope scope, string where)
    {
        var appearance = annotation["AP"];
        if (appearance.IsNothing)
        {
            var isEmpty = PdfBox.Of(annotation["Rect"]) is { Width: 0, Height: 0 };
            checking.Findings.Require(isEmpty || type is "Popup" or "Link", "6.3.3", "an annotation has no appearance", where);
            return;
        }

        var normal = appearance["N"];
        checking.Findings.Require(appearance.Keys() is ["N"], "6.3.3", "an annotation has an appearance besides the normal one, or none", where);
        var isButton = type == "Widget" && FieldType(annotation, 0) == "Btn";
        checking.Findings.Require(isButton ? normal.IsDictionary : normal.IsStream, "6.3.3", "the appearance of an annotation is of the wrong kind", where);
        if (normal.IsStream)
        {
            Draw(normal, scope, where);
        }
        else
        {
            foreach (var state in normal.Keys().Where(key => normal[key].IsStream))
            {
                Draw(normal[state], scope, where);
            }
        }
    }

    private static string? FieldType(QpdfObject field, int depth)
        => field["FT"].Name ?? (depth < 32 && field["Parent"] is { IsDictionary: true } parent ? FieldType(parent, depth + 1) : null);

    private void Draw(QpdfObject form, ResourceScope scope, string where)
    {
        contents.IsTransparent |= form["Group"]["S"].Name == "Transparency";
        checking.Findings.Guard("6.3.3", where, () => contents.Form(form, scope, new ContentState(), where, 0));
    }
}
