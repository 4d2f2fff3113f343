namespace Digitizer.Intake.Completeness;

/// <summary>Ends of BMP (Windows DIB headers) and WebP (RFC 9649): both say how long they are.</summary>
internal static class OtherEnds
{
    private const int BmpHeaders = 54;

    /// <exception cref="CutShortException">The file ends before its rows do.</exception>
    public static Wholeness Bmp(FileBytes file)
    {
        _ = file.At(0, BmpHeaders);
        var width = file.U32(18, littleEndian: true);
        var height = Math.Abs((long)(int)file.U32(22, littleEndian: true));
        var rows = ((width * file.U16(28, littleEndian: true)) + 31) / 32 * 4 * height;
        var isCoded = file.U32(30, littleEndian: true) != 0;
        var end = isCoded ? file.U32(2, littleEndian: true) : file.U32(10, littleEndian: true) + rows;
        return new Wholeness(end <= file.Length, 1);
    }

    /// <exception cref="CutShortException">The header itself is cut.</exception>
    public static Wholeness WebP(FileBytes file) => new(file.Length >= 30 && file.U32(4, littleEndian: true) + 8 <= file.Length, 1);
}
