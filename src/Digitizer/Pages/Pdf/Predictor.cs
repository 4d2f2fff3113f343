using Digitizer.Native;

namespace Digitizer.Pages.Pdf;

/// <summary>The prediction that rows were coded with (ISO 32000-1, 7.4.4.4; PNG specification, 9.2).</summary>
internal sealed class Predictor
{
    private const int Tiff = 2;
    private const int FirstOfPng = 10;
    private const int MostBits = 1 << 24;
    private readonly int kind;
    private readonly int pixel;

    private Predictor(int kind, int colors, int bits, int columns)
    {
        this.kind = kind;
        pixel = Math.Max(1, colors * bits / 8);
        Stride = (int)((((long)colors * bits * columns) + 7) / 8);
    }

    /// <summary>Bytes of a row.</summary>
    public int Stride { get; }

    /// <summary>Null if there is none.</summary>
    /// <exception cref="Failures.DigitizerException">PdfDamaged, FormatNotSupported.</exception>
    public static Predictor? Of(QpdfObject parameters)
    {
        var kind = parameters["Predictor"].Integer ?? 1;
        var (colors, bits, columns) = (parameters["Colors"].Integer ?? 1, parameters["BitsPerComponent"].Integer ?? 8, parameters["Columns"].Integer ?? 1);
        if (kind == 1)
        {
            return null;
        }

        if (kind is not (Tiff or (>= FirstOfPng and <= 15)) || colors is < 1 or > 32 || bits is not (1 or 2 or 4 or 8 or 16) || columns < 1 || columns > MostBits)
        {
            throw PdfRefusal.Damaged("a stream says that it is packed in a way that does not exist");
        }

        return kind == Tiff && bits != 8
            ? throw PdfRefusal.NotSupported($"is predicted on {bits} bits")
            : new Predictor((int)kind, (int)colors, (int)bits, (int)columns);
    }

    /// <exception cref="Failures.DigitizerException">PdfDamaged.</exception>
    public byte[] Undo(byte[] data)
    {
        if (kind == Tiff)
        {
            for (var row = 0; row < data.Length; row += Stride)
            {
                for (var i = row + pixel; i < Math.Min(row + Stride, data.Length); i++)
                {
                    data[i] += data[i - pixel];
                }
            }

            return data;
        }

        // A last row that is cut stays cut: the picture then finds that bytes are missing.
        var rows = data.Length / (Stride + 1);
        var output = new byte[(long)rows * Stride];
        var above = new byte[Stride];
        for (var y = 0; y < rows; y++)
        {
            var row = output.AsSpan(y * Stride, Stride);
            data.AsSpan((y * (Stride + 1)) + 1, Stride).CopyTo(row);
            UndoRow(data[y * (Stride + 1)], row, above);
            row.CopyTo(above);
        }

        return output;
    }

    private void UndoRow(byte filter, Span<byte> row, ReadOnlySpan<byte> above)
    {
        switch (filter)
        {
            case 0:
                break;
            case 1:
                for (var i = pixel; i < row.Length; i++)
                {
                    row[i] += row[i - pixel];
                }

                break;
            case 2:
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] += above[i];
                }

                break;
            case 3:
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] += (byte)(((i < pixel ? 0 : row[i - pixel]) + above[i]) / 2);
                }

                break;
            case 4:
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] += i < pixel ? above[i] : Paeth(row[i - pixel], above[i], above[i - pixel]);
                }

                break;
            default:
                throw PdfRefusal.Damaged("a stream cannot be unpacked");
        }
    }

    private static byte Paeth(int left, int above, int corner)
    {
        var guess = left + above - corner;
        var (toLeft, toAbove, toCorner) = (Math.Abs(guess - left), Math.Abs(guess - above), Math.Abs(guess - corner));
        return (byte)(toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner);
    }
}
