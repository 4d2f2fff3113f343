using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using static Digitizer.Assembly.Check.PdfFinding;

namespace Digitizer.Assembly.Check;

/// <summary>
/// Opens a PDF with a classic cross-reference table (ISO 32000-1, 7.5.4) and reads objects where
/// the table says they are. It repairs nothing: any doubt is a finding.
/// </summary>
internal sealed class PdfFileReader
{
    private const int EntryLength = 20;
    private const int LongestTail = 64;

    private readonly PdfScanner scanner;
    private readonly long[] objectOffsets;

    /// <exception cref="Failures.DigitizerException">PdfCheckFailed: header, table or trailer are not in order.</exception>
    public PdfFileReader(Stream file)
    {
        scanner = new PdfScanner(file);
        Version = ReadHeader();
        TableAt = ReadStart();
        scanner.Position = TableAt;
        Require(scanner.Line() == "xref", "the cross-reference table is not where the file says");
        objectOffsets = ReadTable();
        Require(scanner.Line() == "trailer", "there is no trailer after the cross-reference table");
        Trailer = scanner.Value() as PdfDictionary ?? throw Of("the trailer is no dictionary");
    }

    /// <summary>From the first line, for instance <c>1.7</c>.</summary>
    public string Version { get; }

    public PdfDictionary Trailer { get; }

    /// <summary>Where the cross-reference table begins: all objects lie before it.</summary>
    public long TableAt { get; }

    /// <summary>Objects have the numbers from 1 to this one, without gaps.</summary>
    public int LastNumber => objectOffsets.Length - 1;

    /// <summary>Reads an object and, if it is a stream, sees that its data ends where its length says.</summary>
    public PdfObject Object(int number)
    {
        Require(number >= 1 && number <= LastNumber, $"there is no object {number}");
        scanner.Position = objectOffsets[number];
        Require(scanner.Line() == string.Create(CultureInfo.InvariantCulture, $"{number} 0 obj"), $"object {number} is not where the cross-reference table says");
        var value = scanner.Value();
        scanner.SkipSpace();
        var keyword = scanner.Line();
        Require(keyword is "endobj" or "stream", $"object {number} does not end");
        return keyword == "endobj" ? new PdfObject(value, null) : Stream(number, value);
    }

    /// <summary>What a value refers to, or the value itself.</summary>
    public PdfObject Resolve(PdfValue? value) => value switch
    {
        PdfReference reference => Object(reference.Number),
        null => throw Of("an entry that must be there is missing"),
        _ => new PdfObject(value, null),
    };

    /// <summary>Length of a stream's data in bytes.</summary>
    public static long LengthOf(PdfObject stream)
        => stream.Dictionary?["Length"] is PdfNumber length ? (long)length.Value : throw Of("a stream has no length");

    /// <summary>SHA-256 of a part of the file; reads it through one buffer.</summary>
    /// <exception cref="Failures.DigitizerException">PdfCheckFailed: the file ends before the part does.</exception>
    public byte[] Sha256(long from, long length, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        scanner.Position = from;
        for (var left = length; left > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            var read = scanner.Read(buffer.AsSpan(0, (int)Math.Min(left, buffer.Length)));
            Require(read > 0, "the file ends too early");
            hash.AppendData(buffer, 0, read);
            left -= read;
        }

        return hash.GetHashAndReset();
    }

    /// <summary>The first bytes of a part of the file; fewer if the file ends.</summary>
    public ReadOnlySpan<byte> Head(long from, int length)
    {
        var head = new byte[length];
        scanner.Position = from;
        return head.AsSpan(0, scanner.Read(head));
    }

    /// <summary>A stream's data, unpacked where it is packed.</summary>
    /// <param name="stream">Made by our writer, so small or FlateDecode without predictor.</param>
    /// <param name="limit">More bytes than this are a finding.</param>
    public byte[] Data(PdfObject stream, int limit)
    {
        var length = LengthOf(stream);
        Require(stream.DataAt is not null && length <= limit, "a stream is longer than it can be");
        var data = new byte[length];
        scanner.Position = stream.DataAt ?? 0;
        Require(scanner.Read(data) == length, "the file ends within a stream");
        return stream.Dictionary!.IsName("Filter", "FlateDecode") ? Unpack(data, limit) : data;
    }

    private static byte[] Unpack(byte[] packed, int limit)
    {
        using var zlib = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var data = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            for (int read; (read = zlib.Read(buffer)) > 0; data.Write(buffer, 0, read))
            {
                Require(data.Length <= limit, "a stream unpacks to more than it can be");
            }
        }
        catch (InvalidDataException)
        {
            throw Of("a stream cannot be unpacked");
        }

        return data.ToArray();
    }

    private PdfObject Stream(int number, PdfValue value)
    {
        var at = scanner.Position;
        var stream = new PdfObject(value, at);
        var end = at + LengthOf(stream);
        Require(end <= scanner.Length, $"the data of object {number} ends after the file");
        scanner.Position = end;
        Require(scanner.Line() == "" && scanner.Line() == "endstream" && scanner.Line() == "endobj", $"the data of object {number} is not as long as it says");
        return stream;
    }

    private string ReadHeader()
    {
        scanner.Position = 0;
        var (header, mark) = (scanner.Line(), scanner.Line());
        Require(header.StartsWith("%PDF-1.", StringComparison.Ordinal), "it does not begin with %PDF");
        Require(mark.Length == 5 && mark[0] == '%' && mark.Skip(1).All(c => c > 127), "the comment that marks it as binary is missing");
        return header["%PDF-".Length..];
    }

    private long ReadStart()
    {
        scanner.Position = Math.Max(0, scanner.Length - LongestTail);
        var tail = new byte[LongestTail];
        var text = System.Text.Encoding.Latin1.GetString(tail, 0, scanner.Read(tail));
        var lines = text.Split('\n');
        Require(lines is [.., "startxref", _, "%%EOF", ""], "it does not end with startxref and %%EOF");
        var isNumber = long.TryParse(lines[^3], NumberStyles.None, CultureInfo.InvariantCulture, out var start);
        Require(isNumber && start < scanner.Length, "startxref leads nowhere");
        return start;
    }

    private long[] ReadTable()
    {
        var range = scanner.Line().Split(' ');
        Require(range is ["0", _] && int.TryParse(range[1], out _), "the cross-reference table is not in one piece");
        var count = int.Parse(range[1], NumberStyles.None, CultureInfo.InvariantCulture);
        Require(count > 1 && (long)count * EntryLength < scanner.Length, "the cross-reference table is longer than the file");
        Require(scanner.Line() == "0000000000 65535 f ", "the cross-reference table has no free entry at its head");
        var offsets = new long[count];
        for (var i = 1; i < count; i++)
        {
            var entry = scanner.Line();
            Require(
                entry.EndsWith(" 00000 n ", StringComparison.Ordinal) && long.TryParse(entry.AsSpan(0, 10), NumberStyles.None, CultureInfo.InvariantCulture, out offsets[i]),
                $"entry {i} of the cross-reference table is not in order");
        }

        return offsets;
    }
}
