using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Digitizer.Benchmarks.Scoring;

/// <summary>What truth and reading are turned into before they are compared.</summary>
internal static partial class ComparedText
{
    private const string Dropped = "\u00AD\uFEFF\u200B";
    private const string Blanks = "\u00A0\f☐☑☒□■▢▪";

    private static readonly Dictionary<string, string> Tones = TonePlaces();

    /// <summary>NFC; typographic quotes and dashes as in ASCII, no leaders and check boxes (rules and boxes on paper, not text), single blanks.</summary>
    public static string Folded(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormC))
        {
            folded.Append(Fold(c));
        }

        return Space().Replace(Leaders().Replace(folded.ToString(), " "), " ").Trim();
    }

    /// <summary>One place for the tone of oa, oe and uy: hoà → hòa, thuỷ → thủy; quý stays.</summary>
    public static string ToneFolded(string folded) => OpenSyllable().Replace(folded, match => Tones.GetValueOrDefault(match.Value, match.Value));

    /// <summary>Letters without diacritics; đ becomes d.</summary>
    public static string WithoutMarks(string folded)
    {
        var plain = folded.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark);
        return string.Concat(plain).Replace('đ', 'd').Replace('Đ', 'D');
    }

    /// <summary>The characters, each as one number.</summary>
    public static int[] Characters(string text) => [.. text.EnumerateRunes().Select(rune => rune.Value)];

    public static string[] Words(string folded) => folded.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string Fold(char c) => c switch
    {
        '“' or '”' or '„' or '«' or '»' => "\"",
        '‘' or '’' or '´' or '`' => "'",
        '–' or '—' or '‐' or '‑' or '−' => "-",
        '…' => "...",
        _ when Dropped.Contains(c) => "",
        _ when Blanks.Contains(c) => " ",
        _ => c.ToString(),
    };

    // Five tones for each pair of vowels, in lower case, capitals, and with a capital first.
    private static Dictionary<string, string> TonePlaces()
    {
        (string First, string Second, string Plain)[] pairs = [("òóỏõọ", "àáảãạ", "oa"), ("òóỏõọ", "èéẻẽẹ", "oe"), ("ùúủũụ", "ỳýỷỹỵ", "uy")];
        var places = new Dictionary<string, string>();
        foreach (var (first, second, plain) in pairs)
        {
            for (var tone = 0; tone < first.Length; tone++)
            {
                var (from, to) = ($"{plain[0]}{second[tone]}", $"{first[tone]}{plain[1]}");
                places[from] = to;
                places[from.ToUpperInvariant()] = to.ToUpperInvariant();
                places[char.ToUpperInvariant(from[0]) + from[1..]] = char.ToUpperInvariant(to[0]) + to[1..];
            }
        }

        return places;
    }

    [GeneratedRegex("[._·•…-]{3,}|(?:[._·] ){3,}")]
    private static partial Regex Leaders();

    [GeneratedRegex(@"[\s\x1c-\x1f]+")]
    private static partial Regex Space();

    // The tone on the second of two vowels at the end of a syllable.
    [GeneratedRegex(@"(?<![qQ])[oOuU][àáảãạèéẻẽẹỳýỷỹỵÀÁẢÃẠÈÉẺẼẸỲÝỶỸỴ](?![\p{L}\p{N}_])")]
    private static partial Regex OpenSyllable();
}
