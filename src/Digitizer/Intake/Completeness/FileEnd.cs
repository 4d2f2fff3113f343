using Digitizer.Failures;

namespace Digitizer.Intake.Completeness;

/// <summary>
/// Tells from its structure whether a file is whole. Only headers, lengths and checksums are read,
/// never a picture: that is the page-worker's work.
/// </summary>
internal static class FileEnd
{
    /// <summary>Looks at a file that may still be growing.</summary>
    /// <param name="stream">Can seek; read from its start.</param>
    /// <exception cref="DigitizerException">FormatUnknown or FormatNotSupported, by the first bytes; FileEmpty.</exception>
    /// <exception cref="IOException">The disk does not give it.</exception>
    public static Wholeness Check(Stream stream)
    {
        stream.Position = 0;
        var start = new byte[SourceFormats.Length];
        var length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var head = start.AsSpan(0, length);
        try
        {
            return IsPdf(head) ? new Wholeness(PdfEnd.IsWhole(stream), null) : Picture(SourceFormats.Detect(head), new FileBytes(stream));
        }
        catch (CutShortException)
        {
            return Wholeness.Cut;
        }
    }

    private static Wholeness Picture(SourceFormat format, FileBytes file) => format switch
    {
        SourceFormat.Jpeg => JpegEnd.Walk(file),
        SourceFormat.Png => PngEnd.Walk(file),
        SourceFormat.Bmp => OtherEnds.Bmp(file),
        SourceFormat.WebP => OtherEnds.WebP(file),
        _ => TiffEnd.Walk(file),
    };

    private static bool IsPdf(ReadOnlySpan<byte> head) => head is [(byte)'%', (byte)'P', (byte)'D', (byte)'F', (byte)'-', ..];
}
