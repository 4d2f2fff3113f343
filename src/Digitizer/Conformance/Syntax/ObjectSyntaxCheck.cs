using System.Globalization;
using Digitizer.Native;
using Digitizer.Pages.Pdf;

namespace Digitizer.Conformance.Syntax;

/// <summary>How objects and streams are written (ISO 19005-2, 6.1.6, 6.1.7, 6.1.9 and 6.1.13).</summary>
internal sealed class ObjectSyntaxCheck(Checking checking)
{
    private readonly HashSet<int> containers = [];

    /// <exception cref="Failures.DigitizerException">The object cannot be read.</exception>
    public void Check(ObjectPlace place)
    {
        if (place.Container == 0)
        {
            Direct(place);
        }
        else if (containers.Add(place.Container))
        {
            Contained(checking.File.Object(place.Container, 0), place.Container);
        }
    }

    private void Direct(ObjectPlace place)
    {
        var bytes = checking.Bytes.AsSpan();
        var where = $"object {place.Id}";
        if (place.Offset <= 0 || place.Offset >= bytes.Length)
        {
            throw PdfRefusal.Damaged("an object is outside of the file");
        }

        var at = (int)place.Offset;
        var head = string.Create(CultureInfo.InvariantCulture, $"{place.Id} {place.Generation} obj");
        var isClean = IsEnd(bytes[at - 1]) && HasWords(bytes[at..], head) && at + head.Length < bytes.Length && IsEnd(bytes[at + head.Length]);
        var reader = new CosReader(bytes, checking.Limits, checking.Findings, where) { At = at };
        reader.Next();
        reader.Next();
        if (reader.Next() is not { } word || !word.IsWord("obj"))
        {
            throw PdfRefusal.Damaged("an object is not where it should be");
        }

        isClean &= Value(ref reader, where);
        checking.Findings.Require(isClean, "6.1.9", "obj or endobj is not parted from its neighbours as it should be", where);
    }

    /// <summary>What stands between obj and endobj.</summary>
    /// <returns>False if endobj is not on a line of its own.</returns>
    private bool Value(ref CosReader reader, string where)
    {
        var value = reader.Next() ?? throw Cut();
        var next = value.IsWord("endobj") ? value : reader.Next() ?? throw Cut();
        if (value.Kind == CosKind.Number && next.Kind == CosKind.Number)
        {
            // An object that is nothing but a reference.
            reader.Next();
            next = reader.Next() ?? throw Cut();
        }

        if (next.IsWord("stream"))
        {
            Stream(ref reader, value.Entries, where);
            next = reader.Next() ?? throw Cut();
        }

        if (!next.IsWord("endobj"))
        {
            throw PdfRefusal.Damaged("an object does not end with endobj");
        }

        var end = reader.At - "endobj".Length;
        return IsEnd(checking.Bytes[end - 1]) && !reader.IsAtEnd && IsEnd(checking.Bytes[reader.At]);
    }

    private void Stream(ref CosReader reader, IReadOnlyDictionary<string, CosValue> entries, string where)
    {
        var bytes = checking.Bytes.AsSpan();
        var start = FileFrameCheck.EndOfLine(bytes[reader.At..]);
        checking.Findings.Require(start > 0 && bytes[reader.At + start - 1] == '\n', "6.1.7", "stream is not followed by a line feed", where);
        var data = reader.At + start;
        var length = Length(entries.GetValueOrDefault("Length"));
        if (length is { } exact && exact >= 0 && data + exact < bytes.Length)
        {
            var after = bytes[(int)(data + exact)..];
            var gap = FileFrameCheck.EndOfLine(after);
            if (after[gap..].StartsWith("endstream"u8))
            {
                checking.Findings.Require(gap > 0, "6.1.7", "endstream does not begin a line", where);
                reader.At = (int)(data + exact) + gap + "endstream".Length;
                return;
            }
        }

        checking.Findings.Add("6.1.7", "the stream is not as long as its Length says", where);
        var end = bytes[data..].IndexOf("endstream"u8);
        reader.At = end < 0 ? throw Cut() : data + end + "endstream".Length;
    }

    private long? Length(CosValue? value) => value switch
    {
        { Kind: CosKind.Number } => (long)value.Number,
        { Kind: CosKind.Reference } => checking.File.Object((int)Math.Clamp(value.Number, 0, int.MaxValue), value.Generation).Integer,
        _ => null,
    };

    private void Contained(QpdfObject stream, int id)
    {
        var where = $"the objects in stream {id}";
        if (!stream.IsStream)
        {
            throw PdfRefusal.Damaged("a stream of objects is missing");
        }

        var first = (int)Math.Clamp(stream["First"].Integer ?? 0, 0, int.MaxValue);
        var reader = new CosReader(checking.Unpack(stream), checking.Limits, checking.Findings, where) { At = first };
        while (reader.Next() is not null)
        {
        }
    }

    private static bool HasWords(ReadOnlySpan<byte> bytes, string words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (i >= bytes.Length || (words[i] == ' ' ? !PdfCharacters.IsBlank(bytes[i]) : bytes[i] != words[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsEnd(byte b) => b is 10 or 13;

    private static Failures.DigitizerException Cut() => PdfRefusal.Damaged("an object does not end");
}
