using System.Globalization;
using Digitizer.Pages;

namespace Digitizer.Cleanup;

/// <summary>Turns and mirrors as the camera or scanner noted in the orientation tag.</summary>
internal sealed class FollowOrientationTag : ICleanupStep
{
    public CleanupRecord Apply(WorkingPage page)
    {
        var tag = page.Source.Orientation;
        var (mirrored, quarters) = ExifOrientation.Turn(tag);
        if (mirrored)
        {
            page.Mirror();
        }

        if (quarters != 0)
        {
            page.Turn(quarters);
        }

        return new CleanupRecord("orientation-tag", tag != 1, tag.ToString(CultureInfo.InvariantCulture));
    }
}
