using System.Buffers.Binary;

namespace Digitizer.Pages;

/// <summary>The orientation tag (274) that EXIF and TIFF share, and what it means for pixels.</summary>
internal static class ExifOrientation
{
    private const int MaxEntries = 512;

    /// <summary>Reads the tag from an EXIF block, a small TIFF file; 1 if it is not there or makes no sense.</summary>
    public static int Read(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8 || tiff[0] != tiff[1] || tiff[0] is not ((byte)'I' or (byte)'M'))
        {
            return 1;
        }

        var little = tiff[0] == 'I';
        var directory = U32(tiff[4..], little);
        if (directory + 2 > tiff.Length)
        {
            return 1;
        }

        var count = Math.Min(U16(tiff[(int)directory..], little), MaxEntries);
        for (var i = 0; i < count; i++)
        {
            var at = (int)directory + 2 + (12 * i);
            if (at + 12 > tiff.Length)
            {
                return 1;
            }

            if (U16(tiff[at..], little) == 274)
            {
                var value = U16(tiff[(at + 8)..], little);
                return value is >= 1 and <= 8 ? value : 1;
            }
        }

        return 1;
    }

    /// <summary>How many clockwise quarter turns follow the mirroring.</summary>
    public static (bool Mirrored, int Quarters) Turn(int orientation) => orientation switch
    {
        2 => (true, 0),
        3 => (false, 2),
        4 => (true, 2),
        5 => (true, 3),
        6 => (false, 1),
        7 => (true, 1),
        8 => (false, 3),
        _ => (false, 0),
    };

    private static int U16(ReadOnlySpan<byte> at, bool little)
        => little ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);

    private static long U32(ReadOnlySpan<byte> at, bool little)
        => little ? BinaryPrimitives.ReadUInt32LittleEndian(at) : BinaryPrimitives.ReadUInt32BigEndian(at);
}
