using System.Text;
using System.Text.RegularExpressions;

namespace Digitizer.VietnameseText.Legacy;

/// <summary>How far the text that a file has for a line agrees with what was read from the picture of the same line.</summary>
internal static partial class TextAgreement
{
    /// <summary>
    /// A line that agrees less says something else than the page shows. Measured on simulated readings: with 6 % of the characters misread, 99 of 100
    /// right lines agree by 0.84 or more; lines taken for one another by 0.55 at most; text in an old encoding by 0.57–0.82.
    /// </summary>
    public const double Least = 0.83;

    /// <summary>Shorter lines are not compared: one misread letter would decide.</summary>
    public const int ShortestLine = 8;

    // A lost accent is a frequent error of reading, and the letter is right all the same.
    private const double AccentCost = 0.75;

    /// <summary>Share of the characters that agree, 0–1; null if too little of the line can be compared.</summary>
    /// <param name="kept">The text of the file, in any normal form.</param>
    /// <param name="read">What was read from the picture.</param>
    public static double? Of(string kept, string read)
    {
        var (first, second) = (Folded(kept), Folded(read));
        var longest = Math.Max(first.Length, second.Length);
        return first.Length < ShortestLine || IsOfOtherScript(first) ? null : 1 - (Distance(first, second) / longest);
    }

    /// <summary>True if the lines of a page, taken together, agree; null if none can be compared.</summary>
    /// <param name="lines">Up to three lines are enough: their median decides, so that one bad picture does not.</param>
    public static bool? Agree(IEnumerable<(string Kept, string Read)> lines)
    {
        var shares = lines.Select(line => Of(line.Kept, line.Read)).OfType<double>().Order().ToList();
        return shares.Count == 0 ? null : shares[shares.Count / 2] >= Least;
    }

    // What readers confuse is one: 0 O, 1 l I |, dashes, quotes. Blanks and punctuation are where readers differ most.
    private static string Folded(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in Ligatures().Replace(NormalText.Of(text), match => match.Value.Normalize(NormalizationForm.FormKC)).ToLowerInvariant())
        {
            var twin = c switch { '0' => 'o', '1' or 'i' or '|' or '!' => 'l', '5' => 's', _ => c };
            if (char.IsLetterOrDigit(twin) || IsSign(twin))
            {
                folded.Append(twin);
            }
        }

        return folded.ToString();
    }

    // In legacy text signs are letters.
    private static bool IsSign(char c) => c > '\u007F' && !char.IsPunctuation(c) && !char.IsWhiteSpace(c);

    // The engine reads Latin letters: it can say nothing of others.
    private static bool IsOfOtherScript(string folded)
        => 2 * folded.Count(c => Scripts.Of(c) is not (Script.None or Script.Latin)) > folded.Length;

    private static double Distance(string first, string second)
    {
        var above = Enumerable.Range(0, second.Length + 1).Select(i => (double)i).ToArray();
        foreach (var (row, letter) in first.Index())
        {
            var current = new double[above.Length];
            current[0] = row + 1;
            for (var i = 0; i < second.Length; i++)
            {
                current[i + 1] = Math.Min(Math.Min(current[i], above[i + 1]) + 1, above[i] + Cost(letter, second[i]));
            }

            above = current;
        }

        return above[^1];
    }

    private static double Cost(char a, char b) => a == b ? 0 : Bare(a) == Bare(b) ? AccentCost : 1;

    private static char Bare(char c) => c < '\u0080' ? c : Accents.Dropped(c.ToString()) is [var bare] ? (bare == 'i' ? 'l' : bare) : c;

    // And letters of full width.
    [GeneratedRegex("[\uFB00-\uFB06\uFF01-\uFF5E]")]
    private static partial Regex Ligatures();
}
