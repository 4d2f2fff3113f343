using System.IO.Compression;
using Digitizer.Native;

namespace Digitizer.Pages.Pdf;

/// <summary>Undoes one filter, never giving more than asked for.</summary>
internal static class Unpacking
{
    private const int Block = 1 << 16;

    /// <returns>The bytes, or null if there are more than <paramref name="most"/>.</returns>
    /// <exception cref="Failures.DigitizerException">PdfDamaged, FormatNotSupported.</exception>
    public static byte[]? Undo(string filter, byte[] data, QpdfObject parameters, int most) => filter switch
    {
        "FlateDecode" => Predicted(parameters, most, room => Inflate(data, room)),
        "LZWDecode" => Predicted(parameters, most, room => Lzw.Unpack(data, parameters["EarlyChange"].Integer == 0 ? 0 : 1, room)),
        "ASCIIHexDecode" => Hex(data, most),
        "ASCII85Decode" => Ascii85(data, most),
        _ => Runs(data, most),
    };

    private static byte[]? Predicted(QpdfObject parameters, int most, Func<int, byte[]?> unpack)
    {
        var predictor = Predictor.Of(parameters);

        // One byte a row more than it gives.
        var room = predictor is null ? most : (int)Math.Min(int.MaxValue, most + (most / (long)Math.Max(1, predictor.Stride)) + predictor.Stride + 1L);
        if (unpack(room) is not { } unpacked)
        {
            return null;
        }

        var bytes = predictor is null ? unpacked : predictor.Undo(unpacked);
        return bytes.Length <= most ? bytes : null;
    }

    private static byte[]? Inflate(byte[] data, int most)
    {
        using var output = new MemoryStream();
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(data, writable: false), CompressionMode.Decompress);
            var block = new byte[Block];
            for (int read; (read = zlib.Read(block)) > 0;)
            {
                if (output.Length + read > most)
                {
                    return null;
                }

                output.Write(block, 0, read);
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            // An IOException is what zlib's rarer refusals become: a stream that wants a dictionary of its own.
            throw PdfRefusal.Damaged("a stream cannot be unpacked");
        }

        return output.ToArray();
    }

    private static byte[]? Hex(byte[] data, int most)
    {
        var digits = new List<byte>(Math.Min(data.Length, most));
        foreach (var b in data)
        {
            if (b == '>')
            {
                break;
            }

            if (b is not (0 or 9 or 10 or 12 or 13 or 32))
            {
                digits.Add(char.IsAsciiHexDigit((char)b) ? b : throw PdfRefusal.Damaged("a stream cannot be unpacked"));
            }
        }

        if (digits.Count % 2 != 0)
        {
            digits.Add((byte)'0');
        }

        return digits.Count / 2 > most ? null : Convert.FromHexString(System.Text.Encoding.ASCII.GetString([.. digits]));
    }

    private static byte[]? Ascii85(byte[] data, int most)
    {
        using var output = new MemoryStream();
        var (group, count) = (0L, 0);
        foreach (var b in data)
        {
            if (b == '~')
            {
                break;
            }

            if (b is 0 or 9 or 10 or 12 or 13 or 32)
            {
                continue;
            }

            if (b == 'z' && count == 0)
            {
                output.Write([0, 0, 0, 0]);
            }
            else
            {
                (group, count) = b is >= (byte)'!' and <= (byte)'u' ? ((group * 85) + (b - '!'), count + 1) : throw PdfRefusal.Damaged("a stream cannot be unpacked");
                if (count == 5)
                {
                    Write(output, group, 4);
                    (group, count) = (0, 0);
                }
            }

            if (output.Length > most)
            {
                return null;
            }
        }

        for (var i = count; i is > 0 and < 5; i++)
        {
            group = (group * 85) + 84;
        }

        Write(output, group, Math.Max(0, count - 1));
        return output.Length > most ? null : output.ToArray();
    }

    private static void Write(MemoryStream output, long group, int bytes)
    {
        for (var i = 0; i < bytes; i++)
        {
            output.WriteByte((byte)(group >> (24 - (8 * i))));
        }
    }

    private static byte[]? Runs(byte[] data, int most)
    {
        using var output = new MemoryStream();
        for (var at = 0; at < data.Length && data[at] != 128;)
        {
            var length = data[at++];
            if (length < 128)
            {
                if (at + length + 1 > data.Length)
                {
                    throw PdfRefusal.Damaged("a stream cannot be unpacked");
                }

                output.Write(data, at, length + 1);
                at += length + 1;
            }
            else
            {
                var value = at < data.Length ? data[at++] : throw PdfRefusal.Damaged("a stream cannot be unpacked");
                output.Write(Enumerable.Repeat(value, 257 - length).ToArray());
            }

            if (output.Length > most)
            {
                return null;
            }
        }

        return output.ToArray();
    }
}
