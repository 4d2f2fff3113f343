using System.Buffers.Text;
using Digitizer.Native;
using Digitizer.Pages.Pdf;

namespace Digitizer.Conformance.Syntax;

/// <summary>Where an object of the file is.</summary>
/// <param name="Id">Object number.</param>
/// <param name="Generation">Generation.</param>
/// <param name="Offset">In the file; 0 for an object within a stream of objects.</param>
/// <param name="Container">Number of that stream; 0 for an object of its own.</param>
internal readonly record struct ObjectPlace(int Id, int Generation, long Offset, int Container);

/// <summary>
/// Follows the cross-reference sections as they are written (ISO 32000-1, 7.5.4 and 7.5.8; ISO 19005-2, 6.1.4),
/// because libqpdf does not say how they are written.
/// </summary>
internal sealed class XrefWalk(Checking checking)
{
    private const int MostSections = 1024;
    private readonly Dictionary<int, ObjectPlace> places = [];
    private readonly HashSet<int> free = [];

    /// <summary>Every object in use, each once.</summary>
    public IReadOnlyCollection<ObjectPlace> Places => places.Values;

    /// <summary>The id of each section's trailer, in the order of the walk; null where it has none.</summary>
    public List<CosValue?> Ids { get; } = [];

    /// <exception cref="Failures.DigitizerException">PdfDamaged, PdfTooComplex.</exception>
    public void Walk()
    {
        var waiting = new Queue<long>([Start()]);
        var seen = new HashSet<long>();
        while (waiting.TryDequeue(out var at))
        {
            if (!seen.Add(at) || seen.Count > MostSections || at < 0 || at >= checking.Bytes.Length)
            {
                throw Lost();
            }

            var trailer = checking.Bytes.AsSpan((int)at).StartsWith("xref"u8) ? Table((int)at) : Stream((int)at);
            Ids.Add(trailer.GetValueOrDefault("ID"));
            foreach (var key in (string[])["XRefStm", "Prev"])
            {
                if (trailer.GetValueOrDefault(key) is { Kind: CosKind.Number } next)
                {
                    waiting.Enqueue((long)next.Number);
                }
            }
        }
    }

    private long Start()
    {
        var at = checking.Bytes.AsSpan().LastIndexOf("startxref"u8);
        var reader = new CosReader(checking.Bytes.AsSpan(Math.Max(0, at)), checking.Limits, null, "");
        reader.Next();
        return at >= 0 && reader.Next() is { Kind: CosKind.Number } start ? (long)start.Number : throw Lost();
    }

    private IReadOnlyDictionary<string, CosValue> Table(int at)
    {
        var bytes = checking.Bytes.AsSpan();
        var end = FileFrameCheck.EndOfLine(bytes[(at + 4)..]);
        var isClean = end > 0 && at + 4 + end < bytes.Length && bytes[at + 4 + end] is >= (byte)'0' and <= (byte)'9';
        checking.Findings.Require(isClean, "6.1.4", "more than the end of the line stands between xref and its first section", "the cross-reference table");

        // Read over the whole file: a table has no length of its own.
        var reader = new CosReader(bytes, checking.Limits, checking.Findings, "the trailer") { At = at + 4 };
        while (reader.SkipBlanks())
        {
            var section = reader.At;
            var first = reader.Next()!;
            if (first.IsWord("trailer"))
            {
                return reader.Next() is { Kind: CosKind.Dictionary } trailer ? trailer.Entries : throw Lost();
            }

            var count = reader.Next();
            if (first.Kind != CosKind.Number || count is not { Kind: CosKind.Number })
            {
                throw Lost();
            }

            CheckHeader(bytes[section..reader.At]);
            Entries(ref reader, (int)Math.Clamp(first.Number, 0, int.MaxValue), (long)count.Number);
        }

        throw Lost();
    }

