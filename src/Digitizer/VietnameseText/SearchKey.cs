using System.Text;

namespace Digitizer.VietnameseText;

/// <summary>What text is turned into before it is searched or compared; never what is stored or shown.</summary>
internal static class SearchKey
{
    /// <summary>Small letters without accents, đ as d, single blanks: <c>HOÀ  BÌNH</c> → <c>hoa binh</c>.</summary>
    public static string Of(string text) => Accents.Dropped(WithAccents(text));

    /// <summary>The same with accents, tones in one style: <c>HOÀ  BÌNH</c> → <c>hòa bình</c>.</summary>
    public static string WithAccents(string text)
        => TonePlace.Restyled(SingleBlanks(NormalText.Of(text)).ToLowerInvariant(), ToneStyle.Old);

    private static string SingleBlanks(string text)
    {
        var single = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c))
            {
                single.Append(c);
            }
            else if (single.Length > 0 && single[^1] != ' ')
            {
                single.Append(' ');
            }
        }

        return single.ToString().TrimEnd();
    }
}
