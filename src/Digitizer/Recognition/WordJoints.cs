using Digitizer.Native;

namespace Digitizer.Recognition;

/// <summary>Puts signs that were read apart from their word back to it: the engine loses the number of a list and keeps its dot.</summary>
internal static class WordJoints
{
    private const string Closing = ".,:;)";
    private const double NearInXHeights = 0.45;

    /// <summary>A line's words, from left to right, with such signs joined to what stands before them.</summary>
    public static List<LayoutWord> Join(IReadOnlyList<LayoutWord> line, double xHeight)
    {
        var joined = new List<LayoutWord>(line.Count);
        foreach (var word in line)
        {
            if (joined.Count > 0 && Belongs(joined[^1], word, xHeight))
            {
                joined[^1] = Both(joined[^1], word);
            }
            else
            {
                joined.Add(word);
            }
        }

        return joined;
    }

    private static bool Belongs(LayoutWord word, LayoutWord sign, double xHeight)
        => sign.Engine.Text.All(Closing.Contains) && char.IsLetterOrDigit(word.Engine.Text[^1]) && sign.Box.X - word.Box.Right <= NearInXHeights * xHeight;

    private static LayoutWord Both(LayoutWord word, LayoutWord sign) => word with
    {
        Engine = word.Engine with
        {
            Text = word.Engine.Text + sign.Engine.Text,
            Raw = word.Engine.Raw is { } raw ? raw + sign.Engine.Text : null,
            Confidence = Math.Min(word.Engine.Confidence, sign.Engine.Confidence),
            Box = PixBox.Around([word.Box, sign.Box]),
        },
    };
}
