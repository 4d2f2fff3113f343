using Digitizer.Native;

namespace Digitizer.Recognition;

/// <summary>The words that a lattice may be, the likeliest first.</summary>
internal static class LatticePaths
{
    private const int Most = 64;

    // Below that it is no second choice but noise: on pages read well, true letters have rivals of up to some percent.
    private const double LeastConfidence = 5;

    /// <summary>Up to 64 words.</summary>
    public static IEnumerable<string> Of(EngineLattice lattice)
    {
        List<(string Text, double Lost)> paths = [("", 0)];
        foreach (var letter in lattice.Letters.Where(l => l.Count > 0))
        {
            var best = letter.Max(choice => choice.Confidence);
            var choices = letter.Where(choice => choice.Confidence == best || choice.Confidence >= LeastConfidence).ToList();
            var longer = from path in paths from choice in choices select (Text: path.Text + choice.Text, Lost: path.Lost + best - choice.Confidence);
            paths = [.. longer.OrderBy(path => path.Lost).Take(Most)];
        }

        return paths.Select(path => path.Text);
    }
}
