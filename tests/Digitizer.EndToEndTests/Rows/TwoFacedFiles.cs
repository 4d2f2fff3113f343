using System.Text;
using Digitizer.EndToEndTests.Support;
using Digitizer.Tests.Support;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>Files that show one thing in one program and another in the next (row D7): of two formats at once, or PDFs that can be read in two ways.</summary>
internal static class TwoFacedFiles
{
    // An archive without entries; its comment may hide anything behind it.
    private static readonly byte[] EmptyZip = [.. "PK\u0005\u0006"u8, .. new byte[18]];

    public static IReadOnlyDictionary<string, byte[]> All { get; } = Polyglots().Concat(Schizophrenics()).ToDictionary(file => file.Name, file => file.Bytes);

    private static byte[] Pdf => ScanPdf.Of(ScanPage.Blank);

    private static IEnumerable<(string Name, byte[] Bytes)> Polyglots()
    {
        var (jpeg, png) = (Fixture("gray-baseline.jpg"), Fixture("gray8.png"));
        byte[] note = [0xFF, 0xFE, 0, 10, .. "%PDF-1.7"u8];
        yield return ("jpeg-with-pdf.jpg", [.. jpeg[..2], .. note, .. jpeg[2..], .. Pdf]);
        yield return ("png-with-pdf.png", [.. png[..33], .. Pictures.PngChunk("tEXt", [.. "a\0%PDF-1.7"u8]), .. png[33..], .. Pdf]);
        foreach (var (name, start) in new (string, byte[])[]
        {
            ("tiff", [.. "II*\0"u8, 8, 0, 0, 0]), ("bmp", [.. "BM"u8, 9, 9, 0, 0, 0, 0, 0, 0]), ("gif", [.. "GIF89a"u8]), ("jp2", [0, 0, 0, 12, .. "jP  "u8]), ("film", [0, 0, 0, 24, .. "ftypmp42"u8]),
            ("zip", [.. "PK\u0003\u0004"u8]), ("program", [.. "MZ"u8]), ("elf", [.. "\u007fELF"u8]), ("script", [.. "#!/bin/sh\n"u8]), ("page", [.. "<html>"u8]), ("rar", [.. "Rar!"u8]),
        })
        {
            yield return ($"{name}-before-pdf.pdf", [.. start, (byte)'\n', .. Pdf]);
        }

        yield return ("pdf-with-zip.pdf", [.. Pdf, .. EmptyZip]);
        yield return ("zip-around-pdf.pdf", [.. Pdf[..9], .. EmptyZip[..20], .. BitConverter.GetBytes((ushort)(Pdf.Length - 9)), .. Pdf[9..]]);
        yield return ("jpeg-with-zip.jpg", [.. jpeg, .. EmptyZip]);
        yield return ("png-with-zip.png", [.. png, .. EmptyZip]);
    }

    private static IEnumerable<(string Name, byte[] Bytes)> Schizophrenics()
    {
        var plain = Encoding.Latin1.GetString(Pdf);
        var table = plain.LastIndexOf("xref\n0 ", StringComparison.Ordinal);
        var end = plain[table..];

        // A table of references that nothing names, in front of the one that counts.
        yield return Changed("table-that-nothing-names", plain.Insert(table, "%" + end.ReplaceLineEndings("\n%").Replace("startxref\n%", "startxref ", StringComparison.Ordinal) + "\n"), table);

        // Newer pages, and a last line that leads back to the older ones.
        yield return ("taken-back.pdf", Encoding.Latin1.GetBytes(plain + $"9 0 obj\n<< >>\nendobj\nxref\n9 1\n{plain.Length:0000000000} 00000 n \ntrailer\n<< /Size 10 /Root 1 0 R /Prev {table} >>\nstartxref\n{plain.Length + 24}\n%%EOF\nstartxref\n{table}\n%%EOF\n"));

        // The same object twice: a reader that puts the table together again takes the last.
        yield return Changed("object-twice", plain.Insert(table, plain[plain.IndexOf("1 0 obj", StringComparison.Ordinal)..(plain.IndexOf("endobj", StringComparison.Ordinal) + 7)]), table);
        foreach (var (name, entry) in new[] { ("roots", " /Root 1 0 R"), ("sizes", " /Size 99") })
        {
            yield return ($"two-{name}.pdf", Encoding.Latin1.GetBytes(plain.Insert(plain.LastIndexOf(" /Root", StringComparison.Ordinal), entry)));
        }

        foreach (var (name, entry, other) in new[] { ("contents", "/Contents ", "/Contents null "), ("page-trees", "/Pages ", "/Pages 3 0 R "), ("kids", "/Kids ", "/Kids [] "), ("lengths", "/Length ", "/Length 7 "), ("boxes", "/MediaBox ", "/MediaBox [0 0 9 9] ") })
        {
            var at = plain.IndexOf(entry, StringComparison.Ordinal);
            yield return Changed($"two-{name}", plain.Insert(at, other), table, at);
        }
    }

    /// <summary>A file with something inserted: what lies behind it is where the table says again.</summary>
    private static (string Name, byte[] Bytes) Changed(string name, string text, int table, int at = int.MaxValue)
    {
        var moved = text.LastIndexOf("xref\n0 ", StringComparison.Ordinal);
        var by = moved - table;
        var lines = text[moved..].Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length == 19 && lines[i].EndsWith(" n ", StringComparison.Ordinal) && long.Parse(lines[i][..10], System.Globalization.CultureInfo.InvariantCulture) is var offset && offset > at)
            {
                lines[i] = FormattableString.Invariant($"{offset + by:0000000000}{lines[i][10..]}");
            }
        }

        var end = Array.LastIndexOf(lines, "startxref");
        lines[end + 1] = FormattableString.Invariant($"{moved}");
        return (name + ".pdf", Encoding.Latin1.GetBytes(text[..moved] + string.Join('\n', lines)));
    }

    private static byte[] Fixture(string name) => File.ReadAllBytes(Path.Combine(Samples.Fixtures, "formats", name));
}