    private void CheckHeader(ReadOnlySpan<byte> header)
    {
        var isClean = Utf8Parser.TryParse(header, out int _, out var used) && used < header.Length && header[used] == ' '
            && Utf8Parser.TryParse(header[(used + 1)..], out int _, out var rest) && used + 1 + rest == header.Length;
        checking.Findings.Require(isClean, "6.1.4", "start and length of a section are not parted by one blank", "the cross-reference table");
    }

    private void Entries(ref CosReader reader, int first, long count)
    {
        for (var i = 0L; i < count; i++)
        {
            var (offset, generation, kind) = (reader.Next(), reader.Next(), reader.Next());
            if (offset is not { Kind: CosKind.Number } || generation is not { Kind: CosKind.Number } || kind is not { Kind: CosKind.Word })
            {
                throw Lost();
            }

            Add(kind.Name == "n" ? 1 : 0, first + i, (long)offset.Number, (long)generation.Number);
        }
    }

    private IReadOnlyDictionary<string, CosValue> Stream(int at)
    {
        var reader = new CosReader(checking.Bytes, checking.Limits, null, "") { At = at };
        var (id, generation, word, value) = (reader.Next(), reader.Next(), reader.Next(), reader.Next());
        if (id is not { Kind: CosKind.Number } || generation is not { Kind: CosKind.Number } || word is null || !word.IsWord("obj") || value is not { Kind: CosKind.Dictionary })
        {
            throw Lost();
        }

        var stream = checking.File.Object((int)Math.Clamp(id.Number, 0, int.MaxValue), (int)Math.Clamp(generation.Number, 0, ushort.MaxValue));
        if (!stream.IsStream || stream["Type"].Name != "XRef")
        {
            throw Lost();
        }

        Rows(stream, checking.Unpack(stream));
        return value.Entries;
    }

    private void Rows(QpdfObject stream, byte[] data)
    {
        var widths = Enumerable.Range(0, 3).Select(i => (int)Math.Clamp(stream["W"][i].Integer ?? 0, 0, 8)).ToArray();
        var index = stream["Index"];
        var (at, row) = (0, widths.Sum());
        for (var pair = 0; pair == 0 || pair + 1 < index.Count; pair += 2)
        {
            var first = index[pair].Integer ?? 0;
            var count = index.Count == 0 ? stream["Size"].Integer ?? 0 : index[pair + 1].Integer ?? 0;
            for (var i = 0L; i < count && row > 0 && at + row <= data.Length; i++, at += row)
            {
                var kind = widths[0] == 0 ? 1 : Field(data, at, widths[0]);
                Add(kind, first + i, Field(data, at + widths[0], widths[1]), Field(data, at + widths[0] + widths[1], widths[2]));
            }
        }
    }

    private static long Field(byte[] data, int at, int width)
    {
        var value = 0L;
        for (var i = 0; i < width; i++)
        {
            value = (value << 8) | data[at + i];
        }

        return value;
    }

    /// <summary>The section that comes first in the walk is the newest, and wins.</summary>
    private void Add(long kind, long id, long second, long third)
    {
        if (id is <= 0 or > int.MaxValue || places.ContainsKey((int)id) || free.Contains((int)id))
        {
            return;
        }

        if (places.Count + free.Count > checking.Limits.MaxObjects)
        {
            throw PdfRefusal.TooComplex($"has more than {checking.Limits.MaxObjects} objects");
        }

        if (kind == 1)
        {
            places[(int)id] = new ObjectPlace((int)id, (int)Math.Clamp(third, 0, ushort.MaxValue), second, 0);
        }
        else if (kind == 2)
        {
            places[(int)id] = new ObjectPlace((int)id, 0, 0, (int)Math.Clamp(second, 0, int.MaxValue));
        }
        else
        {
            free.Add((int)id);
        }
    }

    private static Failures.DigitizerException Lost() => PdfRefusal.Damaged("its cross-reference section is not where, or not what, it should be");
}
