namespace Digitizer.Cleanup;

/// <summary>Brings uneven or tinted paper to white and ink to black.</summary>
internal sealed class LevelBackground : ICleanupStep
{
    private const int Black = 100;
    private const int White = 200;

    public CleanupRecord Apply(WorkingPage page)
    {
        if (page.Source.Pixels.Depth == 1)
        {
            return new CleanupRecord("background", false, "bitonal");
        }

        page.Retouch(page.Gray.CleanBackground(Black, White));
        return new CleanupRecord("background", true, FormattableString.Invariant($"levelled, {Black} to black, {White} to white"));
    }
}
