using Digitizer.Native;
using Digitizer.Pages;
using Digitizer.Pages.Compact;

namespace Digitizer.Tests.Pages.Compact;

/// <summary>A small page in layers: shaded or plain paper, black bars, a red ring.</summary>
internal static class SomeLayers
{
    public const int Width = 600;
    public const int Height = 400;

    public static readonly Rgb Black = new(30, 28, 32);
    public static readonly Rgb Red = new(215, 50, 60);

    public static CompactPage Create(bool isShaded)
    {
        using var pix = Pix.FromRgb(Samples(isShaded), Width, Height);
        return CompactSeparation.Separate(pix, 300).Page!;
    }

    public static (PageImage Image, byte[] Bytes) Code(CompactPage page) => ImageCodes.Layers(page, Width, Height);

    private static byte[] Samples(bool isShaded)
    {
        var samples = new byte[3 * Width * Height];
        for (var at = 0; at < Width * Height; at++)
        {
            var (x, y) = (at % Width, at / Width);
            var shade = isShaded ? y / 8 : 0;
            var colour = y is > 40 and < 240 && y % 50 < 25 && x is > 40 and < 400 && x % 24 < 5 ? Black
                : double.Hypot(x - 500, y - 300) is > 60 and < 70 ? Red
                : new Rgb((byte)(250 - shade), (byte)(249 - shade), (byte)(240 - shade));
            (samples[3 * at], samples[(3 * at) + 1], samples[(3 * at) + 2]) = (colour.R, colour.G, colour.B);
        }

        return samples;
    }
}
