using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Digitizer.VietnameseText.Legacy;

/// <summary>One encoding, as a table of its letters and their codes.</summary>
internal sealed class LegacyTable
{
    private const string Vowels = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY";
    private const int LowerToUpper = 0x20;

    private readonly FrozenDictionary<int, char> letters;
    private readonly FrozenSet<byte> marks;

    private LegacyTable(LegacyEncoding encoding, string codes)
    {
        Encoding = encoding;
        Codes = Parsed(codes).ToFrozenDictionary(c => c.Letter, c => c.Code);
        letters = Read(Codes);
        marks = letters.Keys.Where(code => code > 0xFF).Select(code => (byte)(code & 0xFF)).ToFrozenSet();
    }

    /// <summary>One for each encoding, in the order of the enum.</summary>
    public static IReadOnlyList<LegacyTable> All { get; } =
    [
        new(LegacyEncoding.Tcvn3, LegacyCodes.Tcvn3),
        new(LegacyEncoding.Vni, LegacyCodes.Vni),
        new(LegacyEncoding.Vps, LegacyCodes.Vps),
        new(LegacyEncoding.Viscii, LegacyCodes.Viscii),
        new(LegacyEncoding.BkHcm1, LegacyCodes.BkHcm1),
        new(LegacyEncoding.BkHcm2, LegacyCodes.BkHcm2),
        new(LegacyEncoding.VietwareF, LegacyCodes.VietwareF),
        new(LegacyEncoding.VietwareX, LegacyCodes.VietwareX),
        new(LegacyEncoding.Windows1258, LegacyCodes.Windows1258),
    ];

    /// <summary>Which encoding it is.</summary>
    public LegacyEncoding Encoding { get; }

    /// <summary>Letters that are not ASCII, and their codes: one byte, or the base in the high and the mark in the low byte.</summary>
    public IReadOnlyDictionary<char, int> Codes { get; }

    /// <summary>The table of an encoding.</summary>
    public static LegacyTable Of(LegacyEncoding encoding) => All[(int)encoding];

    /// <summary>Reads text that was written in the encoding.</summary>
    /// <param name="text">As it was taken from the page.</param>
    /// <param name="view">How its codes became characters.</param>
    /// <returns>NFC. What the encoding has no letter for stays as it is.</returns>
    public string Decode(ReadOnlySpan<char> text, CodeView view)
    {
        var decoded = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            var code = CodeViews.CodeOf(text[at], view);
            var next = at + 1 < text.Length ? CodeViews.CodeOf(text[at + 1], view) : null;
            if (code is { } first && next is { } mark && letters.TryGetValue(Pair(first, mark), out var marked))
            {
                decoded.Append(marked);
                at++;
            }
            else
            {
                decoded.Append(code is { } single ? LetterOf(single, text[at]) : text[at]);
            }
        }

        return decoded.ToString();
    }

    /// <summary>True if the character may stand for a letter, or for the mark of one.</summary>
    public bool Uses(char c, CodeView view)
        => c > '\u007F' && CodeViews.CodeOf(c, view) is { } code && (letters.ContainsKey(code) || marks.Contains(code));

    private static int Pair(byte first, byte mark) => (first << 8) | mark;

    // A symbol font has plain letters in its private area too.
    private char LetterOf(byte code, char seen)
        => letters.TryGetValue(code, out var letter) ? letter : code is > (byte)' ' and < 0x7F ? (char)code : seen;

    private static IEnumerable<(char Letter, int Code)> Parsed(string codes)
    {
        var rows = codes.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var vowels = from row in rows.Take(Vowels.Length).Index()
                     from code in row.Item.Split(' ').Index()
                     select (VietnameseText.Vowels.With(Vowels[row.Index], (Tone)code.Index), code.Item);
        return vowels.Concat("đĐ".Zip(rows[^1].Split(' '))).Where(c => c.Item2 != "--").Select(c => (c.Item1, int.Parse(c.Item2, NumberStyles.HexNumber, CultureInfo.InvariantCulture)));
    }

    private static FrozenDictionary<int, char> Read(IReadOnlyDictionary<char, int> codes)
    {
        var read = new Dictionary<int, char>();

        // Where a code stands for two letters, the small one is more frequent.
        foreach (var (letter, code) in codes.OrderByDescending(c => char.IsLower(c.Key)))
        {
            read.TryAdd(code, letter);
        }

        // People type the small mark after a capital: Aùo. The capital decides.
        foreach (var (letter, code) in codes.Where(c => c.Value > 0xFF))
        {
            read.TryAdd(char.IsUpper(letter) ? code + LowerToUpper : code - LowerToUpper, letter);
        }

        return read.ToFrozenDictionary();
    }
}
