using System.Text;
using Digitizer.Assembly;

namespace Digitizer.Tests.Conformance;

/// <summary>ISO 19005-2, 6.2.3, 6.2.4, 6.2.10.</summary>
public sealed class ColourConformanceTests
{
    private static readonly byte[] Rgb = SrgbProfile.Create();

    public static TheoryData<string> Wrong => [.. Cases.Keys];

    private static Dictionary<string, (ConformingPdf Pdf, string Clause)> Cases { get; } = new()
    {
        ["CMYK under an RGB intent"] = (new() { Content = "0 0 0 1 k 0 0 9 9 re f" }, "6.2.4.3"),
        ["RGB without an intent"] = (new() { Intents = "[]" }, "6.2.4.3"),
        ["black that nobody set, without an intent"] = (new() { Intents = "[]", Content = "0 0 9 9 re f" }, "6.2.4.3"),
        ["an intent of another standard only"] = (new() { Intents = $"[{ConformingPdf.PlainIntent.Replace("GTS_PDFA1", "GTS_PDFX", StringComparison.Ordinal)}]" }, "6.2.4.3"),
        ["a profile of a scanner as intent"] = (new() { Profile = With(12, "scnr") }, "6.2.3"),
        ["a profile of version 5 as intent"] = (new() { Profile = With(8, "\u0005") }, "6.2.3"),
        ["no profile as intent"] = (new() { Profile = Encoding.ASCII.GetBytes("no profile") }, "6.2.3"),
        ["a profile elsewhere"] = (new() { Intents = $"[{ConformingPdf.PlainIntent.Replace("/S ", "/DestOutputProfileRef << >> /S ", StringComparison.Ordinal)}]" }, "6.2.3"),
        ["two profiles"] = (new() { Intents = $"[{ConformingPdf.PlainIntent} {ConformingPdf.PlainIntent.Replace("{profile}", "{s0}", StringComparison.Ordinal)}]", Streams = [("/N 3", Rgb)] }, "6.2.3"),
        ["a broken ICC profile"] = (new() { Content = "/C1 cs 0 0 0 sc 0 0 9 9 re f", Resources = "/ColorSpace << /C1 [/ICCBased {s0}] >>", Streams = [("/N 3", [1, 2, 3])] }, "6.2.4.2"),
        ["an ICC profile with another N"] = (new() { Content = "/C1 cs 0 0 0 0 sc 0 0 9 9 re f", Resources = "/ColorSpace << /C1 [/ICCBased {s0}] >>", Streams = [("/N 4", Rgb)] }, "6.2.4.2"),
        ["CMYK as the alternate of a separation"] = (new() { Content = "/C1 cs 1 scn 0 0 9 9 re f", Resources = $"/ColorSpace << /C1 {Separation("DeviceCMYK", 4)} >>" }, "6.2.4.3"),
        ["two separations of one name"] = (new() { Content = "/C1 cs 1 scn /C2 cs 1 scn", Resources = $"/ColorSpace << /C1 {Separation("DeviceRGB", 3)} /C2 {Separation("DeviceGray", 1)} >>" }, "6.2.4.4"),
        ["a spot colour without colorant"] = (new() { Content = "/C1 cs 1 scn", Resources = "/ColorSpace << /C1 [/DeviceN [/Spot] /DeviceGray {o0}] >>", Objects = ["<< /FunctionType 2 /Domain [0 1] /N 1 >>"] }, "6.2.4.4"),
        ["a colorant's name that is no UTF-8"] = (new() { Content = "/C1 cs 1 scn", Resources = $"/ColorSpace << /C1 {Separation("DeviceGray", 1).Replace("/Spot", "/#FF", StringComparison.Ordinal)} >>" }, "6.1.8"),
        ["transparency without a colour space"] = (new() { Intents = "[]", Content = "/G gs", Resources = "/ExtGState << /G << /ca 0.5 >> >>" }, "6.2.10"),
        ["a colour space in an image"] = (new() { Content = "/I Do", Resources = "/XObject << /I {s0} >>", Streams = [(Images.Entries.Replace("DeviceGray", "DeviceCMYK", StringComparison.Ordinal), [1])] }, "6.2.4.3"),
        ["a colour space that does not exist"] = (new() { Content = "/C1 cs", Resources = "/ColorSpace << /C1 [/Nothing] >>" }, "6.2.4"),
    };

    public static TheoryData<string> Right => [.. Allowed.Keys];

    private static Dictionary<string, ConformingPdf> Allowed { get; } = new()
    {
        ["gray under an RGB intent"] = new() { Content = "0 g 0 0 9 9 re f 1 G 0 0 m 9 9 l S" },
        ["a colour space of its own without an intent"] = new() { Intents = "[]", Content = "/C1 cs 0 0 0 sc 0 0 9 9 re f", Resources = "/ColorSpace << /C1 [/ICCBased {s0}] >>", Streams = [("/N 3", Rgb)] },
        ["a default colour space without an intent"] = new() { Intents = "[]", Content = "0 0 1 rg 0 0 9 9 re f", Resources = "/ColorSpace << /DefaultRGB [/ICCBased {s0}] >>", Streams = [("/N 3", Rgb)] },
        ["one separation twice"] = new() { Content = "/C1 cs 1 scn /C2 cs 1 scn", Resources = $"/ColorSpace << /C1 {Separation("DeviceRGB", 3)} /C2 {Separation("DeviceRGB", 3)} >>" },
        ["indexed colours of an image"] = new() { Content = "/I Do", Resources = "/XObject << /I {s0} >>", Streams = [(Images.Entries.Replace("/DeviceGray", "[/Indexed /DeviceRGB 1 <000000FFFFFF>]", StringComparison.Ordinal), [1])] },
        ["transparency under an intent"] = new() { Content = "/G gs", Resources = "/ExtGState << /G << /ca 0.5 /BM /Multiply >> >>" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_colour_without_a_meaning_is_found(string name) => Assert.Contains(Cases[name].Clause, Cases[name].Pdf.Clauses());

    [Theory]
    [MemberData(nameof(Right))]
    public void A_colour_with_a_meaning_conforms(string name) => Assert.Empty(Allowed[name].Clauses());

    private static string Separation(string alternate, int components)
        => $"[/Separation /Spot /{alternate} << /FunctionType 2 /Domain [0 1] /N 1 /C0 [{string.Join(' ', Enumerable.Repeat(0, components))}] /C1 [{string.Join(' ', Enumerable.Repeat(1, components))}] >>]";

    private static byte[] With(int at, string bytes)
    {
        var profile = (byte[])Rgb.Clone();
        Encoding.Latin1.GetBytes(bytes).CopyTo(profile, at);
        return profile;
    }
}
