using System.Globalization;

namespace Digitizer.Benchmarks;

/// <summary>Ratios over alternating pairs.</summary>
/// <param name="Median">The middle one.</param>
/// <param name="Least">The smallest.</param>
/// <param name="Most">The largest.</param>
internal sealed record Ratios(double Median, double Least, double Most)
{
    /// <exception cref="ArgumentException">There are none.</exception>
    public static Ratios Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0)
        {
            throw new ArgumentException("No ratio was measured.", nameof(values));
        }

        var middle = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        return new Ratios(middle, sorted[0], sorted[^1]);
    }

    /// <summary>Slope of a straight line through points, by least squares.</summary>
    public static double Slope(IReadOnlyList<(double X, double Y)> points)
    {
        var (mx, my) = (points.Average(p => p.X), points.Average(p => p.Y));
        var spread = points.Sum(p => (p.X - mx) * (p.X - mx));
        return spread == 0 ? 0 : points.Sum(p => (p.X - mx) * (p.Y - my)) / spread;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Median:0.00} ({Least:0.00} – {Most:0.00})");
}
