using System.Text;
using Digitizer.Assembly;

namespace Digitizer.Tests.Conformance;

/// <summary>ISO 19005-2, 6.1.10, 6.2.2 and 6.2.5 to 6.2.9.</summary>
public sealed class ContentConformanceTests
{
    private const string Form = "/Type /XObject /Subtype /Form /BBox [0 0 9 9]";

    public static TheoryData<string> Wrong => [.. Cases.Keys];

    private static Dictionary<string, (ConformingPdf Pdf, string Clause)> Cases { get; } = new()
    {
        ["an operator that does not exist"] = (new() { Content = "BX 1 2 foo EX" }, "6.2.2"),
        ["resources above the page"] = (new() { IsInherited = true }, "6.2.2"),
        ["a form that uses the page's resources"] = (new() { Content = "/X Do", Resources = "/XObject << /X {s0} >>", Streams = [(Form, Ascii("BT /F1 9 Tf (A) Tj ET"))] }, "6.2.2"),
        ["a resource that is nowhere"] = (new() { Content = "/X Do" }, "6.2.2"),
        ["29 saved states"] = (new() { Content = string.Concat(Enumerable.Repeat("q ", 29)) + string.Concat(Enumerable.Repeat("Q ", 29)) }, "6.1.13"),
        ["a transfer function"] = (State("/TR /Identity"), "6.2.5"),
        ["a second transfer function"] = (State("/TR2 /Identity"), "6.2.5"),
        ["HTP"] = (State("/HTP [0 0]"), "6.2.5"),
        ["a halftone of type 6"] = (State("/HT << /HalftoneType 6 >>"), "6.2.5"),
        ["a halftone with a name"] = (State("/HT << /HalftoneType 1 /HalftoneName (x) >>"), "6.2.5"),
        ["a rendering intent in a state"] = (State("/RI /Nice"), "6.2.6"),
        ["a rendering intent in the content"] = (new() { Content = "/Nice ri" }, "6.2.6"),
        ["a rendering intent of an image"] = (Image("/Intent /Nice"), "6.2.6"),
        ["a blend mode"] = (State("/BM /Nice"), "6.2.10"),
        ["alternates"] = (Image("/Alternates []"), "6.2.8"),
        ["OPI of an image"] = (Image("/OPI << >>"), "6.2.8"),
        ["interpolation"] = (Image("/Interpolate true"), "6.2.8"),
        ["interpolation inline"] = (new() { Content = "BI /W 1 /H 1 /CS /G /BPC 8 /I true ID x EI" }, "6.2.8"),
        ["LZW inline"] = (new() { Content = "BI /W 1 /H 1 /CS /G /BPC 8 /F /LZW ID x EI" }, "6.1.10"),
        ["CMYK inline"] = (new() { Content = "BI /W 1 /H 1 /CS /CMYK /BPC 8 ID xxxx EI" }, "6.2.4.3"),
        ["three bits"] = (new() { Content = "/I Do", Resources = "/XObject << /I {s0} >>", Streams = [(Images.Entries.Replace("Component 8", "Component 3", StringComparison.Ordinal), [1])] }, "6.2.8"),
        ["a JPEG 2000 picture without header"] = (new() { Content = "/I Do", Resources = "/XObject << /I {s0} >>", Streams = [(Images.Entries + " /Filter /JPXDecode", [1, 2, 3])] }, "6.2.8.3"),
        ["a JPEG 2000 picture of two channels"] = (Jpx(2, 7, 16), "6.2.8.3"),
        ["a JPEG 2000 picture of different depths"] = (Jpx(3, 255, 16), "6.2.8.3"),
        ["a JPEG 2000 picture in CIEJab"] = (Jpx(3, 7, 19), "6.2.8.3"),
        ["OPI of a form"] = (FormOf("/OPI << >>"), "6.2.9"),
        ["PostScript in a form"] = (FormOf("/Subtype2 /PS"), "6.2.9"),
        ["a reference to another file"] = (FormOf("/Ref << >>"), "6.2.9"),
        ["a PostScript XObject"] = (new() { Content = "/X Do", Resources = "/XObject << /X {s0} >>", Streams = [("/Type /XObject /Subtype /PS", Ascii("x"))] }, "6.2.9"),
        ["what a pattern draws"] = (new() { Content = "/Pattern cs /P scn 0 0 9 9 re f", Resources = "/Pattern << /P {s0} >>", Streams = [("/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9 /Resources << >>", Ascii("0 0 0 1 k 0 0 9 9 re f"))] }, "6.2.4.3"),
        ["a shading in CMYK"] = (new() { Content = "/S sh", Resources = "/Shading << /S << /ShadingType 2 /ColorSpace /DeviceCMYK /Coords [0 0 1 1] >> >>" }, "6.2.4.3"),
        ["overprinting ICC colours"] = (new() { Content = "/G gs /C cs 0 0 0 1 sc 0 0 9 9 re f", Resources = "/ExtGState << /G << /OP true /OPM 1 >> >> /ColorSpace << /C [/ICCBased {s0}] >>", Streams = [("/N 4", Cmyk())] }, "6.2.4.2"),
        ["content that ends within a string"] = (new() { Content = "BT /F1 12 Tf (AB" }, "6.2.2"),
    };

