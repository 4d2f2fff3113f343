namespace Digitizer.Cleanup;

/// <summary>
/// Brings the letters to the height that the recogniser reads best: it scales every line to 36
/// pixels, so more only costs time, while less than twelve loses marks.
/// </summary>
internal sealed class TextHeight : ICleanupStep
{
    private const double Least = 12;
    private const double Most = 28;
    private const double Target = 20;
    private const double LargestFactor = 3;

    public CleanupRecord Apply(WorkingPage page)
    {
        var xHeight = page.XHeight = page.Ink.XHeight;
        var factor = xHeight switch
        {
            0 => 1,
            < Least => Math.Min(LargestFactor, Target / xHeight),
            > Most => Target / xHeight,
            _ => 1,
        };
        if (factor != 1)
        {
            page.Resize(factor);
        }

        return new CleanupRecord("text-height", factor != 1, FormattableString.Invariant($"x-height {xHeight:f1} px, scaled by {factor:f2}"));
    }
}
