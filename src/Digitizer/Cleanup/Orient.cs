using Digitizer.Native;

namespace Digitizer.Cleanup;

/// <summary>
/// Reads a part of a page as it stands and says how sure the reading is, 0–100: the judge between a
/// page and the same page turned over.
/// </summary>
/// <param name="part">8 bits a pixel.</param>
internal delegate double TrialReading(Pix part);

/// <summary>
/// Turns the page upright: first whether lines run across or down, by which neighbours
/// letters have; then which way is up, by ascenders and, where those do not tell, by reading
/// a few lines both ways.
/// </summary>
internal sealed class Orient(TrialReading read) : ICleanupStep
{
    private const double SureAscenders = 5;
    private const double SureTrial = 70;
    private const double ClearMargin = 15;
    private const double LeastTrial = 45;

    public CleanupRecord Apply(WorkingPage page)
    {
        if (!TextAxis.HasText(page.Ink))
        {
            return new CleanupRecord("orient", false, "no text");
        }

        var sideways = TextAxis.RunsDown(page.Ink);
        if (sideways)
        {
            page.Turn(1);
        }

        var (up, _) = page.Ink.TextOnly.DetectOrientation();
        var trial = "";
        if (Math.Abs(up) < SureAscenders)
        {
            var (asIs, over) = ReadBothWays(page);
            trial = FormattableString.Invariant($", read {asIs:f0} against {over:f0}");
            up = over > asIs + ClearMargin && over >= LeastTrial ? -1 : 1;
            if (sideways && Math.Max(asIs, over) < LeastTrial)
            {
                // Nothing that can be read stands this way: the letters of a seal, a drawing.
                page.Turn(3);
                return new CleanupRecord("orient", false, FormattableString.Invariant($"no text that can be read{trial}"));
            }
        }

        if (up < 0)
        {
            page.Turn(2);
        }

        var degrees = ((sideways ? 90 : 0) + (up < 0 ? 180 : 0)) % 360;
        return new CleanupRecord("orient", degrees != 0, FormattableString.Invariant($"{degrees}° clockwise, ascenders {up:f1}{trial}"));
    }

    private (double AsIs, double Over) ReadBothWays(WorkingPage page)
    {
        var part = TextAxis.DensestBand(page.Ink, page.Gray.Width, page.Gray.Height);
        using var asIs = page.Gray.Crop(part);
        var upright = read(asIs);
        if (upright >= SureTrial)
        {
            return (upright, 0);
        }

        using var over = asIs.RotateQuarters(2);
        return (upright, read(over));
    }
}
