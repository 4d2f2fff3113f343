using System.Buffers.Text;

namespace Digitizer.Pages.Pdf;

/// <summary>
/// The revisions of a PDF: each table of references names the one before it (/Prev), from the last one on (ISO 32000-1, 7.5.6). A file in which another place is
/// called a start that is not among them, or which defines an object more often than it has revisions, may be read in two ways, as programs differ in which one they take.
/// </summary>
internal static class RevisionChain
{
    private const int MostRevisions = 10_000;

    // All tables together are read no further than this many times the file's length: hostile ones overlap.
    private const int MostReadings = 2;

    // Between the keyword and its number, and of the dictionary behind a table.
    private const int Near = 32;
    private const int LongestTrailer = 1 << 16;

    /// <summary>Whether all programs must read the same in it.</summary>
    /// <param name="file">The whole file.</param>
    public static bool IsOne(ReadOnlySpan<byte> file)
    {
        var header = Math.Max(0, file.IndexOf("%PDF-"u8));
        var starts = Starts(file);
        if (starts.Count == 0)
        {
            return true;
        }

        var reached = new HashSet<long> { 0 };
        var open = new Stack<long>([starts[^1]]);
        var budget = MostReadings * ((long)file.Length + LongestTrailer);
        while (open.TryPop(out var start) && reached.Count < MostRevisions && budget > 0)
        {
            if (start >= 0 && reached.Add(start) && SectionAt(file, start, header, ref budget) is { IsEmpty: false } section)
            {
                Follow(section, "/Prev"u8, open);
                Follow(section, "/XRefStm"u8, open);
            }
        }

        return starts.TrueForAll(reached.Contains) && MostDefinitions(file) < reached.Count;
    }

    /// <summary>How often the object is defined that is defined most often, of those that do not lie in packed streams.</summary>
    private static int MostDefinitions(ReadOnlySpan<byte> file)
    {
        var (counts, most) = (new Dictionary<int, int>(), 0);
        for (var at = 0; file[at..].IndexOf(" obj"u8) is >= 0 and var found; at += " obj"u8.Length)
        {
            at += found;
            if (ObjectBefore(file[Math.Max(0, at - Near)..at]) is { } number && counts.Count < PdfLimits.Default.MaxObjects)
            {
                most = Math.Max(most, counts[number] = counts.GetValueOrDefault(number) + 1);
            }
        }

        return most;
    }

    /// <summary>The number in front of a generation, on a line of its own.</summary>
    private static int? ObjectBefore(ReadOnlySpan<byte> text)
    {
        var generation = text.LastIndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (generation < 1 || generation == text.Length - 1 || text[generation] != ' ')
        {
            return null;
        }

        text = text[..generation];
        var digits = text[(text.LastIndexOfAnyExceptInRange((byte)'0', (byte)'9') + 1)..];
        var before = text.Length - digits.Length - 1;
        return (before < 0 || text[before] is (byte)'\n' or (byte)'\r') && Utf8Parser.TryParse(digits, out int number, out _) ? number : null;
    }

    /// <summary>The numbers behind each "startxref".</summary>
    private static List<long> Starts(ReadOnlySpan<byte> file)
    {
        var starts = new List<long>();
        for (var at = 0; file[at..].IndexOf("startxref"u8) is >= 0 and var found;)
        {
            at += found + "startxref".Length;
            if (Number(file[at..Math.Min(file.Length, at + Near)]) is { } start && starts.Count < MostRevisions)
            {
                starts.Add(start);
            }
        }

        return starts;
    }

    /// <summary>What holds the entries of the trailer that belongs to a table; offsets count from the header, or from the file's first byte.</summary>
    private static ReadOnlySpan<byte> SectionAt(ReadOnlySpan<byte> file, long start, int header, ref long budget)
    {
        var at = start + header < file.Length && IsTable(file[(int)(start + header)..]) ? start + header : start;
        if (at >= file.Length)
        {
            return [];
        }

        var section = file[(int)at..];
        var trailer = IsTable(section) ? section.IndexOf("trailer"u8) : 0;
        budget -= (trailer < 0 ? section.Length : trailer) + Near;
        section = trailer < 0 ? [] : section[trailer..];
        section = section[..Math.Min(section.Length, LongestTrailer)];
        var end = section.IndexOf("startxref"u8) is >= 0 and var next ? next : section.Length;
        return section[..(section.IndexOf("stream"u8) is >= 0 and var stream && stream < end ? stream : end)];
    }

    private static bool IsTable(ReadOnlySpan<byte> text) => text[..Math.Min(text.Length, Near)].TrimStart(" \t\r\n\f\0"u8).StartsWith("xref"u8);

    private static void Follow(ReadOnlySpan<byte> section, ReadOnlySpan<byte> key, Stack<long> open)
    {
        if (section.IndexOf(key) is >= 0 and var at && Number(section[(at + key.Length)..]) is { } start)
        {
            open.Push(start);
        }
    }

    private static long? Number(ReadOnlySpan<byte> text)
        => Utf8Parser.TryParse(text.TrimStart(" \t\r\n\f"u8), out long value, out _) ? value : null;
}
