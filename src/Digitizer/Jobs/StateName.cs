using System.Text;

namespace Digitizer.Jobs;

/// <summary>States as the journal, the audit file and people write them: NeedsReview is <c>needs-review</c>.</summary>
internal static class StateName
{
    public static string Of<T>(T state)
        where T : struct, Enum => Names<T>.ByState[state];

    public static T Parse<T>(string name)
        where T : struct, Enum => Names<T>.ByName[name];

    private static string Hyphenate(string name)
    {
        var text = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsAsciiLetterUpper(c) && text.Length > 0)
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }

    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> ByState = Enum.GetValues<T>().ToDictionary(s => s, s => Hyphenate(s.ToString()));
        public static readonly Dictionary<string, T> ByName = ByState.ToDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);
    }
}
