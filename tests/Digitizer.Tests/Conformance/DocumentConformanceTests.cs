using System.Text;

namespace Digitizer.Tests.Conformance;

/// <summary>ISO 19005-2, 6.1.12, 6.3 to 6.5 and 6.8 to 6.11.</summary>
public sealed class DocumentConformanceTests
{
    private const string Appearance = "/AP << /N {s0} >>";
    private static readonly (string, byte[]) Form = ("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << >>", Encoding.ASCII.GetBytes("0 g 0 0 9 9 re f"));

    public static TheoryData<string> Wrong => [.. Cases.Keys];

    private static Dictionary<string, (ConformingPdf Pdf, string Clause)> Cases { get; } = new()
    {
        ["an annotation of a forbidden type"] = (Note($"/Subtype /Movie /F 4 {Appearance}"), "6.3.1"),
        ["an annotation without flags"] = (Note("/Subtype /Link"), "6.3.2"),
        ["an annotation that is not printed"] = (Note("/Subtype /Link /F 0"), "6.3.2"),
        ["a hidden annotation"] = (Note("/Subtype /Link /F 6"), "6.3.2"),
        ["a note that is zoomed"] = (Note($"/Subtype /Text /F 4 {Appearance}"), "6.3.2"),
        ["an annotation without appearance"] = (Note("/Subtype /Square /F 4"), "6.3.3"),
        ["an annotation with a second appearance"] = (Note("/Subtype /Square /F 4 /AP << /N {s0} /D {s0} >>"), "6.3.3"),
        ["an appearance that is a dictionary"] = (Note("/Subtype /Square /F 4 /AP << /N << /On {s0} >> >>"), "6.3.3"),
        ["an appearance in CMYK"] = (Note($"/Subtype /Square /F 4 {Appearance}") with { Streams = [(Form.Item1, Encoding.ASCII.GetBytes("0 0 0 1 k 0 0 9 9 re f"))] }, "6.2.4.3"),
        ["a field on the page with an action"] = (Note($"/Subtype /Widget /FT /Tx /F 4 /A << /S /GoTo >> {Appearance}"), "6.4.1"),
        ["a field with an action"] = (new() { Catalog = "/AcroForm << /Fields [<< /FT /Tx /AA << >> >>] >>" }, "6.4.1"),
        ["fields that readers draw"] = (new() { Catalog = "/AcroForm << /Fields [] /NeedAppearances true >>" }, "6.4.1"),
        ["XFA"] = (new() { Catalog = "/AcroForm << /Fields [] /XFA [] >>" }, "6.4.2"),
        ["XFA that readers draw"] = (new() { Catalog = "/NeedsRendering true" }, "6.4.2"),
        ["a signature"] = (new() { Catalog = "/AcroForm << /Fields [<< /FT /Sig /V << >> >>] >>" }, "6.4.3"),
        ["a script"] = (new() { Catalog = "/OpenAction << /S /JavaScript /JS (x) >>" }, "6.5.1"),
        ["a script behind another action"] = (new() { Catalog = "/OpenAction << /S /GoTo /Next [<< /S /Launch >>] >>" }, "6.5.1"),
        ["scripts by name"] = (new() { Catalog = "/Names << /JavaScript << /Names [] >> >>" }, "6.5.1"),
        ["a named action"] = (new() { Catalog = "/OpenAction << /S /Named /N /Print >>" }, "6.5.1"),
        ["an action in the outline"] = (new() { Catalog = "/Outlines << /First << /Title (x) /A << /S /Launch >> >> >>" }, "6.5.1"),
        ["actions of the document"] = (new() { Catalog = "/AA << >>" }, "6.5.2"),
        ["actions of a page"] = (new() { Page = "/AA << >>" }, "6.5.2"),
        ["an embedded file"] = (new() { Catalog = "/Names << /EmbeddedFiles << /Names [(x) << /Type /Filespec /F (x) /UF (x) >>] >> >>" }, "6.8"),
        ["optional content without name"] = (new() { Catalog = "/OCProperties << /OCGs [] /D << >> >>" }, "6.9"),
        ["two of the same name"] = (new() { Catalog = "/OCProperties << /OCGs [] /D << /Name (a) >> /Configs [<< /Name (a) >>] >>" }, "6.9"),
        ["optional content that switches itself"] = (new() { Catalog = "/OCProperties << /OCGs [] /D << /Name (a) /AS [] >> >>" }, "6.9"),
        ["an order that lacks a group"] = (new() { Catalog = "/OCProperties << /OCGs [{o0}] /D << /Name (a) /Order [] >> >>", Objects = ["<< /Type /OCG /Name (x) >>"] }, "6.9"),
        ["alternate presentations"] = (new() { Catalog = "/Names << /AlternatePresentations << >> >>" }, "6.10"),
        ["a presentation of steps"] = (new() { Page = "/PresSteps << >>" }, "6.10"),
        ["requirements"] = (new() { Catalog = "/Requirements []" }, "6.11"),
        ["permissions"] = (new() { Catalog = "/Perms << /UR << >> >>" }, "6.1.12"),
    };

    public static TheoryData<string> Right => [.. Allowed.Keys];

    private static Dictionary<string, ConformingPdf> Allowed { get; } = new()
    {
        ["a link"] = Note("/Subtype /Link /F 4 /A << /S /URI /URI (https://example.org) >>"),
        ["a note"] = Note($"/Subtype /Text /F 28 {Appearance}"),
        ["a window of a note"] = Note("/Subtype /Popup"),
        ["an annotation without size"] = Note("/Subtype /Square /F 4", "[9 9 9 9]"),
        ["a button"] = Note("/Subtype /Widget /FT /Btn /F 4 /AP << /N << /On {s0} /Off {s0} >> >>"),
        ["an outline"] = new() { Catalog = "/Outlines << /First << /Title (x) /A << /S /GoTo /D [{page} /Fit] >> >> >>" },
        ["optional content"] = new() { Catalog = "/OCProperties << /OCGs [{o0}] /D << /Name (a) /Order [(group) [{o0}]] >> >>", Objects = ["<< /Type /OCG /Name (x) >>"] },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_a_document_must_not_have_is_found(string name) => Assert.Contains(Cases[name].Clause, Cases[name].Pdf.Clauses());

    [Theory]
    [MemberData(nameof(Right))]
    public void What_a_document_may_have_conforms(string name) => Assert.Empty(Allowed[name].Clauses());

    private static ConformingPdf Note(string entries, string box = "[0 0 9 9]") => new() { Page = $"/Annots [<< /Type /Annot /Rect {box} {entries} >>]", Streams = [Form] };
}
