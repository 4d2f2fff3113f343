namespace Digitizer.Cleanup;

/// <summary>Turns the page by the small angle that makes its lines level.</summary>
internal sealed class Deskew : ICleanupStep
{
    private const double RangeDegrees = 12;
    private const double SureConfidence = 2.5;
    private const double LeastDegrees = 0.1;
    private const double DoubtfulDegrees = 0.2;

    // As much as two columns explain. Dots of a printed screen make lines that agree too, at the screen's angle.
    private const double MostDoubtfulDegrees = 2;

    public CleanupRecord Apply(WorkingPage page)
    {
        if (!TextAxis.HasText(page.Ink))
        {
            return new CleanupRecord("deskew", false, "no text");
        }

        var (degrees, confidence) = page.Ink.TextOnly.FindSkew(RangeDegrees);
        var isSure = confidence >= SureConfidence;
        if (LineSlope.Degrees(page.Ink.Letters) is { } slope && Math.Abs(slope - degrees) is > DoubtfulDegrees and <= MostDoubtfulDegrees)
        {
            // Two columns whose lines stand at different heights make the sharpest rows when one is turned onto the other. How sharp
            // says nothing then: it is the lines that agree.
            (degrees, isSure) = (slope, true);
        }

        var apply = isSure && Math.Abs(degrees) >= LeastDegrees;
        if (apply)
        {
            page.Level(degrees);
        }

        return new CleanupRecord("deskew", apply, FormattableString.Invariant($"{degrees:f2}° clockwise, confidence {confidence:f1}"));
    }
}
