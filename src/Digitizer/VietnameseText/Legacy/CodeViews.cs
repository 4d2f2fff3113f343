using System.Collections.Frozen;

namespace Digitizer.VietnameseText.Legacy;

/// <summary>Turns characters back into the codes that they were taken from.</summary>
internal static class CodeViews
{
    private const int UpperHalf = 0x80;

    // 0x80–0x9F of Windows-1252; dots where it has none.
    private const string Windows = "€.‚ƒ„…†‡ˆ‰Š‹Œ.Ž..‘’“”•–—˜™š›œ.žŸ";

    // 0x80–0xFF of MacRoman; dots for the blank and the apple.
    private const string Mac =
        "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø" +
        "¿¡¬√ƒ≈∆«»….ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ.ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";

    // What the names of glyphs, normal forms and tidy readers make of some characters.
    private static readonly (char Seen, char Meant)[] Twins =
    [
        ('\u03BC', 'µ'), ('\u2219', '·'), ('\u2022', '·'), ('\u02C9', '¯'), ('\u2126', 'Ω'), ('\u0394', '∆'), ('\u2206', '∆'),
        ('Đ', 'Ð'), ('đ', 'ð'),
    ];

    private static readonly FrozenDictionary<char, byte>[] Codes = [WithTwins(OfWindows()), WithTwins(Upper(Mac).Concat([('\u00A0', (byte)0xCA), ('\uF8FF', (byte)0xF0)]))];

    /// <summary>The code of a character; null if the code page has none.</summary>
    public static byte? CodeOf(char c, CodeView view)
        => c < UpperHalf ? (byte)c
            : Codes[(int)view].TryGetValue(c, out var code) ? code
            : IsOfSymbolFont(c) ? (byte)(c & 0xFF)
            : null;

    // A TrueType font that calls itself a symbol font has its codes in this part of the private use area.
    private static bool IsOfSymbolFont(char c) => c is >= '\uF020' and <= '\uF0FF';

    private static IEnumerable<(char, byte)> OfWindows()
        => Enumerable.Range(UpperHalf, UpperHalf).Select(code => ((char)code, (byte)code)).Concat(Upper(Windows));

    private static IEnumerable<(char, byte)> Upper(string characters)
        => characters.Index().Where(c => c.Item != '.').Select(c => (c.Item, (byte)(UpperHalf + c.Index)));

    private static FrozenDictionary<char, byte> WithTwins(IEnumerable<(char Character, byte Code)> page)
    {
        var codes = page.ToDictionary(c => c.Character, c => c.Code);
        foreach (var (seen, meant) in Twins)
        {
            if (codes.TryGetValue(meant, out var code))
            {
                codes.TryAdd(seen, code);
            }
        }

        return codes.ToFrozenDictionary();
    }
}
