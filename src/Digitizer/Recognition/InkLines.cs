using Digitizer.Native;

namespace Digitizer.Recognition;

/// <summary>Puts marks of ink into lines of text by where their letters stand. For a few lines of one column: a cell, a gap.</summary>
internal static class InkLines
{
    private const double LeastLetterInXHeights = 0.6;
    private const double MostLetterInXHeights = 4;
    private const double SameLineInXHeights = 0.75;
    private const double MarkReachInXHeights = 1.6;

    /// <summary>Of the size of a letter, with its marks or without.</summary>
    public static bool IsLetter(PixBox box, double xHeight)
        => box.Height >= LeastLetterInXHeights * xHeight && box.Height <= MostLetterInXHeights * xHeight;

    /// <summary>Lines from top to bottom, each with its letters and their marks.</summary>
    public static List<List<PixBox>> Of(IReadOnlyList<PixBox> marks, double xHeight)
    {
        var lines = new List<List<PixBox>>();
        foreach (var letter in marks.Where(m => IsLetter(m, xHeight)).OrderBy(Middle))
        {
            if (lines.Count > 0 && Middle(letter) - lines[^1].Average(Middle) <= SameLineInXHeights * xHeight)
            {
                lines[^1].Add(letter);
            }
            else
            {
                lines.Add([letter]);
            }
        }

        var middles = lines.ConvertAll(line => line.Average(Middle));
        foreach (var mark in marks.Where(m => m.Height < LeastLetterInXHeights * xHeight && lines.Count > 0))
        {
            var nearest = Enumerable.Range(0, lines.Count).MinBy(i => Math.Abs(middles[i] - Middle(mark)));
            if (Math.Abs(middles[nearest] - Middle(mark)) <= MarkReachInXHeights * xHeight)
            {
                lines[nearest].Add(mark);
            }
        }

        return lines;
    }

    private static double Middle(PixBox box) => box.Y + (box.Height / 2.0);
}
