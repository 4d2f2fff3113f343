namespace Digitizer.Intake.Completeness;

/// <summary>Walks a JPEG from SOI to EOI (ITU-T T.81, annex B). An EOI inside a segment, a preview's, does not count.</summary>
internal static class JpegEnd
{
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;

    /// <exception cref="CutShortException">The file ends before the picture does.</exception>
    public static Wholeness Walk(FileBytes file)
    {
        var (at, scans) = (2L, 0);
        while (true)
        {
            var marker = Marker(file, ref at);
            switch (marker)
            {
                case EndOfImage:
                    return new Wholeness(scans > 0, 1);
                case 0x01 or (>= 0xD0 and <= 0xD8):
                    break;
                default:
                    var length = file.U16(at, littleEndian: false);
                    _ = file.At(at + Math.Max(length, 2) - 1, 1);
                    at += Math.Max(length, 2);
                    if (marker == StartOfScan)
                    {
                        scans++;
                        at = AfterEntropyCoded(file, at);
                    }

                    break;
            }
        }
    }

    private static byte Marker(FileBytes file, ref long at)
    {
        if (file.U8(at) != 0xFF)
        {
            // Not written yet, a hole of zeros for instance, or damaged: in both cases not whole.
            throw new CutShortException();
        }

        while (file.U8(at) == 0xFF)
        {
            at++;
        }

        return file.U8(at++);
    }

    // Inside a scan, 0xFF is followed by 0 (a data byte) or by a restart marker; anything else ends it.
    private static long AfterEntropyCoded(FileBytes file, long at)
    {
        while (true)
        {
            var span = file.From(at);
            var step = span.IndexOf((byte)0xFF);
            if (step < 0)
            {
                at += span.Length;
                continue;
            }

            at += step;
            var next = file.U8(at + 1);
            if (next is not (0 or 0xFF or (>= 0xD0 and <= 0xD7)))
            {
                return at;
            }

            at += next == 0xFF ? 1 : 2;
        }
    }
}
