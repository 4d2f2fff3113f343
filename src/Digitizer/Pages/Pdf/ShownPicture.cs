using Digitizer.Native;

namespace Digitizer.Pages.Pdf;

/// <summary>Where the one picture of a page lies on it.</summary>
/// <param name="Picture">The image XObject.</param>
/// <param name="Matrix">The unit square → user space of the page.</param>
/// <param name="Clip">What is seen of it.</param>
/// <param name="PaintsBlack">For a stencil: that it is painted in black.</param>
internal sealed record ShownPicture(QpdfObject Picture, Affine Matrix, PdfBox Clip, bool PaintsBlack)
{
    // Of the page's area the picture must cover so much, and of the picture the page must show so much:
    // scanners round to points, and a page turned level by its matrix loses corners.
    private const double LeastOfPage = 0.95;
    private const double LeastOfPicture = 0.9;
    private const double AllOfPage = 0.995;
    private const double LargestTilt = 10;

    // A fax has 204 × 98 dots an inch in its coarse mode: that is told from rounding by this.
    private const double MostUnequalSides = 1.1;

    /// <summary>Whether it hides all that was drawn before.</summary>
    public bool CoversAll(PdfBox page) => Seen(page) >= AllOfPage * page.Area;

    /// <exception cref="Failures.DigitizerException">PdfNotScanned.</exception>
    public void CheckCovers(PdfLeaf page)
    {
        var seen = Seen(page.Box);
        if (!(seen >= LeastOfPage * page.Box.Area))
        {
            throw PdfRefusal.NotScanned(FormattableString.Invariant($"shows a picture on {Math.Floor(100 * seen / page.Box.Area):0} % of its sheet only"));
        }

        if (!(seen >= LeastOfPicture * PdfBox.AreaOf(Corners())))
        {
            throw PdfRefusal.NotScanned("shows only a part of its picture");
        }
    }

    /// <summary>The EXIF orientation, 1–8, that shows the stored pixels as the page does.</summary>
    /// <param name="rotate">Clockwise quarter turns of the page.</param>
    /// <exception cref="Failures.DigitizerException">PdfNotScanned: the picture lies askew.</exception>
    public int Orientation(int rotate)
    {
        // Directions of rows and columns as seen, y downwards; (x, y) → (−y, x) turns clockwise.
        var (right, down) = (new PagePoint(Matrix.A, -Matrix.B), new PagePoint(-Matrix.C, Matrix.D));
        for (var i = 0; i < rotate; i++)
        {
            (right, down) = (new PagePoint(-right.Y, right.X), new PagePoint(-down.Y, down.X));
        }

        for (var tag = 1; tag <= 8; tag++)
        {
            var (mirrored, quarters) = ExifOrientation.Turn(tag);
            var (x, y) = (new PagePoint(mirrored ? -1 : 1, 0), new PagePoint(0, 1));
            for (var i = 0; i < quarters; i++)
            {
                (x, y) = (new PagePoint(-x.Y, x.X), new PagePoint(-y.Y, y.X));
            }

            if (Agree(right, x) && Agree(down, y))
            {
                return tag;
            }
        }

        throw PdfRefusal.NotScanned("shows its picture askew");
    }

    /// <summary>Pixels an inch.</summary>
    /// <exception cref="Failures.DigitizerException">FormatNotSupported: it differs with the direction.</exception>
    public double Dpi(int width, int height, double unit)
    {
        var x = width * 72 / (unit * Math.Sqrt((Matrix.A * Matrix.A) + (Matrix.B * Matrix.B)));
        var y = height * 72 / (unit * Math.Sqrt((Matrix.C * Matrix.C) + (Matrix.D * Matrix.D)));
        return Math.Max(x, y) <= MostUnequalSides * Math.Min(x, y)
            ? Math.Sqrt(x * y)
            : throw PdfRefusal.NotSupported(FormattableString.Invariant($"has {x:0} × {y:0} dots an inch"));
    }

    private double Seen(PdfBox page) => page.Within(Clip).AreaInside(Corners());

    private PagePoint[] Corners() => [Matrix.Apply(new PagePoint(0, 0)), Matrix.Apply(new PagePoint(1, 0)), Matrix.Apply(new PagePoint(1, 1)), Matrix.Apply(new PagePoint(0, 1))];

    private static bool Agree(PagePoint direction, PagePoint axis)
    {
        var along = (direction.X * axis.X) + (direction.Y * axis.Y);
        var across = Math.Abs((direction.X * axis.Y) - (direction.Y * axis.X));
        return along > 0 && across <= along * Math.Tan(LargestTilt * Math.PI / 180);
    }
}
