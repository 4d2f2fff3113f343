using System.Text;
using System.Text.RegularExpressions;
using Digitizer.VietnameseText;

namespace Digitizer.Benchmarks.Scoring;

/// <summary>What truth and reading are turned into before they are compared.</summary>
internal static partial class ComparedText
{
    private const string Dropped = "\u00AD\uFEFF\u200B";
    private const string Blanks = "\u00A0\f☐☑☒□■▢▪";

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
    public static string ToneFolded(string folded) => TonePlace.Restyled(folded, ToneStyle.Old);

    /// <summary>Letters without diacritics; đ becomes d.</summary>
    public static string WithoutMarks(string folded) => Accents.Dropped(folded);

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

    [GeneratedRegex("[._·•…-]{3,}|(?:[._·] ){3,}")]
    private static partial Regex Leaders();

    [GeneratedRegex(@"[\s\x1c-\x1f]+")]
    private static partial Regex Space();
}
