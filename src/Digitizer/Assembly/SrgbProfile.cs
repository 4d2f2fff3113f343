namespace Digitizer.Assembly;

/// <summary>
/// The sRGB profile for the output intent, made here so that no licence question arises: ICC
/// version 2.1 (ICC.1:1998-09), three primaries and one tone curve.
/// </summary>
internal static class SrgbProfile
{
    private const int HeaderLength = 128;

    // Read by linear interpolation, a coded value is nowhere off by more than a ninth of one of 256 levels.
    private const int CurvePoints = 64;

    /// <summary>Always the same bytes.</summary>
    public static byte[] Create()
    {
        var curve = ToneCurve();
        (string Tag, byte[] Data)[] tags =
        [
            ("desc", Description("sRGB IEC61966-2.1")),
            ("cprt", new BigEndianBytes().Ascii("text").Zeros(4).Ascii("Public domain, no copyright\0").ToArray()),
            ("wtpt", Xyz(0.96420, 1.00000, 0.82491)),
            // IEC 61966-2-1 primaries, adapted from D65 to the D50 of the connection space (Bradford).
            ("rXYZ", Xyz(0.43607, 0.22249, 0.01392)),
            ("gXYZ", Xyz(0.38515, 0.71687, 0.09708)),
            ("bXYZ", Xyz(0.14307, 0.06061, 0.71410)),
            ("rTRC", curve),
            ("gTRC", curve),
            ("bTRC", curve),
        ];
        return Assemble(tags);
    }

    private static byte[] Assemble((string Tag, byte[] Data)[] tags)
    {
        var table = new BigEndianBytes().U32((uint)tags.Length);
        var data = new BigEndianBytes();
        var start = HeaderLength + 4 + (12 * tags.Length);
        var placed = new Dictionary<byte[], uint>(ReferenceEqualityComparer.Instance);
        foreach (var (tag, bytes) in tags)
        {
            if (!placed.TryGetValue(bytes, out var offset))
            {
                placed[bytes] = offset = (uint)(start + data.Length);
                data.U8(bytes).Align();
            }

            table.Ascii(tag).U32(offset, (uint)bytes.Length);
        }

        var size = (uint)(start + data.Length);
        return Header(size).U8(table.ToArray()).U8(data.ToArray()).ToArray();
    }

    private static BigEndianBytes Header(uint size) => new BigEndianBytes()
        .U32(size)
        .Zeros(4)
        .U32(0x02100000)
        .Ascii("mntrRGB XYZ ")
        .U16(2000, 1, 1, 0, 0, 0)
        .Ascii("acsp")
        .Zeros(28)
        .Fixed(0.9642, 1, 0.8249)
        .Zeros(48);

    private static byte[] Xyz(double x, double y, double z)
        => new BigEndianBytes().Ascii("XYZ ").Zeros(4).Fixed(x, y, z).ToArray();

    // textDescriptionType: the ASCII text, then an empty Unicode and an empty Macintosh text (67 bytes of room).
    private static byte[] Description(string text) => new BigEndianBytes()
        .Ascii("desc").Zeros(4)
        .U32((uint)text.Length + 1).Ascii(text).Zeros(1)
        .Zeros(8)
        .Zeros(3 + 67)
        .ToArray();

    // IEC 61966-2-1, 5.2: coded value → linear light.
    private static byte[] ToneCurve()
    {
        var curve = new BigEndianBytes().Ascii("curv").Zeros(4).U32(CurvePoints);
        for (var i = 0; i < CurvePoints; i++)
        {
            var v = i / (CurvePoints - 1.0);
            var linear = v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);
            curve.U16((int)Math.Round(linear * 65535));
        }

        return curve.ToArray();
    }
}
