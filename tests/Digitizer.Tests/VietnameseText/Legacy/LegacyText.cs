using System.Text;
using Digitizer.VietnameseText.Legacy;

namespace Digitizer.Tests.VietnameseText.Legacy;

/// <summary>Writes text as the programs before Unicode did, and reads its codes as today's do.</summary>
internal static class LegacyText
{
    static LegacyText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static IEnumerable<LegacyEncoding> Encodings => Enum.GetValues<LegacyEncoding>();

    /// <summary>How codes become characters.</summary>
    public static IReadOnlyDictionary<string, Func<byte[], string>> Readers { get; } = new Dictionary<string, Func<byte[], string>>
    {
        ["Latin-1"] = Encoding.Latin1.GetString,
        ["Windows-1252"] = bytes => Encoding.GetEncoding(1252).GetString(bytes),
        ["MacRoman"] = bytes => Encoding.GetEncoding(10000).GetString(bytes),
        ["symbol font"] = bytes => string.Concat(bytes.Select(code => code <= ' ' ? (char)code : (char)(0xF000 | code))),
    };

    /// <summary>The codes of a text. A capital that has none is written as a small letter, for a font of capitals.</summary>
    public static byte[] Codes(string text, LegacyEncoding encoding)
    {
        var codes = LegacyTable.Of(encoding).Codes;
        return [.. text.Normalize(NormalizationForm.FormC).SelectMany(Of)];

        byte[] Of(char c)
            => codes.TryGetValue(c, out var code) ? code > 0xFF ? [(byte)(code >> 8), (byte)code] : [(byte)code]
                : codes.ContainsKey(char.ToLowerInvariant(c)) ? Of(char.ToLowerInvariant(c))
                : [c < 0x80 ? (byte)c : (byte)'?'];
    }

    public static string Written(string text, LegacyEncoding encoding, string reader = "Latin-1") => Readers[reader](Codes(text, encoding));
}
