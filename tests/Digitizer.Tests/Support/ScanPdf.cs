using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Digitizer.Tests.Support;

/// <summary>One page of a <see cref="ScanPdf"/>; every part can be replaced by something else.</summary>
/// <param name="Picture">Entries of the image dictionary.</param>
/// <param name="Data">The image's coded bytes.</param>
internal sealed record ScanPage(string Picture, byte[] Data)
{
    /// <summary>Points.</summary>
    public double Width { get; init; } = 324;

    /// <summary>Points.</summary>
    public double Height { get; init; } = 180;

    /// <summary>Drawing instructions; null = the picture over the whole page.</summary>
    public string? Content { get; init; }

    /// <summary>Entries of the page besides type, parent, resources and contents.</summary>
    public string? Entries { get; init; }

    /// <summary>Further resources.</summary>
    public string Resources { get; init; } = "";

    /// <summary>Further fonts.</summary>
    public string Fonts { get; init; } = "";

    /// <summary>Further entries of the image dictionary.</summary>
    public string FurtherPicture { get; init; } = "";

    /// <summary>A white page of a few pixels.</summary>
    public static ScanPage Blank => new("/Width 90 /Height 50 /ColorSpace /DeviceGray /BitsPerComponent 1", [.. Enumerable.Repeat((byte)255, 12 * 50)]);
}

/// <summary>PDFs as scanners write them.</summary>
internal static class ScanPdf
{
    public const string InvisibleText = " BT 3 Tr /F1 12 Tf 20 20 Td (hidden) Tj ET";

    /// <summary>A file of the given pages.</summary>
    public static byte[] Of(params ScanPage[] pages) => Build("", "", pages);

    /// <summary>A file with further entries in its catalog and trailer.</summary>
    /// <param name="catalog">Further entries; {0} is replaced by the number of an object that holds <paramref name="extra"/>.</param>
    /// <param name="extra">Content of a further object.</param>
    /// <param name="pages">The pages.</param>
    public static byte[] Build(string catalog, string extra, params ScanPage[] pages)
    {
        var pdf = new PdfBuilder();
        var (root, tree) = (pdf.Reserve(), pdf.Reserve());
        var font = pdf.Add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
        var kids = pages.Select(page => Page(pdf, page, tree, font)).ToList();
        var further = pdf.Add(extra.Length == 0 ? "null" : extra);
        pdf.Set(tree, $"<< /Type /Pages /Count {kids.Count} /Kids [{string.Join(' ', kids.Select(k => $"{k} 0 R"))}] >>");
        pdf.Set(root, $"<< /Type /Catalog /Pages {tree} 0 R {catalog.Replace("{0}", $"{further} 0 R", StringComparison.Ordinal)} >>");
        return pdf.ToArray(root);
    }

    /// <summary>Bytes packed as FlateDecode does.</summary>
    public static byte[] Deflate(byte[] data)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(data);
        }

        return packed.ToArray();
    }

    private static int Page(PdfBuilder pdf, ScanPage page, int tree, int font)
    {
        var image = pdf.Add($"/Type /XObject /Subtype /Image {page.Picture} {page.FurtherPicture}", page.Data);
        var (width, height) = (page.Width.ToString(CultureInfo.InvariantCulture), page.Height.ToString(CultureInfo.InvariantCulture));
        var content = page.Content ?? $"q {width} 0 0 {height} 0 0 cm /Im0 Do Q";
        var contents = pdf.Add("", Encoding.Latin1.GetBytes(content));
        return pdf.Add($"<< /Type /Page /Parent {tree} 0 R {page.Entries ?? $"/MediaBox [0 0 {width} {height}]"} /Contents {contents} 0 R /Resources << /XObject << /Im0 {image} 0 R >> /Font << /F1 {font} 0 R {page.Fonts} >> {page.Resources} >> >>");
    }
}
