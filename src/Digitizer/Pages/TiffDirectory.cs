using Digitizer.Failures;

namespace Digitizer.Pages;

/// <summary>One image file directory (TIFF 6.0, section 2): the tags that decoding and splitting need.</summary>
internal sealed record TiffDirectory
{
    public const int CompressionJpeg = 7;

    private static readonly int[] TypeSizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];

    /// <summary>Where the directory lies in the file.</summary>
    public required long Offset { get; init; }

    public int Width { get; private set; }

    public int Height { get; private set; }

    public int Compression { get; private set; } = 1;

    public int Photometric { get; private set; }

    public int SamplesPerPixel { get; private set; } = 1;

    public long RowsPerStrip { get; private set; } = uint.MaxValue;

    /// <summary>Orientation tag, 1–8.</summary>
    public int Orientation { get; private set; } = 1;

    /// <summary>Where the orientation's value lies in the file, or −1.</summary>
    public long OrientationAt { get; private set; } = -1;

    /// <summary>Said to be a smaller copy of another page (bit 0 of NewSubfileType).</summary>
    public bool IsThumbnail { get; private set; }

    public bool IsTiled { get; private set; }

    /// <summary>Resolution in pixels an inch, 0 where not said.</summary>
    public TaggedResolution Resolution { get; private set; }

    public IReadOnlyList<long> PieceOffsets { get; private set; } = [];

    public IReadOnlyList<long> PieceLengths { get; private set; } = [];

    /// <summary>Shared JPEG tables (TIFF Technical Note 2): position and length, or length 0.</summary>
    public (long At, long Length) JpegTables { get; private set; }

    /// <summary>Reads the directory and checks that every strip or tile lies inside the file.</summary>
    /// <exception cref="DigitizerException">FileTruncated, ImageDamaged, ImageTooLarge.</exception>
    public static TiffDirectory Read(TiffReader file, long offset, PageLimits limits)
    {
        var directory = new TiffDirectory { Offset = offset };
        var count = file.U16(offset);
        var resolution = (X: 0.0, Y: 0.0, Unit: 2L);
        for (var i = 0; i < count; i++)
        {
            directory.Entry(file, offset + 2 + (12L * i), ref resolution);
        }

        var inches = resolution.Unit switch { 2 => 1, 3 => 2.54, _ => 0 };
        directory.Resolution = new TaggedResolution(resolution.X * inches, resolution.Y * inches);
        limits.CheckSize(directory.Width, directory.Height);
        directory.CheckPieces(file);
        return directory;
    }

    private void Entry(TiffReader file, long at, ref (double X, double Y, long Unit) resolution)
    {
        var (tag, type, count) = (file.U16(at), file.U16(at + 2), file.U32(at + 4));
        if (type < 1 || type >= TypeSizes.Length)
        {
            return;
        }

        var size = TypeSizes[type] * count;
        var where = size <= 4 ? at + 8 : file.U32(at + 8);
        switch (tag)
        {
            case 254: IsThumbnail = (Number(file, type, where) & 1) != 0; break;
            case 256: Width = Side(Number(file, type, where)); break;
            case 257: Height = Side(Number(file, type, where)); break;
            case 259: Compression = (int)Number(file, type, where); break;
            case 262: Photometric = (int)Number(file, type, where); break;
            case 273 or 324: PieceOffsets = Numbers(file, type, where, count); IsTiled = tag == 324; break;
            case 274: (Orientation, OrientationAt) = ((int)Number(file, type, where), where); break;
            case 277: SamplesPerPixel = (int)Number(file, type, where); break;
            case 278: RowsPerStrip = Number(file, type, where); break;
            case 279 or 325: PieceLengths = Numbers(file, type, where, count); break;
            case 282 when type == 5: resolution.X = Rational(file, where); break;
            case 283 when type == 5: resolution.Y = Rational(file, where); break;
            case 296: resolution.Unit = Number(file, type, where); break;
            case 347: JpegTables = (where, file.At(where, count).Length); break;
            default: break;
        }
    }

    private static int Side(long value) => value is >= 0 and <= int.MaxValue ? (int)value : 0;

    private static long Number(TiffReader file, int type, long at) => type switch
    {
        1 or 6 or 7 => file.At(at, 1)[0],
        3 or 8 => file.U16(at),
        _ => file.U32(at),
    };

    private static double Rational(TiffReader file, long at)
    {
        var (numerator, denominator) = (file.U32(at), file.U32(at + 4));
        return denominator == 0 ? 0 : (double)numerator / denominator;
    }

    private static long[] Numbers(TiffReader file, int type, long at, long count)
    {
        _ = file.At(at, count * TypeSizes[type]);
        var numbers = new long[count];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = Number(file, type, at + ((long)i * TypeSizes[type]));
        }

        return numbers;
    }

    private void CheckPieces(TiffReader file)
    {
        // Uncompressed strips may come without lengths; the decoder then works them out.
        if (PieceOffsets.Count == 0 || (PieceLengths.Count != PieceOffsets.Count && PieceLengths.Count != 0))
        {
            throw new DigitizerException(FailureKind.ImageDamaged, "The TIFF does not say where its picture lies. Scan the page again.");
        }

        for (var i = 0; i < PieceOffsets.Count; i++)
        {
            _ = file.At(PieceOffsets[i], PieceLengths.Count == 0 ? 1 : PieceLengths[i]);
        }
    }
}