    public static TheoryData<string> Right => [.. Allowed.Keys];

    private static Dictionary<string, ConformingPdf> Allowed { get; } = new()
    {
        ["28 saved states"] = new() { Content = string.Concat(Enumerable.Repeat("q ", 28)) + string.Concat(Enumerable.Repeat("Q ", 28)) },
        ["an image"] = Image("/Interpolate false /Intent /Perceptual"),
        ["an image inline"] = new() { Content = "q BI /W 4 /H 1 /CS /G /BPC 8 /F /AHx ID 20454920> EI Q" },
        ["a picture inline that holds its end"] = new() { Content = "q BI /W 8 /H 1 /CS /G /BPC 8 ID ab EI \u0001\u0002 EI Q" },
        ["a JPEG 2000 picture"] = Jpx(3, 7, 16),
        ["a form with resources of its own"] = new() { Content = "/X Do", Resources = "/XObject << /X {s0} >>", Streams = [(Form + " /Resources << /Font << /F1 {font} >> >> /Group << /S /Transparency /CS /DeviceRGB >>", Ascii("BT /F1 9 Tf (A) Tj ET"))] },
        ["a state"] = State("/TR2 /Default /HT /Default /RI /Saturation /BM /Screen /SMask /None"),
        ["marked content"] = new() { Content = "/P << /MCID 0 /ActualText (x) >> BDC /Span BMC EMC EMC" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_must_not_be_drawn_is_found(string name) => Assert.Contains(Cases[name].Clause, Cases[name].Pdf.Clauses());

    [Theory]
    [MemberData(nameof(Right))]
    public void What_may_be_drawn_conforms(string name) => Assert.Empty(Allowed[name].Clauses());

    [Fact]
    public void A_form_that_draws_itself_ends()
        => Assert.Empty(new ConformingPdf { Content = "/X Do", Resources = "/XObject << /X {s0} >>", Streams = [(Form + " /Resources << /XObject << /X {s0} >> >>", Ascii("q /X Do Q"))] }.Clauses());

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    private static ConformingPdf State(string entries) => new() { Content = "/G gs", Resources = $"/ExtGState << /G << /Type /ExtGState {entries} >> >>" };

    private static ConformingPdf Image(string entries) => new() { Content = "/I Do", Resources = "/XObject << /I {s0} >>", Streams = [($"{Images.Entries} {entries}", [1])] };

    private static ConformingPdf FormOf(string entries) => new() { Content = "/X Do", Resources = "/XObject << /X {s0} >>", Streams = [($"{Form} /Resources << >> {entries}", Ascii("q Q"))] };

    private static byte[] Cmyk()
    {
        var profile = SrgbProfile.Create();
        "CMYK"u8.CopyTo(profile.AsSpan(16));
        return profile;
    }

    /// <summary>The boxes of a JPEG 2000 picture, without a picture.</summary>
    private static ConformingPdf Jpx(int channels, int depth, int space)
    {
        var header = new BigEndianBytes().U32(22).Ascii("ihdr").U32(1, 1).U16(channels).U8((byte)depth, 7, 0, 0).U32(15).Ascii("colr").U8(1, 0, 0).U32((uint)space).ToArray();
        var boxes = new BigEndianBytes().U32((uint)header.Length + 8).Ascii("jp2h").U8(header).ToArray();
        return new() { Content = "/I Do", Resources = "/XObject << /I {s0} >>", Streams = [("/Type /XObject /Subtype /Image /Width 1 /Height 1 /Filter /JPXDecode", boxes)] };
    }
}
