namespace Digitizer.Intake.Completeness;

/// <summary>
/// Walks a TIFF's directories (TIFF 6.0, section 2): every value, strip and tile must lie inside the
/// file and the chain must end with 0. Decoders forgive what this does not.
/// </summary>
internal sealed class TiffEnd
{
    // As many as a TIFF can name without a circle in 32 bits, cut to what a hostile file may cost us.
    private const int MaxDirectories = 20_000;
    private const int MaxPieces = 1_000_000;

    private static readonly int[] TypeSizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];

    private readonly FileBytes file;
    private readonly bool little;
    private int pieces;
    private int entries;

    private TiffEnd(FileBytes file)
    {
        this.file = file;
        little = file.U8(0) == (byte)'I';
    }

    /// <exception cref="CutShortException">Something lies outside the file.</exception>
    public static Wholeness Walk(FileBytes file) => new TiffEnd(file).Walk();

    private Wholeness Walk()
    {
        var seen = new HashSet<long>();
        var isCertain = true;
        for (var at = U32(4); at != 0; at = U32(at + 2 + (12L * U16(at))))
        {
            entries += U16(at);
            if (!seen.Add(at) || seen.Count > MaxDirectories || entries > MaxPieces)
            {
                // No cut makes a circle, or overlapping directories. The page-worker refuses it by name.
                return new Wholeness(true, null);
            }

            isCertain &= Directory(at);
        }

        return seen.Count == 0 ? Wholeness.Cut : new Wholeness(true, isCertain ? seen.Count : null);
    }

    /// <returns>False for what is said to be a smaller copy of a page: only a reader can tell whether it is.</returns>
    private bool Directory(long at)
    {
        var directory = new Directories();
        for (var i = 0; i < U16(at); i++)
        {
            Entry(at + 2 + (12L * i), directory);
        }

        CheckPieces(directory);
        return !directory.IsThumbnail;
    }

    private void Entry(long at, Directories directory)
    {
        var (tag, type, count) = (U16(at), U16(at + 2), U32(at + 4));
        if (type < 1 || type >= TypeSizes.Length)
        {
            return;
        }

        var size = TypeSizes[type] * count;
        var values = new Values(size <= 4 ? at + 8 : U32(at + 8), type, count);
        if (size > 0)
        {
            _ = file.At(values.At + size - 1, 1);
        }

        switch (tag)
        {
            case 254: directory.IsThumbnail = (Number(values, 0) & 1) != 0; break;
            case 256: directory.Width = Number(values, 0); break;
            case 257: directory.Height = Number(values, 0); break;
            case 258: directory.Bits = Number(values, 0); break;
            case 259: directory.Compression = Number(values, 0); break;
            case 273 or 324: directory.Offsets = values; break;
            case 277: directory.Samples = Number(values, 0); break;
            case 279 or 325: directory.Lengths = values; break;
            default: break;
        }
    }

    private void CheckPieces(Directories directory)
    {
        var (offsets, lengths) = (directory.Offsets, directory.Lengths);
        if (offsets.Count == 0)
        {
            // A directory of zeros: room that is made and not yet filled.
            throw new CutShortException();
        }

        pieces += (int)Math.Min(offsets.Count, MaxPieces + 1L);
        if (pieces > MaxPieces)
        {
            return;
        }

        for (var i = 0; i < offsets.Count; i++)
        {
            // Where no lengths are given, which only uncompressed pictures may do, the last strip ends with the rows.
            var length = i < lengths.Count ? Number(lengths, i) : offsets.Count == 1 && directory.Compression == 1 ? directory.RowBytes * directory.Height : 1;
            if (length > 0)
            {
                _ = file.At(Number(offsets, i) + length - 1, 1);
            }
        }
    }

    private long Number(Values values, int index) => values.Type switch
    {
        1 or 6 or 7 => file.U8(values.At + index),
        3 or 8 => U16(values.At + (2L * index)),
        _ => U32(values.At + ((long)TypeSizes[values.Type] * index)),
    };

    private int U16(long at) => file.U16(at, little);

    private long U32(long at) => file.U32(at, little);

    private readonly record struct Values(long At, int Type, long Count);

    private sealed class Directories
    {
        public bool IsThumbnail { get; set; }

        public long Width { get; set; }

        public long Height { get; set; }

        public long Bits { get; set; } = 1;

        public long Samples { get; set; } = 1;

        public long Compression { get; set; } = 1;

        public Values Offsets { get; set; }

        public Values Lengths { get; set; }

        public long RowBytes => ((Width * Bits * Samples) + 7) / 8;
    }
}
