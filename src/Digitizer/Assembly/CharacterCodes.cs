using System.Globalization;
using System.Text;

namespace Digitizer.Assembly;

/// <summary>
/// The two-byte codes of the text layer: one for each distinct character of the document, in order
/// of first use, so that characters beyond the first 65,536 need no second kind of code.
/// </summary>
internal sealed class CharacterCodes
{
    // CMap blocks hold at most 100 entries (Adobe Technical Note 5014, 2.3).
    private const int BlockSize = 100;

    private readonly Dictionary<Rune, int> codes = [];
    private readonly List<Rune> characters = [];

    /// <summary>Number of codes; they run from 1, as 0 is the code of "no glyph".</summary>
    public int Count => characters.Count;

    /// <summary>The text's codes as a literal string (ISO 32000-1, 7.3.4.2), a character a byte: half as long as in hexadecimal, and smaller when packed.</summary>
    public string Encode(string text)
    {
        var literal = new StringBuilder("(", (text.Length * 2) + 2);
        foreach (var rune in text.EnumerateRunes())
        {
            var code = CodeOf(rune);
            Append(literal, (char)(code >> 8));
            Append(literal, (char)(code & 0xFF));
        }

        return literal.Append(')').ToString();
    }

    // Readers take the end of a line within a string for a line feed, whatever it is.
    private static void Append(StringBuilder literal, char c) => literal.Append(c switch
    {
        '\r' => "\\r",
        '\n' => "\\n",
        '(' or ')' or '\\' => "\\" + c,
        _ => c.ToString(),
    });

    /// <summary>The ToUnicode CMap (ISO 32000-1, 9.10.3) of the codes given out so far.</summary>
    public byte[] ToUnicode()
    {
        var map = new StringBuilder();
        map.Append("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n");
        map.Append("/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n");
        map.Append("/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n");
        map.Append("1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
        foreach (var block in characters.Select((rune, i) => (Code: i + 1, Rune: rune)).Chunk(BlockSize))
        {
            map.Append(CultureInfo.InvariantCulture, $"{block.Length} beginbfchar\n");
            foreach (var (code, rune) in block)
            {
                var utf16 = Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(rune.ToString()));
                map.Append(CultureInfo.InvariantCulture, $"<{code:X4}> <{utf16}>\n");
            }

            map.Append("endbfchar\n");
        }

        map.Append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
        return Encoding.ASCII.GetBytes(map.ToString());
    }

    private int CodeOf(Rune rune)
    {
        // ISO 19005-2, 6.2.11.7.2 forbids these three as the meaning of a code.
        var meant = rune.Value is 0 or 0xFEFF or 0xFFFE || codes.Count == ushort.MaxValue - 1 ? Rune.ReplacementChar : rune;
        if (!codes.TryGetValue(meant, out var code))
        {
            characters.Add(meant);
            codes[meant] = code = characters.Count;
        }

        return code;
    }
}
