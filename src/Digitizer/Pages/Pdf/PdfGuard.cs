using Digitizer.Failures;
using Digitizer.Native;

namespace Digitizer.Pages.Pdf;

/// <summary>
/// What is refused for the whole file: encryption, signatures (a signed file must never be rewritten),
/// scripts, launchers and embedded files.
/// </summary>
internal sealed class PdfGuard(PdfLimits limits)
{
    // Form fields and outline items looked at, together; a scanner's file has none.
    private const int MaxItems = 20_000;
    private static readonly string[] HarmlessActions = ["GoTo", "Named", "Thread"];
    private int items;

    /// <exception cref="DigitizerException">PdfEncrypted, PdfSigned, PdfActiveContent, PdfNotScanned, PdfTooComplex.</exception>
    public void Check(QpdfFile file)
    {
        if (file.IsEncrypted)
        {
            throw PdfRefusal.Encrypted();
        }

        if (file.Trailer["Size"].Integer is { } size && size > limits.MaxObjects)
        {
            throw PdfRefusal.TooComplex($"announces {size} objects, at most {limits.MaxObjects} are read");
        }

        var root = file.Root;
        CheckForm(root);
        CheckNames(root["Names"]);
        if (!root["AF"].IsNothing || !root["Collection"].IsNothing)
        {
            throw PdfRefusal.Active("embedded files");
        }

        CheckActions(root, "OpenAction");
        CheckOutline(root["Outlines"]["First"], 0);
    }

    /// <summary>An /OpenAction or /A, and the /AA, of a catalog, page, annotation, field or outline item.</summary>
    public void CheckActions(QpdfObject holder, string key)
    {
        CheckAction(holder[key], 0);
        var additional = holder["AA"];
        foreach (var trigger in additional.Keys())
        {
            CheckAction(additional[trigger], 0);
        }
    }

    /// <summary>A form field and those below it; widgets of pages are fields too.</summary>
    public void CheckField(QpdfObject field, string? type, int depth)
    {
        Count(depth, "form fields");
        type = field["FT"].Name ?? type;
        if (type == "Sig" && !field["V"].IsNothing)
        {
            throw Signed();
        }

        CheckActions(field, "A");
        var kids = field["Kids"];
        for (var i = 0; i < kids.Count; i++)
        {
            CheckField(kids[i], type, depth + 1);
        }
    }

    private void CheckForm(QpdfObject root)
    {
        var form = root["AcroForm"];
        if (((form["SigFlags"].Integer ?? 0) & 1) != 0 || !root["Perms"]["DocMDP"].IsNothing || !root["Perms"]["UR3"].IsNothing)
        {
            throw Signed();
        }

        if (!form["XFA"].IsNothing)
        {
            throw PdfRefusal.Active("an XFA form");
        }

        var fields = form["Fields"];
        for (var i = 0; i < fields.Count; i++)
        {
            CheckField(fields[i], null, 0);
        }
    }

    private static void CheckNames(QpdfObject names)
    {
        if (HasEntries(names["JavaScript"]))
        {
            throw PdfRefusal.Active("scripts");
        }

        if (HasEntries(names["EmbeddedFiles"]))
        {
            throw PdfRefusal.Active("embedded files");
        }
    }

    private static bool HasEntries(QpdfObject tree) => tree["Names"].Count > 0 || tree["Kids"].Count > 0;

    private void CheckAction(QpdfObject action, int depth)
    {
        // An array or a name is a destination: a place to show first.
        if (!action.IsDictionary)
        {
            return;
        }

        Count(depth, "actions");
        if (action["S"].Name is { } kind && !HarmlessActions.Contains(kind))
        {
            throw PdfRefusal.Active(kind is "JavaScript" or "Rendition" ? "scripts" : kind == "Launch" ? "a command to start a program" : "an action that reaches outside of it");
        }

        var next = action["Next"];
        CheckAction(next, depth + 1);
        for (var i = 0; i < next.Count; i++)
        {
            CheckAction(next[i], depth + 1);
        }
    }

    private void CheckOutline(QpdfObject item, int depth)
    {
        for (; item.IsDictionary; item = item["Next"])
        {
            Count(depth, "outline items");
            CheckAction(item["A"], 0);
            CheckOutline(item["First"], depth + 1);
        }
    }

    /// <summary>Keeps the number of things looked at, and their nesting, within bounds.</summary>
    public void Count(int depth, string what)
    {
        if (depth > limits.MaxNesting || ++items > MaxItems)
        {
            throw PdfRefusal.TooComplex($"has more than {MaxItems} {what}, or more than {limits.MaxNesting} in each other");
        }
    }

    private static DigitizerException Signed() => new(
        FailureKind.PdfSigned,
        "The PDF carries a digital signature, which any new writing would destroy. File the signed PDF as it is; such files are taken in from a later version on.");
}
