using Digitizer.Assembly;
using Digitizer.Pages;

namespace Digitizer.Proof;

/// <summary>What a rendering of a page must look like, made without the PDF.</summary>
internal static class ExpectedPicture
{
    private const byte White = 255;

    // Pixels on both sides of a picture's edge that are not judged: renderers begin a tilted picture
    // a pixel earlier or later, and a dark scan makes that a black line on white. 0.6 mm.
    private const double Edge = 1.5;

    // As much along the page's own edge, where a dark border of the copier is cut somewhere within a pixel.
    private const int PageEdge = 2;

    // Luminance of the red that crosses out a page without picture, and half its line width in points.
    private const double CrossLevel = 0.3 * 0.8 * 255;
    private const double HalfCrossWidth = 0.375;

    /// <summary>The source's thumbnail, laid on white paper as the page's matrix says.</summary>
    /// <param name="thumbnail">Of the whole stored picture.</param>
    /// <param name="page">The page.</param>
    /// <param name="shown">The rendering: gives the size, and what stands along the picture's edges.</param>
    /// <param name="pixelsPerInch">Of the rendering.</param>
    public static GrayPicture Of(GrayPicture thumbnail, ShownPage page, GrayPicture shown, double pixelsPerInch)
    {
        var scale = pixelsPerInch / 72;
        var toThumbnail = Affine.Scale((double)page.Image!.Width / thumbnail.Width, (double)page.Image.Height / thumbnail.Height)
            .Then(new PageFrame(page.Geometry).StoredToPage)
            .Then(Affine.Scale(scale, scale))
            .Inverse();
        var edge = Edge * Math.Sqrt(Math.Abs(toThumbnail.Determinant));
        var pixels = new byte[shown.Pixels.Length];
        for (var y = 0; y < shown.Height; y++)
        {
            for (var x = 0; x < shown.Width; x++)
            {
                var at = (y * shown.Width) + x;
                var source = toThumbnail.Apply(new PagePoint(x + 0.5, y + 0.5));
                var inPage = Math.Min(Math.Min(x, shown.Width - 1 - x), Math.Min(y, shown.Height - 1 - y));
                var inside = Math.Min(Math.Min(source.X, thumbnail.Width - source.X), Math.Min(source.Y, thumbnail.Height - source.Y));
                pixels[at] = inPage < PageEdge ? shown.Pixels[at] : inside > edge ? At(thumbnail, source) : inside < -edge ? White : shown.Pixels[at];
            }
        }

        return new GrayPicture(shown.Width, shown.Height, pixels);
    }

    /// <summary>An empty page, crossed out: the picture could not be decoded.</summary>
    /// <param name="page">The page.</param>
    /// <param name="width">Of the rendering.</param>
    /// <param name="height">Of the rendering.</param>
    /// <param name="pixelsPerInch">Of the rendering.</param>
    public static GrayPicture CrossedOut(ShownPage page, int width, int height, double pixelsPerInch)
    {
        var scale = pixelsPerInch / 72;
        var frame = new PageFrame(page.Geometry);
        var (right, bottom) = (frame.Width * scale, frame.Height * scale);
        var diagonal = Math.Sqrt((right * right) + (bottom * bottom));
        var pixels = new byte[width * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                // Distances to the lines from corner to corner.
                var falling = Math.Abs(((x + 0.5) * bottom) - ((y + 0.5) * right)) / diagonal;
                var rising = Math.Abs(((x + 0.5) * bottom) + ((y + 0.5) * right) - (right * bottom)) / diagonal;
                var covered = Math.Clamp((HalfCrossWidth * scale) + 0.5 - Math.Min(falling, rising), 0, Math.Min(1, 2 * HalfCrossWidth * scale));
                pixels[(y * width) + x] = (byte)(White - (covered * (White - CrossLevel)));
            }
        }

        return new GrayPicture(width, height, pixels);
    }

    // Between the four nearest pixel centres.
    private static byte At(GrayPicture picture, PagePoint point)
    {
        var (x, y) = (Math.Clamp(point.X - 0.5, 0, picture.Width - 1), Math.Clamp(point.Y - 0.5, 0, picture.Height - 1));
        var (left, top) = ((int)x, (int)y);
        var (right, bottom) = (Math.Min(left + 1, picture.Width - 1), Math.Min(top + 1, picture.Height - 1));
        var (dx, dy) = (x - left, y - top);
        var (row, next) = (top * picture.Width, bottom * picture.Width);
        var upper = ((1 - dx) * picture.Pixels[row + left]) + (dx * picture.Pixels[row + right]);
        var lower = ((1 - dx) * picture.Pixels[next + left]) + (dx * picture.Pixels[next + right]);
        return (byte)(((1 - dy) * upper) + (dy * lower) + 0.5);
    }
}
