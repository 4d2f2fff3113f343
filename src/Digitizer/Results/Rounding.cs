using Digitizer.Cleanup;
using Digitizer.Pages;

namespace Digitizer.Results;

/// <summary>Numbers with as many digits as they mean: equal results give equal bytes, and no noise is stored.</summary>
internal static class Rounding
{
    private const int PixelDigits = 1;
    private const int ShareDigits = 4;
    private const int LevelDigits = 2;

    // Over 32,767 pixels a side the last digit moves a corner by less than a thousandth of a pixel.
    private const int FactorDigits = 8;

    public static double Pixels(double value) => Round(value, PixelDigits);

    public static double Share(double value) => Round(value, ShareDigits);

    public static double Degrees(double value) => Round(value, 3);

    public static double[] Pixels(Quad q) => [.. new[] { q.TopLeft, q.TopRight, q.BottomRight, q.BottomLeft }.SelectMany(Pixels)];

    public static double[] Pixels(PagePoint p) => [Pixels(p.X), Pixels(p.Y)];

    public static double[] Matrix(Affine m) =>
        [Round(m.A, FactorDigits), Round(m.B, FactorDigits), Round(m.C, FactorDigits), Round(m.D, FactorDigits), Round(m.E, 3), Round(m.F, 3)];

    public static PageQuality Measures(PageQuality q) => q with
    {
        XHeight = Pixels(q.XHeight),
        Ink = Share(q.Ink),
        Background = Pixels(q.Background),
        BackgroundSpread = Pixels(q.BackgroundSpread),
        Contrast = Pixels(q.Contrast),
        Color = Share(q.Color),
        Noise = Round(q.Noise, LevelDigits),
        Specks = Share(q.Specks),
        StrokeWidth = Pixels(q.StrokeWidth),
        Skew = Degrees(q.Skew),
        BleedThrough = Pixels(q.BleedThrough),
        Border = Share(q.Border),
    };

    // Adding zero turns a negative zero, which would be written as -0, into zero.
    private static double Round(double value, int digits) => Math.Round(value, digits, MidpointRounding.AwayFromZero) + 0.0;
}
