using Digitizer.Native;

namespace Digitizer.Pages.Pdf;

/// <summary>A rectangle of user space, y upwards.</summary>
internal readonly record struct PdfBox(double Left, double Bottom, double Right, double Top)
{
    public static readonly PdfBox Everything = new(double.NegativeInfinity, double.NegativeInfinity, double.PositiveInfinity, double.PositiveInfinity);

    public double Width => Right - Left;

    public double Height => Top - Bottom;

    public double Area => Width > 0 && Height > 0 ? Width * Height : 0;

    /// <summary>A PDF rectangle: any two opposite corners (ISO 32000-1, 7.9.5); null if it is none.</summary>
    public static PdfBox? Of(QpdfObject array)
        => array.Count == 4 && array[0].Number is { } a && array[1].Number is { } b && array[2].Number is { } c && array[3].Number is { } d
            ? new PdfBox(Math.Min(a, c), Math.Min(b, d), Math.Max(a, c), Math.Max(b, d))
            : null;

    public PdfBox Within(PdfBox other) => new(
        Math.Max(Left, other.Left), Math.Max(Bottom, other.Bottom), Math.Min(Right, other.Right), Math.Min(Top, other.Top));

    /// <summary>The part of a quadrangle's area that lies inside (Sutherland and Hodgman 1974).</summary>
    /// <param name="corners">Of a convex shape, in order.</param>
    public double AreaInside(IReadOnlyList<PagePoint> corners)
    {
        var (left, bottom, right, top) = this;
        var shape = Cut(corners, p => p.X - left);
        shape = Cut(shape, p => right - p.X);
        shape = Cut(shape, p => p.Y - bottom);
        return AreaOf(Cut(shape, p => top - p.Y));
    }

    public static double AreaOf(IReadOnlyList<PagePoint> corners)
    {
        var twice = 0.0;
        for (var i = 0; i < corners.Count; i++)
        {
            var (p, q) = (corners[i], corners[(i + 1) % corners.Count]);
            twice += (p.X * q.Y) - (q.X * p.Y);
        }

        return Math.Abs(twice) / 2;
    }

    private static List<PagePoint> Cut(IReadOnlyList<PagePoint> corners, Func<PagePoint, double> inside)
    {
        var kept = new List<PagePoint>();
        for (var i = 0; i < corners.Count; i++)
        {
            var (p, q) = (corners[i], corners[(i + 1) % corners.Count]);
            var (dp, dq) = (inside(p), inside(q));
            if (dp >= 0)
            {
                kept.Add(p);
            }

            if ((dp < 0) != (dq < 0) && double.IsFinite(dp) && double.IsFinite(dq))
            {
                var t = dp / (dp - dq);
                kept.Add(new PagePoint(p.X + (t * (q.X - p.X)), p.Y + (t * (q.Y - p.Y))));
            }
        }

        return kept;
    }
}
