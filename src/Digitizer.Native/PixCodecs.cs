using System.Runtime.InteropServices;
using static Digitizer.Native.LeptonicaImports;

namespace Digitizer.Native;

/// <summary>Decoding from and encoding to memory. Untrusted bytes: call only in a confined page-worker.</summary>
internal sealed partial class Pix
{
    private const int ContinueWithBadData = 2;
    private const int TiffG4 = 8;

    /// <summary>Decodes a JPEG; CMYK becomes RGB. EXIF orientation is not applied.</summary>
    /// <param name="data">The file.</param>
    /// <param name="warnings">How often the decoder met bad data and went on.</param>
    public static Pix FromJpeg(ReadOnlySpan<byte> data, out int warnings)
    {
        using var said = new StandardErrorTap();
        var pix = Ok(pixReadMemJpeg(data, (nuint)data.Length, 0, 1, out warnings, ContinueWithBadData), "decoding JPEG(");
        warnings = Math.Max(warnings, said.HasSpoken ? 1 : 0);
        return pix;
    }

    public static Pix FromPng(ReadOnlySpan<byte> data) => Ok(pixReadMemPng(data, (nuint)data.Length), "decoding PNG(");

    public static Pix FromBmp(ReadOnlySpan<byte> data) => Ok(pixReadMemBmp(data, (nuint)data.Length), "decoding BMP(");

    public static Pix FromWebP(ReadOnlySpan<byte> data) => Ok(pixReadMemWebP(data, (nuint)data.Length), "decoding WebP(");

    /// <summary>Decodes a PGM or PPM file.</summary>
    public static Pix FromPnm(ReadOnlySpan<byte> data) => Ok(pixReadMemPnm(data, (nuint)data.Length), "decoding PNM(");

    /// <summary>Decodes the TIFF page whose directory lies at <paramref name="directory"/>; the Orientation tag is applied.</summary>
    public static Pix FromTiff(ReadOnlySpan<byte> data, long directory)
    {
        var offset = (nuint)directory;
        return Ok(pixReadMemFromMultipageTiff(data, (nuint)data.Length, ref offset), "decoding TIFF(");
    }

    /// <summary>A 1-bit image as a TIFF file with one ITU-T T.6 strip.</summary>
    public byte[] ToTiffG4()
    {
        Check(pixWriteMemTiff(out var data, out var size, this, TiffG4));
        return Taken(data, size);
    }

    /// <summary>An 8- or 32-bit image as a baseline JPEG file, chroma halved both ways.</summary>
    /// <param name="quality">1–100, as libjpeg counts.</param>
    public byte[] ToJpeg(int quality)
    {
        Check(pixWriteMemJpeg(out var data, out var size, this, quality, 0));
        return Taken(data, size);
    }

    private static byte[] Taken(nint data, nuint size)
    {
        try
        {
            var bytes = new byte[checked((int)size)];
            Marshal.Copy(data, bytes, 0, bytes.Length);
            return bytes;
        }
        finally
        {
            lept_free(data);
        }
    }
}
