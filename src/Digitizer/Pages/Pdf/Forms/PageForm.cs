namespace Digitizer.Pages.Pdf.Forms;

/// <summary>
/// A page that is more, or less, than one picture of the whole sheet: its own content is shown in the result as it
/// came (as a form XObject, ISO 32000-1, 8.10), and a rendering of it is looked at and read.
/// </summary>
/// <param name="Id">Object number of the page.</param>
/// <param name="Generation">Of the page.</param>
/// <param name="Box">What is shown of it, in user space.</param>
/// <param name="Rotate">Clockwise quarter turns for showing it.</param>
/// <param name="Unit">Points a unit of user space.</param>
/// <param name="Facts">What its drawing instructions say.</param>
internal sealed record PageForm(int Id, int Generation, PdfBox Box, int Rotate, double Unit, PageFacts Facts)
{
    // As the models like it (docs/accuracy.md), and an A2 sheet at that; larger ones are rendered coarser.
    private const double WantedDpi = 300;
    private const double MostPixels = 36e6;
    private const double PointsPerInch = 72;

    // Below PageLimits.MaxSide, rounding included.
    private const double LongestSide = 32_000;

    /// <summary>True if part of what it shows is drawn by viewers only: it becomes the picture that one of them makes of it.</summary>
    public bool IsDrawnByViewers { get; init; }

    /// <summary>Pixels an inch of the page as it is shown.</summary>
    public double Dpi => RenderingDpi / Unit;

    /// <summary>Pixels for 72 units of user space: what a renderer that knows no UserUnit is asked for.</summary>
    public double RenderingDpi => Math.Min(WantedDpi * Unit, PointsPerInch * Math.Min(Math.Sqrt(MostPixels / Math.Max(1, Box.Area)), LongestSide / Math.Max(Box.Width, Box.Height)));

    /// <summary>Pixels of the rendering's row; renderers round up.</summary>
    public int Width => Pixels(ShownWidth);

    /// <summary>Rows of the rendering.</summary>
    public int Height => Pixels(ShownHeight);

    /// <summary>As <see cref="Width"/>, exactly.</summary>
    public double ShownWidth => (Rotate % 2 == 0 ? Box.Width : Box.Height) * RenderingDpi / PointsPerInch;

    /// <summary>As <see cref="Height"/>, exactly.</summary>
    public double ShownHeight => (Rotate % 2 == 0 ? Box.Height : Box.Width) * RenderingDpi / PointsPerInch;

    /// <summary>User space → pixels of the rendering, y downwards.</summary>
    public Affine ToPixels
    {
        get
        {
            var upright = Rotate switch
            {
                0 => new Affine(1, 0, 0, -1, -Box.Left, Box.Top),
                1 => new Affine(0, 1, 1, 0, -Box.Bottom, -Box.Left),
                2 => new Affine(-1, 0, 0, 1, Box.Right, -Box.Bottom),
                _ => new Affine(0, -1, -1, 0, Box.Top, Box.Right),
            };
            return upright.Then(Affine.Scale(RenderingDpi / PointsPerInch, RenderingDpi / PointsPerInch));
        }
    }

    /// <summary>User space → the unit square in which pictures are drawn (ISO 32000-1, 8.9.5.2), y upwards.</summary>
    public Affine ToUnitSquare => ToPixels.Then(new Affine(1.0 / Width, 0, 0, -1.0 / Height, 0, 1));

    private static int Pixels(double exact) => Math.Max(1, (int)Math.Ceiling(exact - 1e-6));
}
