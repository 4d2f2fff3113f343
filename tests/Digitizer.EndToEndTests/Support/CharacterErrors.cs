using System.Text;
using System.Text.RegularExpressions;

namespace Digitizer.EndToEndTests.Support;

/// <summary>Character error rate: edit distance by length of the truth, white space collapsed, NFC.</summary>
internal static partial class CharacterErrors
{
    public static double Rate(string truth, string read)
    {
        var (a, b) = (Plain(truth), Plain(read));
        return (double)Distance(a, b) / a.Length;
    }

    private static string Plain(string text) => Space().Replace(text.Normalize(NormalizationForm.FormC), " ").Trim();

    /// <summary>Levenshtein, one row at a time.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
