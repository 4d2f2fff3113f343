using Digitizer.Native;

namespace Digitizer.Conformance.Document;

/// <summary>Interactive forms, signatures and permissions (ISO 19005-2, 6.1.12 and 6.4).</summary>
internal sealed class FormFieldsCheck(Checking checking, ActionCheck actions)
{
    private const string Where = "the form";

    /// <exception cref="Failures.DigitizerException">PdfTooComplex.</exception>
    public void Check()
    {
        var root = checking.File.Root;
        var form = root["AcroForm"];
        checking.Findings.Require(form["NeedAppearances"].Flag != true, "6.4.1", "readers are to draw the form fields themselves", Where);
        checking.Findings.Require(form["XFA"].IsNothing, "6.4.2", "there is an XFA form", Where);
        checking.Findings.Require(root["NeedsRendering"].IsNothing || root["NeedsRendering"].Flag == false, "6.4.2", "there is an XFA form to be drawn by readers", Where);
        var fields = form["Fields"];
        for (var i = 0; i < fields.Count; i++)
        {
            Field(fields[i], null, 0);
        }

        Permissions(root["Perms"]);
    }

    private void Field(QpdfObject field, string? type, int depth)
    {
        actions.Count(depth);
        type = field["FT"].Name ?? type;
        checking.Findings.Require(field["AA"].IsNothing && field["A"].IsNothing, "6.4.1", "a form field has an action", Where);
        if (type == "Sig" && !field["V"].IsNothing)
        {
            checking.Findings.Add("6.4.3", "cannot be decided: the file is signed, and signatures are not looked into", Where);
        }

        var kids = field["Kids"];
        for (var i = 0; i < kids.Count; i++)
        {
            Field(kids[i], type, depth + 1);
        }
    }

    private void Permissions(QpdfObject permissions)
    {
        var keys = permissions.Keys();
        checking.Findings.Require(keys.All(key => key is "UR3" or "DocMDP"), "6.1.12", "the permissions have entries other than UR3 and DocMDP", "the catalog");
        if (!permissions["DocMDP"].IsNothing)
        {
            var reference = permissions["DocMDP"]["Reference"][0];
            var isPlain = reference["DigestLocation"].IsNothing && reference["DigestMethod"].IsNothing && reference["DigestValue"].IsNothing;
            checking.Findings.Require(isPlain, "6.1.12", "a signature that grants permissions has a digest of its own", "the catalog");
        }
    }
}
