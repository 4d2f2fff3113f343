using System.Buffers.Text;

namespace Digitizer.Intake.Completeness;

/// <summary>
/// Whether a PDF has its end: by its first and last bytes and the one place that these point to
/// (ISO 32000-1, 7.5.5, annex F.3.3). Nothing is decoded. A file that is still being written, or was
/// cut, has no end, with one exception that no reader can see: a cut exactly where an earlier revision of it ended.
/// </summary>
internal static class PdfEnd
{
    /// <summary>So much of the start is looked at: the header, and the dictionary of a linearized file.</summary>
    private const int Head = 2048;
    private const int HeaderWithin = 1024;
    private const int Tail = 2048;
    private const int Target = 64;

    /// <summary>True if <paramref name="file"/>, which must seek, starts and ends as a whole PDF does.</summary>
    /// <exception cref="IOException">An error of the disk.</exception>
    public static bool IsWhole(Stream file)
    {
        var head = Read(file, 0, Head);
        var header = head.AsSpan(0, Math.Min(head.Length, HeaderWithin)).IndexOf("%PDF-"u8);
        var tailAt = Math.Max(0, file.Length - Tail);
        return header >= 0
            && HasAnnouncedLength(head.AsSpan(header), file.Length - header)
            && CrossReference(Read(file, tailAt, Tail), tailAt) is { } end
            && (PointsToCrossReference(file, header + end.Target, end.At) || (header > 0 && PointsToCrossReference(file, end.Target, end.At)));
    }

    /// <summary>A linearized file says in its first object how long it is; later revisions only lengthen it.</summary>
    private static bool HasAnnouncedLength(ReadOnlySpan<byte> head, long length)
    {
        var at = head.IndexOf("/Linearized"u8);
        if (at < 0)
        {
            return true;
        }

        var dictionary = head[at..];
        var end = dictionary.IndexOf(">>"u8);
        dictionary = end < 0 ? dictionary : dictionary[..end];
        for (var key = dictionary.IndexOf("/L"u8); key >= 0; key = Next(dictionary, key))
        {
            if (key + 2 < dictionary.Length && IsSpace(dictionary[key + 2]))
            {
                return Number(dictionary[(key + 2)..]) is { } announced && length >= announced;
            }
        }

        return false;

        static int Next(ReadOnlySpan<byte> dictionary, int key)
            => dictionary[(key + 2)..].IndexOf("/L"u8) is >= 0 and var step ? key + 2 + step : -1;
    }

    /// <summary>Reads "startxref, a number, %%EOF", after which only blanks may follow.</summary>
    /// <returns>The number, and where "startxref" stands.</returns>
    private static (long Target, long At)? CrossReference(ReadOnlySpan<byte> tail, long tailAt)
    {
        var end = tail.Length;
        while (end > 0 && (IsSpace(tail[end - 1]) || tail[end - 1] == 0))
        {
            end--;
        }

        var at = tail[..end].LastIndexOf("startxref"u8);
        if (at < 0 || !tail[..end].EndsWith("%%EOF"u8))
        {
            return null;
        }

        var between = tail[(at + "startxref".Length)..(end - "%%EOF".Length)];
        return Number(between) is > 0 and var target && OnlyOneNumber(between) ? (target, tailAt + at) : null;
    }

    private static bool OnlyOneNumber(ReadOnlySpan<byte> text) => text.Trim(" \t\r\n\f"u8).IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;

    private static bool PointsToCrossReference(Stream file, long target, long before)
    {
        if (target <= 0 || target >= before)
        {
            return false;
        }

        ReadOnlySpan<byte> there = Read(file, target, Target);
        there = there.TrimStart(" \t\r\n\f\0"u8);
        return there.StartsWith("xref"u8) || IsObject(there);
    }

    /// <summary>"12 0 obj": a cross-reference stream.</summary>
    private static bool IsObject(ReadOnlySpan<byte> text)
        => Utf8Parser.TryParse(text, out uint _, out var first) && first < text.Length && IsSpace(text[first])
        && Utf8Parser.TryParse(text[(first + 1)..], out uint _, out var second)
        && text[(first + 1 + second)..].TrimStart(" \t\r\n"u8).StartsWith("obj"u8);

    private static long? Number(ReadOnlySpan<byte> text)
        => Utf8Parser.TryParse(text.TrimStart(" \t\r\n\f"u8), out long value, out _) ? value : null;

    private static bool IsSpace(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'\f';

    private static byte[] Read(Stream file, long at, int count)
    {
        var bytes = new byte[(int)Math.Min(count, Math.Max(0, file.Length - at))];
        file.Position = at;
        var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read == bytes.Length ? bytes : bytes[..read];
    }
}
