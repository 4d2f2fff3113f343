using Digitizer.Cleanup;
using Digitizer.Pages;

namespace Digitizer.Assembly;

/// <summary>The shown page in points (1/72 inch), and the ways from pixels to it.</summary>
internal sealed class PageFrame
{
    // Limits of a page boundary in points (ISO 19005-2, 6.1.13).
    private const double SmallestSide = 3;
    private const double LargestSide = 14400;

    private readonly Affine storedToShown;

    public PageFrame(PageGeometry geometry)
    {
        storedToShown = geometry.Matrix;
        Scale = PointsPerPixel(geometry);
        Width = Math.Max(SmallestSide, Math.Round(geometry.ShownWidth * Scale, 3));
        Height = Math.Max(SmallestSide, Math.Round(geometry.ShownHeight * Scale, 3));
    }

    /// <summary>Points.</summary>
    public double Width { get; }

    /// <summary>Points.</summary>
    public double Height { get; }

    /// <summary>Points a shown pixel.</summary>
    public double Scale { get; }

    /// <summary>Stored pixels → points from the top left of the page, y downwards.</summary>
    public Affine StoredToPage => storedToShown.Then(Affine.Scale(Scale, Scale));

    /// <summary>The unit square in which PDF draws every image (ISO 32000-1, 8.9.5.2: lower edge first) → the page, y upwards.</summary>
    public Affine ImageMatrix(int width, int height)
        => new Affine(width, 0, 0, -height, 0, height).Then(StoredToPage).Then(new Affine(1, 0, 0, -1, 0, Height));

    private static double PointsPerPixel(PageGeometry geometry)
    {
        var scale = 72 / geometry.Dpi;
        var shortSide = Math.Min(geometry.ShownWidth, geometry.ShownHeight) * scale;
        var longSide = Math.Max(geometry.ShownWidth, geometry.ShownHeight) * scale;
        var wanted = Math.Max(scale, scale * SmallestSide / shortSide);
        return Math.Min(wanted, scale * LargestSide / longSide);
    }
}
