namespace Digitizer.Cleanup;

/// <summary>Stretches pages whose rows and columns have unequal resolution, as fax pages do, to the finer of the two.</summary>
internal sealed class SquarePixels : ICleanupStep
{
    public CleanupRecord Apply(WorkingPage page)
    {
        var (x, y) = page.Source.Resolution.Stretch;
        var isNeeded = (x, y) != (1, 1);
        if (isNeeded)
        {
            page.Stretch(x, y);
        }

        return new CleanupRecord("square-pixels", isNeeded, FormattableString.Invariant($"stretched by {x:f2} across, {y:f2} down"));
    }
}
