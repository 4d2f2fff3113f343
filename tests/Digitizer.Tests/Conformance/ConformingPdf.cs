using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Digitizer.Assembly;
using Digitizer.Conformance;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Conformance;

/// <summary>
/// A page as office programs write them, in a file that conforms to PDF/A-2u; every part can be replaced by one that does not.
/// <c>{s0}</c> is a reference to the first of <see cref="Streams"/>, <c>{o0}</c> to the first of <see cref="Objects"/>, and so on.
/// </summary>
internal sealed partial record ConformingPdf
{
    public const string PlainFont = "<< /Type /Font /Subtype /TrueType /BaseFont /AAAAAA+Test /Encoding /WinAnsiEncoding /FirstChar 65 /LastChar 66 /Widths [600 700] /FontDescriptor {descriptor} >>";
    public const string PlainIntent = "<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) /DestOutputProfile {profile} >>";

    public string Content { get; init; } = "BT /F1 12 Tf 10 100 Td (AB) Tj ET 0 0 1 rg 10 10 50 50 re f";

    /// <summary>Further resources of the page.</summary>
    public string Resources { get; init; } = "";

    /// <summary>Further entries of the page.</summary>
    public string Page { get; init; } = "";

    public string MediaBox { get; init; } = "[0 0 200 200]";

    /// <summary>Further entries of the catalog.</summary>
    public string Catalog { get; init; } = "";

    public string Trailer { get; init; } = "/ID [<00112233445566778899AABBCCDDEEFF> <00112233445566778899AABBCCDDEEFF>]";

    public string Font { get; init; } = PlainFont;

    public string Descriptor { get; init; } = "<< /Type /FontDescriptor /FontName /AAAAAA+Test /Flags 32 /FontBBox [0 0 700 700] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 /FontFile2 {program} >>";

    public byte[] Program { get; init; } = TestFonts.TrueType();

    /// <summary>Entries of the font program's stream.</summary>
    public string ProgramEntries { get; init; } = "";

    public string Intents { get; init; } = $"[{PlainIntent}]";

    public byte[] Profile { get; init; } = SrgbProfile.Create();

    public string Xmp { get; init; } = Encoding.UTF8.GetString(XmpPacket.Create(new PdfMetadata { Title = "Thử", CreatorTool = "Digitizer" }));

    public string XmpEntries { get; init; } = "/Type /Metadata /Subtype /XML";

    public IReadOnlyList<(string Entries, byte[] Data)> Streams { get; init; } = [];

    public IReadOnlyList<string> Objects { get; init; } = [];

    /// <summary>True: resources stand above the page.</summary>
    public bool IsInherited { get; init; }

    public byte[] ToArray()
    {
        var pdf = new PdfBuilder();
        var numbers = new Dictionary<string, int>();
        foreach (var name in (string[])["root", "tree", "page", "font", "descriptor", .. Objects.Select((_, i) => $"o{i}"), .. Streams.Select((_, i) => $"s{i}")])
        {
            numbers[name] = pdf.Reserve();
        }

        string Filled(string text) => Placeholder().Replace(text, m => string.Create(CultureInfo.InvariantCulture, $"{numbers[m.Groups[1].Value]} 0 R"));
        numbers["program"] = pdf.Add(ProgramEntries, Program);
        numbers["profile"] = pdf.Add("/N 3", Profile);
        numbers["content"] = pdf.Add("", Encoding.Latin1.GetBytes(Content));
        numbers["xmp"] = pdf.Add(XmpEntries, Encoding.UTF8.GetBytes(Xmp));
        var resources = $"/Resources << /Font << /F1 {{font}} >> {Resources} >>";
        pdf.Set(numbers["font"], Filled(Font));
        pdf.Set(numbers["descriptor"], Filled(Descriptor));
        pdf.Set(numbers["tree"], Filled($"<< /Type /Pages /Count 1 /Kids [{{page}}] {(IsInherited ? resources : "")} >>"));
        pdf.Set(numbers["page"], Filled($"<< /Type /Page /Parent {{tree}} /MediaBox {MediaBox} /Contents {{content}} {(IsInherited ? "" : resources)} {Page} >>"));
        pdf.Set(numbers["root"], Filled($"<< /Type /Catalog /Pages {{tree}} /Metadata {{xmp}} /OutputIntents {Intents} {Catalog} >>"));
        for (var i = 0; i < Objects.Count; i++)
        {
            pdf.Set(numbers[$"o{i}"], Filled(Objects[i]));
        }

        for (var i = 0; i < Streams.Count; i++)
        {
            pdf.Set(numbers[$"s{i}"], Filled(string.Create(CultureInfo.InvariantCulture, $"<< {Streams[i].Entries} /Length {Streams[i].Data.Length} >>\nstream\n{Encoding.Latin1.GetString(Streams[i].Data)}\nendstream")));
        }

        return pdf.ToArray(numbers["root"], Filled(Trailer));
    }

    /// <summary>The clauses of all findings, each once.</summary>
    public IReadOnlyList<string> Clauses() => Clauses(ToArray());

    public static IReadOnlyList<string> Clauses(byte[] pdf) => [.. PdfAConformance.Check(pdf).Select(f => f.Clause).Distinct()];

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();
}
