using Digitizer.Failures;
using Digitizer.Native;

namespace Digitizer.Pages.Pdf;

/// <summary>What a picture's samples mean (ISO 32000-1, 8.6 and 8.9.5.2).</summary>
/// <param name="Components">Samples a pixel: 1, 3 or 4.</param>
/// <param name="Inverted">The Decode array turns light and dark round.</param>
/// <param name="Palette">Red, green, blue of each sample value, or null.</param>
internal sealed record PictureColours(int Components, bool Inverted, byte[]? Palette)
{
    private const int MaxPalette = 256;
    private const string Colours = "has colours of a kind (ink separations, Lab, patterns)";

    /// <summary>1-bit samples of which one value is black and the other white.</summary>
    public bool IsBlackAndWhite => Components == 1 && (Palette is null
        || Palette.AsSpan(0, 6).SequenceEqual((ReadOnlySpan<byte>)[0, 0, 0, 255, 255, 255])
        || Palette.AsSpan(0, 6).SequenceEqual((ReadOnlySpan<byte>)[255, 255, 255, 0, 0, 0]));

    /// <summary>For black and white: sample 1 is black.</summary>
    public bool OneIsBlack => (Palette is [255, ..]) != Inverted;

    /// <exception cref="DigitizerException">FormatNotSupported, PdfDamaged, ImageDamaged.</exception>
    public static PictureColours Of(QpdfObject picture, int bits, bool isStencil, int? componentsOfJpeg)
    {
        if (isStencil)
        {
            return new PictureColours(1, IsInverted(picture["Decode"], 1, 1), null);
        }

        var space = picture["ColorSpace"];
        if (Family(space) is "Indexed" or "I")
        {
            return componentsOfJpeg is null
                ? new PictureColours(1, IsInverted(picture["Decode"], 1, (1 << bits) - 1), PaletteOf(space, bits))
                : throw PdfRefusal.NotSupported("is a JPEG with a palette");
        }

        // Photographs of some scanners leave the colour space to the JPEG.
        var components = space.IsNothing && componentsOfJpeg is { } its ? its : Count(space);
        return new PictureColours(components, IsInverted(picture["Decode"], components, 1), null);
    }

    /// <summary>Red, green, blue of a sample value of one component, at full depth.</summary>
    public (byte R, byte G, byte B) Colour(int sample, int bits)
    {
        var most = (1 << bits) - 1;
        var value = Inverted ? most - sample : sample;
        if (Palette is null)
        {
            var level = (byte)(value * 255 / most);
            return (level, level, level);
        }

        return (Palette[3 * value], Palette[(3 * value) + 1], Palette[(3 * value) + 2]);
    }

    private static string? Family(QpdfObject space) => space.Name ?? space[0].Name;

    private static int Count(QpdfObject space) => Family(space) switch
    {
        "DeviceGray" or "G" or "CalGray" => 1,
        "DeviceRGB" or "RGB" or "CalRGB" => 3,
        "DeviceCMYK" or "CMYK" => 4,
        "ICCBased" => space[1]["N"].Integer is (1 or 3 or 4) and var count ? (int)count : throw PdfRefusal.DamagedPicture("its colours are not told"),
        null => throw PdfRefusal.DamagedPicture("its colours are not told"),
        _ => throw PdfRefusal.NotSupported(Colours),
    };

    private static byte[] PaletteOf(QpdfObject space, int bits)
    {
        var components = Count(space[1]);
        var lookup = space[3];
        var table = lookup.IsStream ? StreamFilters.Of(lookup, PdfLimits.Default).Unpack(lookup, MaxPalette * 4) : lookup.Bytes;
        if (table is null || space[2].Integer is not (>= 0 and < MaxPalette) || components == 4)
        {
            throw components == 4 ? PdfRefusal.NotSupported(Colours) : PdfRefusal.DamagedPicture("its palette is missing");
        }

        // Values beyond the table are as its last (8.6.6.3: clamped).
        var last = (int)Math.Min(space[2].Integer ?? 0, (table.Length / components) - 1);
        if (last < 0)
        {
            throw PdfRefusal.DamagedPicture("its palette is missing");
        }

        var palette = new byte[3 << bits];
        for (var i = 0; i < 1 << bits; i++)
        {
            var entry = table.AsSpan(Math.Min(i, last) * components, components);
            (palette[3 * i], palette[(3 * i) + 1], palette[(3 * i) + 2]) = components == 1 ? (entry[0], entry[0], entry[0]) : (entry[0], entry[1], entry[2]);
        }

        return palette;
    }

    /// <summary>Only the straight and the opposite order are known.</summary>
    private static bool IsInverted(QpdfObject decode, int components, int most)
    {
        if (decode.IsNothing)
        {
            return false;
        }

        var (straight, opposite) = (decode.Count == 2 * components, decode.Count == 2 * components);
        for (var i = 0; i < decode.Count; i += 2)
        {
            var range = (decode[i].Number, decode[i + 1].Number);
            straight &= range == (0, most);
            opposite &= range == (most, 0);
        }

        return straight ? false : opposite ? true : throw PdfRefusal.NotSupported("has its levels shifted");
    }
}
