using Digitizer.Native;

namespace Digitizer.Recognition;

/// <summary>Puts together what was read apart: the engine loses the number of a list and keeps its dot, or a digit of a number.</summary>
internal static class WordJoints
{
    private const string Closing = ".,:;)";
    private const double NearInXHeights = 0.45;

    // Blanks are wider in any type.
    private const double TouchingInXHeights = 0.35;

    /// <summary>A line's words, from left to right, with what belongs together joined to what stands before it.</summary>
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

    private static bool Belongs(LayoutWord word, LayoutWord next, double xHeight)
    {
        var (last, gap) = (word.Engine.Text[^1], next.Box.X - word.Box.Right);
        return (next.Engine.Text.All(Closing.Contains) && char.IsLetterOrDigit(last) && gap <= NearInXHeights * xHeight)
            || (char.IsAsciiDigit(last) && char.IsAsciiDigit(next.Engine.Text[0]) && gap <= TouchingInXHeights * xHeight);
    }

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
