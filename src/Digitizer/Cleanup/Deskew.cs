namespace Digitizer.Cleanup;

/// <summary>Turns the page by the small angle that makes its lines level.</summary>
internal sealed class Deskew : ICleanupStep
{
    private const double RangeDegrees = 12;
    private const double SureConfidence = 2.5;
    private const double LeastDegrees = 0.1;
    private const double DoubtfulDegrees = 0.2;

    public CleanupRecord Apply(WorkingPage page)
    {
        if (!TextAxis.HasText(page.Ink))
        {
            return new CleanupRecord("deskew", false, "no text");
        }

        var (degrees, confidence) = page.Ink.TextOnly.FindSkew(RangeDegrees);
        if (LineSlope.Degrees(page.Ink.Letters) is { } slope && Math.Abs(slope - degrees) > DoubtfulDegrees)
        {
            // Two columns whose lines stand at different heights make the sharpest rows when one is turned onto the other.
            degrees = slope;
        }

        var apply = Math.Abs(degrees) >= LeastDegrees && confidence >= SureConfidence;
        if (apply)
        {
            page.Level(degrees);
        }

        return new CleanupRecord("deskew", apply, FormattableString.Invariant($"{degrees:f2}° clockwise, confidence {confidence:f1}"));
    }
}
