using Digitizer.Failures;
using Digitizer.Native;

namespace Digitizer.Pages.Pdf;

/// <summary>
/// What concerns the whole file: encryption, signatures (a signed file must never be rewritten),
/// scripts, launchers and embedded files. By the policy these are noted, or the file is refused.
/// </summary>
internal sealed class PdfGuard(PdfLimits limits, PdfPolicy policy)
{
    // Annotations, form fields, actions and outline items looked at, together: a book of laws has a link for every reference in it.
    private const int MaxItems = 200_000;

    // Nothing happens before somebody clicks: they may stay in a signed file, whose letterhead often has one.
    private const string Addresses = "links to addresses";
    private static readonly string[] HarmlessActions = ["GoTo", "Named", "Thread"];
    private readonly SortedSet<string> active = new(StringComparer.Ordinal);
    private readonly List<PdfSignature> signatures = [];
    private long fileLength;
    private int items;
    private bool isSealed;
    private bool wasEncrypted;

    /// <summary>What was found so far.</summary>
    /// <exception cref="DigitizerException">PdfActiveContent: a signed file that would have to be changed.</exception>
    public PdfOrigin Origin => isSealed && active.FirstOrDefault(what => what != Addresses) is { } acts
        ? throw PdfRefusal.ActiveAndSigned(acts)
        : new PdfOrigin { Signatures = signatures, IsSealed = isSealed, WasEncrypted = wasEncrypted, LeftOut = isSealed ? [] : [.. active] };

    /// <summary>Looks at the catalog and what hangs from it, except for the pages.</summary>
    /// <param name="file">The file.</param>
    /// <param name="length">Its bytes.</param>
    /// <exception cref="DigitizerException">PdfRestricted, PdfActiveContent, PdfTooComplex.</exception>
    public void Check(QpdfFile file, long length)
    {
        fileLength = length;
        wasEncrypted = file.IsEncrypted;
        if (wasEncrypted && !file.IsFree && policy.Restrictions == OwnerRestrictions.Respect)
        {
            throw PdfRefusal.Restricted();
        }

        if (file.Trailer["Size"].Integer is { } size && size > limits.MaxObjects)
        {
            throw PdfRefusal.TooComplex($"announces {size} objects, at most {limits.MaxObjects} are read");
        }

        var root = file.Root;
        CheckForm(root);
        CheckNames(root["Names"]);
        if (!root["Collection"].IsNothing)
        {
            throw PdfRefusal.Active("other files, of which it is only the wrapper");
        }

        if (!root["AF"].IsNothing)
        {
            LeaveOut("embedded files");
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
        if (type == "Sig" && field["V"].IsDictionary)
        {
            AddSignature(field);
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

        // Bit 2: it holds signatures that any new writing would break; bit 1 says only that there are fields for them (ISO 32000-1, table 219).
        isSealed |= ((form["SigFlags"].Integer ?? 0) & 2) != 0 || !root["Perms"]["DocMDP"].IsNothing || !root["Perms"]["UR3"].IsNothing;
        if (!form["XFA"].IsNothing)
        {
            // Its pages are made by a program; what stands in the file only says so.
            if (root["NeedsRendering"].Flag == true)
            {
                throw PdfRefusal.Active("a form whose pages are made by a program (XFA)");
            }

            LeaveOut("an XFA form");
        }

        var fields = form["Fields"];
        for (var i = 0; i < fields.Count; i++)
        {
            CheckField(fields[i], null, 0);
        }
    }

    private void CheckNames(QpdfObject names)
    {
        if (HasEntries(names["JavaScript"]))
        {
            LeaveOut("scripts");
        }

        if (HasEntries(names["EmbeddedFiles"]))
        {
            LeaveOut("embedded files");
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
            LeaveOut(kind is "JavaScript" or "Rendition" ? "scripts" : kind == "Launch" ? "a command to start a program" : kind == "URI" ? Addresses : "an action that reaches outside of it");
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

    /// <summary>Notes what is not carried on.</summary>
    /// <param name="what">In English, as the end of "it holds …".</param>
    /// <exception cref="DigitizerException">PdfActiveContent: the policy wants no such file.</exception>
    public void LeaveOut(string what)
    {
        if (policy.ActiveContent == ActiveContent.Refuse)
        {
            throw PdfRefusal.Active(what);
        }

        active.Add(what);
    }

    private void AddSignature(QpdfObject field)
    {
        isSealed = true;
        var range = field["V"]["ByteRange"];
        var name = field["T"].Bytes is { } bytes ? PdfText.Of(bytes) : "";
        if (!signatures.Exists(s => s.Field == name))
        {
            // Two parts with the signature's value between them; nothing before, nothing after.
            signatures.Add(new PdfSignature(
                name, range.Count == 4 && range[0].Integer == 0 && range[1].Integer > 0 && range[2].Integer > range[1].Integer && range[2].Integer + range[3].Integer == fileLength));
        }
    }
}
