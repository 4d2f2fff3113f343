namespace Digitizer.Pages;

/// <summary>A point in pixels.</summary>
internal readonly record struct PagePoint(double X, double Y);

/// <summary>Four corners in pixels, in the reading direction of what they enclose.</summary>
internal readonly record struct Quad(PagePoint TopLeft, PagePoint TopRight, PagePoint BottomRight, PagePoint BottomLeft)
{
    public static Quad FromBox(double left, double top, double right, double bottom)
        => new(new(left, top), new(right, top), new(right, bottom), new(left, bottom));

    public double MinX => Math.Min(Math.Min(TopLeft.X, TopRight.X), Math.Min(BottomRight.X, BottomLeft.X));

    public double MinY => Math.Min(Math.Min(TopLeft.Y, TopRight.Y), Math.Min(BottomRight.Y, BottomLeft.Y));

    public double MaxX => Math.Max(Math.Max(TopLeft.X, TopRight.X), Math.Max(BottomRight.X, BottomLeft.X));

    public double MaxY => Math.Max(Math.Max(TopLeft.Y, TopRight.Y), Math.Max(BottomRight.Y, BottomLeft.Y));
}
