using Digitizer.Native;
using Digitizer.Pages;

namespace Digitizer.Cleanup;

/// <summary>The grey copy that the clean-up steps work on, and how it lies on the stored picture.</summary>
internal sealed class WorkingPage(DecodedPage source, Pix gray, Affine toWorking) : IDisposable
{
    private PageInk? ink;

    /// <summary>The page as decoded; never changed.</summary>
    public DecodedPage Source { get; } = source;

    /// <summary>8 bits a pixel.</summary>
    public Pix Gray { get; private set; } = gray;

    /// <summary>Stored pixels → pixels of <see cref="Gray"/>.</summary>
    public Affine ToWorking { get; private set; } = toWorking;

    /// <summary>Clockwise quarter turns from the stored (mirrored, if it is) picture to the working copy.</summary>
    public int Quarters { get; private set; }

    /// <summary>True if the stored picture is a mirror image.</summary>
    public bool Mirrored { get; private set; }

    /// <summary>Degrees the upright page was turned clockwise to be level.</summary>
    public double Skew { get; private set; }

    /// <summary>Pixels of the working copy a stored pixel.</summary>
    public double Scale { get; private set; } = 1;

    /// <summary>Height of letters without ascender in the working copy, 0 if there is no text. Measured once, as looking costs time.</summary>
    public double XHeight { get; set; }

    /// <summary>True if all that is seen is the other side of the sheet.</summary>
    public bool ShinesThrough { get; set; }

    /// <summary>Straight lines that were found, in pixels of <see cref="Gray"/>.</summary>
    public List<RuleLine> Rules { get; } = [];

    /// <summary>What the steps have measured so far.</summary>
    public PageQuality Quality { get; set; } = new();

    /// <summary>How dark the ink is; known once the paper is flat.</summary>
    public InkLevels Levels { get; set; } = InkLevels.Bitonal;

    /// <summary>The dark marks of the working copy as it is now.</summary>
    public PageInk Ink => ink ??= PageInk.Of(Gray, Levels);

    /// <summary>Replaces the copy by one of the same size and place.</summary>
    public void Retouch(Pix gray)
    {
        Gray.Dispose();
        Gray = gray;
        ink?.Dispose();
        ink = null;
    }

    public void Mirror()
    {
        var width = Gray.Width;
        Retouch(Gray.FlipLeftRight());
        ToWorking = ToWorking.Then(new Affine(-1, 0, 0, 1, width, 0));
        Mirrored = !Mirrored;
    }

    /// <summary>Turns by clockwise quarters.</summary>
    public void Turn(int quarters)
    {
        for (var i = 0; i < (quarters & 3); i++)
        {
            // (x, y) → (height − y, x)
            ToWorking = ToWorking.Then(new Affine(0, 1, -1, 0, i % 2 == 0 ? Gray.Height : Gray.Width, 0));
        }

        Retouch(Gray.RotateQuarters(quarters));
        Quarters = (Quarters + quarters) & 3;
    }

    /// <summary>Turns by a small angle about the centre, same size.</summary>
    public void Level(double clockwiseDegrees)
    {
        var (cx, cy) = (Gray.Width / 2.0, Gray.Height / 2.0);
        Retouch(Gray.RotateClockwise(clockwiseDegrees));
        ToWorking = ToWorking.Then(Affine.RotateClockwise(clockwiseDegrees, cx, cy));
        Skew += clockwiseDegrees;
    }

    /// <summary>Makes pixels square; the stretched page counts as the stored one from then on.</summary>
    public void Stretch(double x, double y)
    {
        var (width, height) = (Gray.Width, Gray.Height);
        Retouch(Gray.Scale(x, y));
        ToWorking = ToWorking.Then(Affine.Scale((double)Gray.Width / width, (double)Gray.Height / height));
    }

    public void Resize(double factor)
    {
        Stretch(factor, factor);
        Scale *= factor;
        XHeight *= factor;
    }

    public void Dispose()
    {
        Gray.Dispose();
        ink?.Dispose();
    }
}
