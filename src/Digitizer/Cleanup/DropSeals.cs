using Digitizer.Native;

namespace Digitizer.Cleanup;

/// <summary>
/// Fades red seals and blue signatures in the working copy, so that the print under them can be
/// read. Only ink that hangs together over the size of a seal is touched: coloured print stays.
/// Inside, a pixel's brightest channel counts, measured against that of the seal's own ink: seal on
/// paper turns white, black print under the seal stays dark.
/// </summary>
internal sealed class DropSeals : ICleanupStep
{
    private const int AnalysisSide = 900;
    private const double LeastSealShare = 0.055;
    private const double LeastStrokeShare = 0.035;
    private const double MostShare = 0.45;
    private const int Coloured = 45;
    private const double LeastColour = 0.0005;

    public CleanupRecord Apply(WorkingPage page)
    {
        var pixels = page.Source.Pixels;
        if (pixels.Depth != 32 || Measures.ColorShare(pixels) < LeastColour)
        {
            return new CleanupRecord("seals", false, "no colour");
        }

        var areas = Find(pixels, Ink.Red, LeastSealShare, LeastSealShare).Select(box => (Box: box, Ink: Ink.Red))
            .Concat(Find(pixels, Ink.Blue, LeastStrokeShare, LeastStrokeShare).Select(box => (Box: box, Ink: Ink.Blue)))
            .ToList();
        if (areas.Count > 0)
        {
            page.Retouch(Faded(page.Gray, pixels, areas));
        }

        return new CleanupRecord("seals", areas.Count > 0, FormattableString.Invariant($"{areas.Count} coloured areas"));
    }

    private enum Ink
    {
        Red,
        Blue,
    }

    private static List<PixBox> Find(Pix pixels, Ink ink, double widthShare, double heightShare)
    {
        var scale = Math.Min(1, (double)AnalysisSide / Math.Max(pixels.Width, pixels.Height));
        using var small = pixels.Scale(scale, scale);
        using var mask = Mask(small, ink);
        using var joined = mask.Close(5, 5);
        var shortSide = Math.Min(small.Width, small.Height);
        return [.. joined.Components()
            .Where(box => box.Width >= widthShare * shortSide && box.Height >= heightShare * shortSide
                && box.Width <= MostShare * shortSide && box.Height <= MostShare * shortSide)
            .Select(box => Enlarged(box, scale, pixels))];
    }

    private static PixBox Enlarged(PixBox box, double scale, Pix pixels)
    {
        var (left, top) = (Math.Max(0, (int)((box.X - 2) / scale)), Math.Max(0, (int)((box.Y - 2) / scale)));
        var (right, bottom) = (Math.Min(pixels.Width, (int)((box.Right + 2) / scale)), Math.Min(pixels.Height, (int)((box.Bottom + 2) / scale)));
        return new PixBox(left, top, right - left, bottom - top);
    }

    private static Pix Mask(Pix small, Ink ink)
    {
        var gray = new byte[small.Width * small.Height];
        var words = small.Words();
        var wpl = words.Length / small.Height;
        for (var y = 0; y < small.Height; y++)
        {
            for (var x = 0; x < small.Width; x++)
            {
                gray[(y * small.Width) + x] = IsOf(ink, words[(y * wpl) + x]) ? (byte)0 : (byte)255;
            }
        }

        using var pix = Pix.FromGray(gray, small.Width, small.Height);
        return pix.Threshold(128);
    }

    private static bool IsOf(Ink ink, uint rgb)
    {
        var (r, g, b) = ((int)(rgb >> 24), (int)((rgb >> 16) & 255), (int)((rgb >> 8) & 255));
        return ink == Ink.Red ? r - g > Coloured && r - b > Coloured / 2 : b - r > Coloured && b - g > Coloured / 3;
    }

    private static Pix Faded(Pix gray, Pix pixels, List<(PixBox Box, Ink Ink)> areas)
    {
        var (width, height) = (gray.Width, gray.Height);
        var target = gray.ToBytes();
        var words = pixels.Words();
        var wpl = words.Length / height;
        foreach (var (box, ink) in areas)
        {
            var brightness = InkBrightness(words, wpl, box, ink);
            for (var y = box.Y; y < box.Bottom; y++)
            {
                for (var x = box.X; x < box.Right; x++)
                {
                    var rgb = words[(y * wpl) + x];
                    var channel = Channel(ink, rgb);
                    if (channel - Least(rgb) > Coloured / 3)
                    {
                        target[(y * width) + x] = (byte)Math.Max(target[(y * width) + x], Math.Min(255, channel * 255 / brightness));
                    }
                }
            }
        }

        return Pix.FromGray(target, width, height);
    }

    /// <summary>Median of the ink's own channel over its coloured pixels.</summary>
    private static int InkBrightness(ReadOnlySpan<uint> words, int wpl, PixBox box, Ink ink)
    {
        var counts = new int[256];
        var total = 0;
        for (var y = box.Y; y < box.Bottom; y++)
        {
            for (var x = box.X; x < box.Right; x++)
            {
                var rgb = words[(y * wpl) + x];
                if (IsOf(ink, rgb))
                {
                    counts[Channel(ink, rgb)]++;
                    total++;
                }
            }
        }

        var level = 0;
        for (var seen = counts[0]; seen * 2 < total; seen += counts[++level])
        {
        }

        return Math.Max(level, 100);
    }

    private static int Channel(Ink ink, uint rgb) => ink == Ink.Red ? (int)(rgb >> 24) : (int)((rgb >> 8) & 255);

    private static int Least(uint rgb) => (int)Math.Min(rgb >> 24, Math.Min((rgb >> 16) & 255, (rgb >> 8) & 255));
}
