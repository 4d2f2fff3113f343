using System.Diagnostics;
using System.Text;
using Digitizer.EndToEndTests.Support;
using Digitizer.Tests.Support;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>
/// Row D5, for PDFs: files cut and with flipped bits. None is filed with fewer pages than the whole has, nor with other words,
/// unless no reader could see the damage: a letter that became another one in a content stream that is not packed.
/// </summary>
[Trait("Row", "D5")]
public sealed class RowD5DamagedPdfs : IDisposable
{
    private const int Pages = 3;
    private static readonly string[] First = ["Don de nghi cap giay phep xay dung", "Kinh gui: Uy ban nhan dan phuong Dong Hoa"];
    private static readonly string[] Last = ["Toi xin cam doan nhung dieu tren la dung su that", "Nguoi lam don"];

    private readonly TestProgram program = new();
    private readonly PdfTools tools = new();

    public void Dispose()
    {
        program.Dispose();
        tools.Dispose();
    }

    [Fact]
    public async Task No_damaged_PDF_is_filed_with_fewer_pages_or_other_words()
    {
        var row = new Row("D5", 16, 500, 5000);
        var random = new Random(20261129);
        var whole = Whole();
        program.Write("in/whole.pdf", whole);
        var names = new List<string>();
        for (var i = 0; i < row.Count; i++)
        {
            names.Add(FormattableString.Invariant($"damaged-{i:0000}"));
            program.Write($"in/{names[^1]}.pdf", Damaged(whole, random, i));
        }

        var run = await program.RunAsync("process", "in");
        Assert.True(File.Exists(program["out/whole.pdf"]), run.ToString());
        var expected = PagesOf("whole");
        var refused = Exceptions.Of(program["out"]);
        var (reasons, unseen) = (new List<string>(), 0);
        foreach (var name in names)
        {
            var fault = refused.ContainsKey(name + ".pdf") ? null : FaultOf(name, expected);
            if (fault is not null && NobodySees(name))
            {
                unseen++;
                fault = null;
            }

            row.Trial(fault is null);
            if (fault is not null)
            {
                reasons.Add($"{name}: {fault}; {Changes(whole, File.ReadAllBytes(program[$"in/{name}.pdf"]))}");
            }
        }

        row.Note($"refused {refused.Count}, damage that no reader sees {unseen}");
        row.Report(reasons);
        Assert.InRange(unseen, 0, names.Count / 10);
    }

    private string? FaultOf(string name, string[][] expected)
    {
        if (!File.Exists(program[$"out/{name}.pdf"]))
        {
            return "neither filed nor refused";
        }

        if (File.ReadAllText(program[$"out/{name}.json"]).Contains("\"state\":\"needs-review\"", StringComparison.Ordinal))
        {
            return null;
        }

        var found = PagesOf(name);
        var shown = tools.Words(program[$"out/{name}.pdf"]);
        return found.Length != Pages || shown.Count != Pages ? $"{found.Length} pages"
            : !found[0].SequenceEqual(expected[0]) || !found[2].SequenceEqual(expected[2]) ? $"other words: {string.Join(' ', found[0])} | {string.Join(' ', found[2])}"
            : found[1].Length == 0 ? "the scan was not read"
            : null;
    }

    private string[][] PagesOf(string name)
        => [.. File.ReadAllText(program[$"out/{name}.txt"]).TrimEnd('\f', '\n').Split('\f').Select(page => page.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))];

    /// <summary>Where the first bytes differ, and what stands there in both.</summary>
    private static string Changes(byte[] whole, byte[] damaged)
    {
        static string Around(byte[] file, int at) => Encoding.Latin1.GetString(file[Math.Max(0, at - 30)..Math.Min(file.Length, at + 20)]).ReplaceLineEndings(" ");
        var places = Enumerable.Range(0, Math.Min(whole.Length, damaged.Length)).Where(i => whole[i] != damaged[i]).Take(3);
        return $"{damaged.Length} of {whole.Length} bytes; " + string.Join("; ", places.Select(at => FormattableString.Invariant($"at {at} '{Around(whole, at)}' became '{Around(damaged, at)}'")));
    }

    /// <summary>True if neither qpdf nor poppler finds anything wrong with the file.</summary>
    private bool NobodySees(string name)
    {
        var file = program[$"in/{name}.pdf"];
        if (tools.Check(file).Length > 0)
        {
            return false;
        }

        using var reader = Process.Start(new ProcessStartInfo("pdftotext", [file, "-"]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var errors = reader.StandardError.ReadToEndAsync();
        _ = reader.StandardOutput.ReadToEnd();
        reader.WaitForExit();
        return reader.ExitCode == 0 && errors.GetAwaiter().GetResult().Length == 0;
    }

    /// <summary>Text, a scan, text in a form: the pages of one application.</summary>
    private static byte[] Whole()
    {
        var scan = File.ReadAllBytes(Path.Combine(Samples.Fixtures, "formats", "exif-1.jpg"));
        var pdf = new PdfBuilder();
        var (root, tree) = (pdf.Reserve(), pdf.Reserve());
        var font = pdf.Add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
        var fonts = $"/Font << /F1 {font} 0 R >>";
        int Packed(string entries, string content) => pdf.Add($"{entries} /Filter /FlateDecode", ScanPdf.Deflate(Encoding.ASCII.GetBytes(content)));
        string Text(string[] lines) => $"BT /F1 14 Tf 20 TL 60 760 Td {string.Concat(lines.Select(line => $"({line}) Tj T* "))}ET";
        var (first, last) = (Packed("", Text(First)), Packed("", "/Fm0 Do"));
        var form = Packed($"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << {fonts} >>", Text(Last));
        var image = pdf.Add("/Type /XObject /Subtype /Image /Width 900 /Height 500 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode", scan);
        var shown = pdf.Add("", "q 324 0 0 180 0 0 cm /Im0 Do Q"u8.ToArray());
        int[] kids =
        [
            pdf.Add($"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 595 842] /Contents {first} 0 R /Resources << {fonts} >> >>"),
            pdf.Add($"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 324 180] /Contents {shown} 0 R /Resources << /XObject << /Im0 {image} 0 R >> >> >>"),
            pdf.Add($"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 595 842] /Contents {last} 0 R /Resources << /XObject << /Fm0 {form} 0 R >> >> >>"),
        ];
        pdf.Set(tree, $"<< /Type /Pages /Count {kids.Length} /Kids [{string.Join(' ', kids.Select(k => $"{k} 0 R"))}] >>");
        pdf.Set(root, $"<< /Type /Catalog /Pages {tree} 0 R >>");
        return pdf.ToArray(root);
    }

    /// <summary>Every fourth is cut or has a stretch taken out; the others have bits flipped, mostly outside of the scan, which is most of the bytes.</summary>
    private static byte[] Damaged(byte[] whole, Random random, int i)
    {
        var bytes = whole.ToArray();
        var scan = whole.AsSpan().IndexOf("/Filter /DCTDecode"u8);
        var end = scan + whole.AsSpan(scan).IndexOf("endstream"u8);
        int Place() => random.Next(4) == 0 ? random.Next(bytes.Length) : random.Next(2) == 0 ? random.Next(scan) : random.Next(end, bytes.Length);
        switch (i % 8)
        {
            case 0:
                return bytes[..random.Next(bytes.Length)];
            case 4:
                var (at, length) = (Place(), random.Next(1, 60));
                return [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + length)..]];
            default:
                for (var flips = random.Next(1, 4); flips > 0; flips--)
                {
                    bytes[Place()] ^= (byte)(1 << random.Next(8));
                }

                return bytes;
        }
    }
}
