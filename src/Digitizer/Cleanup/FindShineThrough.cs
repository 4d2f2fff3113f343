namespace Digitizer.Cleanup;

/// <summary>
/// Tells a sheet whose other side shines through from a faint page: both are pale all over, but the other side's text reads
/// well only in a mirror. Such a page is blank.
/// </summary>
internal sealed class FindShineThrough(TrialReading read) : ICleanupStep
{
    private const int PalestPrint = 195;
    private const double SureTrial = 60;
    private const double ClearMargin = 25;

    public CleanupRecord Apply(WorkingPage page)
    {
        if (page.Levels.Limit < PalestPrint || !TextAxis.HasText(page.Ink))
        {
            return new CleanupRecord("shine-through", false, "dark print");
        }

        using var part = page.Gray.Crop(TextAxis.DensestBand(page.Ink, page.Gray.Width, page.Gray.Height));
        var asIs = read(part);
        var mirrored = 0.0;
        if (asIs < SureTrial)
        {
            using var mirror = part.FlipLeftRight();
            mirrored = read(mirror);
            page.ShinesThrough = mirrored >= SureTrial && mirrored >= asIs + ClearMargin;
        }

        if (page.ShinesThrough)
        {
            page.Quality = page.Quality with { BleedThrough = byte.MaxValue - page.Levels.Print, Contrast = 0 };
        }

        return new CleanupRecord("shine-through", page.ShinesThrough, FormattableString.Invariant($"read {asIs:f0} against {mirrored:f0} in a mirror"));
    }
}
