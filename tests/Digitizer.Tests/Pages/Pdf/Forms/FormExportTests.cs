using System.Text;
using Digitizer.Pages.Pdf;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Pages.Pdf.Forms;

/// <summary>Pages of others go over into our files: other readers must see no difference, and nothing that acts may come along.</summary>
public sealed class FormExportTests : IDisposable
{
    private const string A4 = "/MediaBox [0 0 595 842]";
    private static readonly string[] Letter = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập – Tự do – Hạnh phúc", "Kính gửi: Ủy ban nhân dân phường Đông Hòa"];
    private readonly ExportedPdf export = new();

    public void Dispose() => export.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("/Rotate 90")]
    [InlineData("/Rotate 180")]
    [InlineData("/Rotate 270")]
    [InlineData("/Rotate -90")]
    [InlineData("/CropBox [40 700 500 800]")]
    [InlineData("/CropBox [40 700 500 800] /Rotate 90")]
    [InlineData("/CropBox [40.5 700.25 500 800] /Rotate 180")]
    [InlineData("/CropBox [40 700 500 800] /Rotate 270")]
    public void Turns_and_boxes_are_followed(string entries)
    {
        var pdf = new PdfDraft();
        export.Take(pdf.Page($"{A4} {entries}", pdf.Lines(Letter)).ToArray());
        export.IsTheSame();
    }

    [Fact]
    public void A_media_box_away_from_the_origin_is_followed()
    {
        var pdf = new PdfDraft();
        export.Take(pdf.Page("/MediaBox [-100 300 495 1142]", pdf.Lines(Letter, 0, 1000)).ToArray());
        export.IsTheSame();
    }

    [Fact]
    public void A_user_unit_is_followed()
    {
        var pdf = new PdfDraft();
        export.Take(pdf.Page("/MediaBox [0 0 297.5 421] /UserUnit 2", pdf.Lines(Letter, 20, 380, 8)).ToArray());
        export.IsTheSame(unit: 2);
    }

    [Fact]
    public void What_a_page_inherits_comes_with_it()
    {
        var inherited = new PdfDraft { Inherited = "/MediaBox [0 0 595 842] /CropBox [40 600 595 842] /Rotate 90 /Resources << /Font << /F1 3 0 R >> >>" };
        Assert.Equal(3, inherited.Font);
        var (first, second) = (inherited.Builder.Add("", Encoding.Latin1.GetBytes(inherited.Lines(Letter)[..^"ET".Length])), inherited.Builder.Add("", "ET"u8.ToArray()));
        export.Take(inherited.Raw($"/Contents [{first} 0 R {second} 0 R]").ToArray());
        export.IsTheSame();
    }

    [Fact]
    public void Content_in_pieces_that_end_between_words_is_joined()
    {
        var pdf = new PdfDraft();
        var text = pdf.Lines(Letter);
        var parts = text.Split(' ').Chunk(5).Select(words => pdf.Builder.Add("", Encoding.Latin1.GetBytes(string.Join(' ', words)))).ToList();
        export.Take(pdf.Raw($"{A4} /Contents [{string.Join(' ', parts.Select(p => $"{p} 0 R"))}] /Resources << /Font << /F1 {pdf.Font} 0 R >> >>").ToArray());
        export.IsTheSame();
    }

    [Fact]
    public void LZW_is_unpacked_as_PDF_A_has_none()
    {
        var pdf = new PdfDraft();
        var contents = pdf.Builder.Add("/Filter [/ASCIIHexDecode /LZWDecode]", Lzw(Encoding.Latin1.GetBytes(pdf.Lines(Letter) + " q 90 0 0 90 60 500 cm /Im0 Do Q")));
        var picture = pdf.Builder.Add("/Type /XObject /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter [/AHx /LZW]", Lzw([0, 99, 0, 99]));
        export.Take(pdf.Raw($"{A4} /Contents {contents} 0 R /Resources << /Font << /F1 {pdf.Font} 0 R >> /XObject << /Im0 {picture} 0 R >> >>").ToArray());
        export.IsTheSame();
        Assert.DoesNotContain("LZW", Encoding.Latin1.GetString(File.ReadAllBytes(export.Target)), StringComparison.Ordinal);
    }

    [Fact]
    public void Transparency_of_a_page_and_of_what_is_on_it_stays()
    {
        var pdf = new PdfDraft();
        var half = pdf.Builder.Add("/Type /XObject /Subtype /Form /BBox [0 0 200 200] /Group << /S /Transparency /I true /CS /DeviceRGB >>", "1 0 0 rg 0 0 200 200 re f"u8.ToArray());
        export.Take(pdf.Page(
            $"{A4} /Group << /Type /Group /S /Transparency /CS /DeviceRGB >>",
            pdf.Lines(Letter) + " /G1 gs 1 0 0 1 60 650 cm /Fm0 Do",
            $"/XObject << /Fm0 {half} 0 R >> /ExtGState << /G1 << /ca 0.5 /BM /Multiply >> >>").ToArray());
        export.IsTheSame();
    }

    [Fact]
    public void The_transfer_function_of_a_soft_mask_stays()
    {
        // Without it the mask is its own negative.
        var pdf = new PdfDraft();
        var mask = pdf.Builder.Add("/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Group << /S /Transparency /CS /DeviceGray >>", "1 g 60 300 200 200 re f"u8.ToArray());
        var function = "<< /FunctionType 2 /Domain [0 1] /N 1 /C0 [1] /C1 [0] >>";
        export.Take(pdf.Page(
            A4,
            pdf.Lines(Letter) + " /G1 gs 0 0 1 rg 60 300 400 200 re f",
            $"/ExtGState << /G1 << /SMask << /Type /Mask /S /Luminosity /G {mask} 0 R /TR {function} >> >> >>").ToArray());
        export.IsTheSame();
    }

    [Theory]
    [InlineData("/D << /OFF [{1}] >>")]
    [InlineData("/D << /BaseState /OFF /ON [{0}] >>")]
    public void A_hidden_layer_stays_hidden_and_a_shown_one_shown(string standard)
    {
        var pdf = new PdfDraft();
        var (shown, hidden) = (pdf.Builder.Add("<< /Type /OCG /Name (shown) >>"), pdf.Builder.Add("<< /Type /OCG /Name (hidden) >>"));
        var member = pdf.Builder.Add($"<< /Type /OCMD /OCGs [{hidden} 0 R] /P /AllOn >>");
        export.Take(
            pdf.Page(
                A4,
                $"/OC /L0 BDC {pdf.Lines(Letter)} EMC /OC /L1 BDC 0 0 595 400 re f EMC /OC /L2 BDC 0 0 595 600 re f EMC",
                $"/Properties << /L0 {shown} 0 R /L1 {hidden} 0 R /L2 {member} 0 R >>")
            .ToArray($"/OCProperties << /OCGs [{shown} 0 R {hidden} 0 R] {standard.Replace("{0}", $"{shown} 0 R", StringComparison.Ordinal).Replace("{1}", $"{hidden} 0 R", StringComparison.Ordinal)} >>"));
        export.IsTheSame();
        Assert.InRange(ExportedPdf.InkOf(export.Tools.Render(export.Target, 1, 30)), 0.0005, 0.1);
        Assert.Equal(2, export.Bundle.Layers.Count);
        Assert.Single(export.Bundle.Layers, layer => layer.IsOff);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/Rotate 270")]
    public void Stamps_fields_and_their_states_are_seen_and_hidden_ones_are_not(string entries)
    {
        var pdf = new PdfDraft();
        var font = $"/Resources << /Font << /F1 {pdf.Font} 0 R >> >>";
        int Look(string matrix, string content) => pdf.Builder.Add($"/Type /XObject /Subtype /Form /BBox [0 0 100 50] {matrix} {font}", Encoding.Latin1.GetBytes(content));
        var stamp = Look("/Matrix [0 1 -1 0 0 0]", "1 0 0 RG 4 w 2 2 96 46 re S " + pdf.Lines(["ĐÃ KÝ"], 10, 15, 20));
        var (on, off) = (Look("", "0 0 1 rg 0 0 100 50 re f"), Look("", "0 0 100 50 re f " + pdf.Lines(["KHÔNG"], 10, 15, 20)));
        var annotations = string.Join(
            ' ',
            $"<< /Type /Annot /Subtype /Stamp /F 4 /Rect [60 500 160 700] /AP << /N {stamp} 0 R >> >>",
            $"<< /Type /Annot /Subtype /Widget /FT /Btn /AS /On /Rect [200 500 260 520] /AP << /N << /On {on} 0 R /Off {off} 0 R >> >> >>",
            $"<< /Type /Annot /Subtype /Widget /FT /Btn /AS /None /Rect [200 600 260 620] /AP << /N << /On {off} 0 R >> >> >>",
            $"<< /Type /Annot /Subtype /Stamp /F 2 /Rect [300 500 400 600] /AP << /N {off} 0 R >> >>",
            $"<< /Type /Annot /Subtype /Stamp /F 32 /Rect [300 600 400 700] /AP << /N {off} 0 R >> >>");
        export.Take(pdf.Page($"{A4} {entries} /Annots [{annotations}]", pdf.Lines(Letter)).ToArray());
        export.IsTheSame();
        Assert.DoesNotContain("KHÔNG", export.Tools.Text(export.Target), StringComparison.Ordinal);
        Assert.Contains("KÝ", export.Tools.Text(export.Target), StringComparison.Ordinal);
    }

    [Fact]
    public void A_note_on_a_hidden_layer_stays_hidden()
    {
        var pdf = new PdfDraft();
        var (layer, other) = (pdf.Builder.Add("<< /Type /OCG /Name (draft) >>"), pdf.Builder.Add("<< /Type /OCG /Name (final) >>"));
        var look = pdf.Builder.Add("/Type /XObject /Subtype /Form /BBox [0 0 100 50]", "0 0 100 50 re f"u8.ToArray());
        export.Take(
            pdf.Page(
                $"{A4} /Annots [<< /Type /Annot /Subtype /Stamp /OC {layer} 0 R /Rect [0 0 595 400] /AP << /N {look} 0 R >> >> << /Type /Annot /Subtype /Stamp /OC {other} 0 R /Rect [0 400 100 410] /AP << /N {look} 0 R >> >>]",
                pdf.Lines(Letter))
            .ToArray($"/OCProperties << /OCGs [{layer} 0 R {other} 0 R] /D << /OFF [{layer} 0 R] >> >>"));
        export.IsTheSame();
        Assert.InRange(ExportedPdf.InkOf(export.Tools.Render(export.Target, 1, 30)), 0.0005, 0.1);
    }

    [Fact]
    public void What_pages_share_is_written_once()
    {
        var pdf = new PdfDraft();
        export.Take(pdf.Text(Letter).Text(Letter[0]).Text(Letter[1]).ToArray());
        export.IsTheSame();

        Assert.Equal(1, Count(Encoding.Latin1.GetString(File.ReadAllBytes(export.Target)), "/FontFile2"));
        Assert.InRange(new FileInfo(export.Target).Length, 1, new FileInfo(export.Source).Length + 50_000);
    }

    [Theory]
    [InlineData("--object-streams=generate")]
    [InlineData("--encrypt", "", "owner", "256", "--")]
    [InlineData("--object-streams=generate", "--encrypt", "", "owner", "256", "--")]
    [InlineData("--object-streams=generate", "--allow-weak-crypto", "--encrypt", "", "owner", "128", "--use-aes=n", "--")]
    public void Packed_and_encrypted_sources_come_out_plain(params string[] options)
    {
        var pdf = new PdfDraft();
        var plain = pdf.Page(A4, pdf.Lines(Letter) + " /T#c3#ac#6eh Do", $"/XObject << /T#c3#ac#6eh {Picture(pdf)} 0 R >>").ToArray();
        export.Take(export.Tools.Rewrite(plain, options));
        export.IsTheSame();
        Assert.Contains("CỘNG HÒA", export.Tools.Text(export.Target), StringComparison.Ordinal);
    }

    [Fact]
    public void Odd_names_and_strings_keep_their_bytes()
    {
        // A palette in a string of brackets, backslashes and bytes, under names with blanks and letters of other scripts.
        var pdf = new PdfDraft();
        var image = pdf.Builder.Add("/Type /XObject /Subtype /Image /Width 4 /Height 1 /BitsPerComponent 8 /ColorSpace [/Indexed /DeviceRGB 3 (\\(\\)(\\\\)\\000\\377\r\\r\\n\u00e9)]", [0, 1, 2, 3]);
        var blue = $"[/Separation /Blau#20#e9#2f#28 /DeviceRGB << /FunctionType 2 /Domain [0 1] /N 1 /C0 [1 1 1] /C1 [0 0 1] >>]";
        export.Take(pdf.Page(
            A4,
            pdf.Lines(Letter) + " q 200 0 0 90 60 400 cm /H#c3#acnh#20#28A#29 Do Q /Mau#23 cs 1 scn 60 300 200 50 re f",
            $"/XObject << /H#c3#acnh#20#28A#29 {image} 0 R >> /ColorSpace << /Mau#23 {blue} >>").ToArray());
        export.IsTheSame();
    }

    [Fact]
    public void Nothing_that_acts_comes_along_whatever_hangs_from_a_page()
    {
        var pdf = new PdfDraft();
        var script = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>";
        var evil = pdf.Builder.Add($"<< /A {script} /AA << /O {script} >> /OpenAction {script} /JS (x) /URI (http://x) /Launch << >> /EmbeddedFiles << >> /XFA (x) /RichMedia << >> /Annots [] /AcroForm << >> /Prev 1 /Encrypt 1 /JavaScript 1 /EF << /F 3 0 R >> /Page 5 0 R >>");
        var look = pdf.Builder.Add($"/Type /XObject /Subtype /Form /BBox [0 0 100 50] /AA << /O {script} >> /Metadata {evil} 0 R /PieceInfo << /X {evil} 0 R >>", "0 0 100 50 re f"u8.ToArray());
        export.Take(pdf.Page(
            $"{A4} /AA << /O {script} >> /Annots [<< /Subtype /Link /Rect [0 0 99 99] /Border [0 0 0] /A {script} >> << /Subtype /Stamp /Rect [60 300 200 350] /A {script} /AP << /N {look} 0 R >> >>]",
            "/P /Evil BDC " + pdf.Lines(Letter) + " EMC",
            $"/Properties << /Evil {evil} 0 R >> /Evil {evil} 0 R").ToArray($"/OpenAction {script} /Names << /JavaScript << /Names [(a) {script}] >> >>"));
        export.IsTheSame();

        var text = Encoding.Latin1.GetString(File.ReadAllBytes(export.Target));
        Assert.All((string[])["JavaScript", "/JS", "/URI", "alert", "Launch", "EmbeddedFile", "/XFA", "OpenAction", "RichMedia"], word => Assert.DoesNotContain(word, text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_signed_file_gives_its_scans_as_forms_too()
    {
        var scan = ScanPage.Blank with { Content = "q 324 0 0 180 0 0 cm /Im0 Do Q", Data = [.. Enumerable.Range(0, 12 * 50).Select(i => (byte)(i % 12 < 6 ? 0 : 255))] };
        export.Take(SignedPdf.Of("Ky", scan));
        export.IsTheSame();
    }

    [Fact]
    public void A_hidden_layer_that_is_kept_stays_hidden_and_can_be_searched()
    {
        var scan = ScanPage.Blank with { Content = "q 324 0 0 180 0 0 cm /Im0 Do Q" + ScanPdf.InvisibleText, Data = [.. Enumerable.Range(0, 12 * 50).Select(i => (byte)(i % 12 < 6 ? 0 : 255))] };
        export.Take(ScanPdf.Of(scan), new PdfPolicy(ExistingText.Keep));
        export.IsTheSame();
        Assert.Contains("hidden", export.Tools.Text(export.Target), StringComparison.Ordinal);
    }

    private static int Picture(PdfDraft pdf)
        => pdf.Builder.Add("/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources << >>", "0 0 99 99 re f"u8.ToArray());

    private static int Count(string text, string word) => text.Split(word).Length - 1;

    /// <summary>LZW in hexadecimal: a clear code every few bytes, so that all codes have nine bits (ISO 32000-1, 7.4.4).</summary>
    private static byte[] Lzw(byte[] data)
    {
        var bits = new StringBuilder();
        foreach (var part in data.Chunk(200))
        {
            bits.Append("100000000").Append(string.Concat(part.Select(b => Convert.ToString(b, 2).PadLeft(9, '0'))));
        }

        bits.Append("100000001");
        return Encoding.ASCII.GetBytes(string.Concat(bits.ToString().Chunk(8).Select(b => Convert.ToByte(new string(b).PadRight(8, '0'), 2).ToString("X2", System.Globalization.CultureInfo.InvariantCulture))) + ">");
    }
}
