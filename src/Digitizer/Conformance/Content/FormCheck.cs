using Digitizer.Native;

namespace Digitizer.Conformance.Content;

/// <summary>The dictionary of a form XObject (ISO 19005-2, 6.2.9).</summary>
internal static class FormCheck
{
    public static void Check(Checking checking, QpdfObject form, string where)
    {
        checking.Findings.Require(form["OPI"].IsNothing, "6.2.9", "a form has an entry OPI", where);
        checking.Findings.Require(form["PS"].IsNothing && form["Subtype2"].Name != "PS", "6.2.9", "a form holds PostScript", where);
        checking.Findings.Require(form["Ref"].IsNothing, "6.2.9", "a form is a reference to another file", where);
    }
}
