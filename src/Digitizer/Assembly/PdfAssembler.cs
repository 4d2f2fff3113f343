using System.Globalization;
using System.Text;
using Digitizer.Pages.Pdf.Forms;
using static Digitizer.Pages.Pdf.PdfSyntax;

namespace Digitizer.Assembly;

/// <summary>Writes a document's pages as a searchable PDF/A file.</summary>
/// <remarks>
/// Pages are taken one at a time and their pictures copied from file to stream, so that the length
/// of a document costs no memory beyond a few numbers for each page. Same pages and metadata give
/// the same bytes.
/// <para>0. Pages of other PDFs that are shown as they came: their objects have their numbers already.</para>
/// <para>1. Each page: picture, content, page object.</para>
/// <para>2. The font, if any page has words: only now are all its characters known.</para>
/// <para>3. What belongs to the document: output intent, metadata, page tree, catalog, Info.</para>
/// <para>4. Cross-reference table and trailer.</para>
/// </remarks>
internal static class PdfAssembler
{
    /// <summary>Writes the whole file to <paramref name="output"/>, which need not seek and stays open.</summary>
    /// <param name="pages">At least one, in order; walked once.</param>
    /// <param name="metadata">What the file says about itself.</param>
    /// <param name="output">Written from its present position on.</param>
    /// <param name="cancellation">Leaves a part of a file behind in <paramref name="output"/>.</param>
    /// <param name="taken">Pages of PDFs that are shown as they came, by file; null: there are none.</param>
    /// <exception cref="Failures.DigitizerException">OutputNotWritable, FileUnreadable, or Internal if a picture is not as its record says.</exception>
    public static void Write(IEnumerable<ShownPage> pages, PdfMetadata metadata, Stream output, CancellationToken cancellation, IReadOnlyDictionary<string, FormBundle>? taken = null)
    {
        var shown = metadata with
        {
            Title = OneLine(metadata.Title),
            CreatorTool = OneLine(metadata.CreatorTool),
            Author = metadata.Author is { } author ? OneLine(author) : null,
            DossierCode = metadata.DossierCode is { } code ? OneLine(code) : null,
        };
        using var file = new PdfFileWriter(output, shown.Conformance == PdfConformance.PdfA1b ? "1.4" : "1.7");

        // 0.
        var bundles = taken?.OrderBy(bundle => bundle.Value.FirstNumber).ToList() ?? [];
        bundles.ForEach(bundle => file.Import(bundle.Value, cancellation));
        var (catalog, pageTree) = (file.Reserve(), file.Reserve());

        // 1.
        var writer = new PdfPageWriter(file, pageTree, bundles.SelectMany(b => b.Value.Forms.Select(form => ((b.Key, form.Key), form.Value))).ToDictionary());
        var numbers = new List<int>();
        foreach (var page in pages)
        {
            cancellation.ThrowIfCancellationRequested();
            numbers.Add(writer.Write(page, cancellation));
        }

        // 2.
        writer.WriteFont();

        // 3.
        var info = WriteDocument(file, shown, catalog, pageTree, numbers, [.. bundles.SelectMany(b => b.Value.Layers)]);

        // 4.
        file.Finish(catalog, info);
    }

    private static int WriteDocument(PdfFileWriter file, PdfMetadata metadata, int catalog, int pageTree, List<int> pages, List<ExportedLayer> layers)
    {
        var (profile, xmp, info) = (file.Reserve(), file.Reserve(), file.Reserve());
        file.Stream(profile, "/N 3 /Filter /FlateDecode", Deflate.Compress(SrgbProfile.Create()));
        file.Stream(xmp, "/Type /Metadata /Subtype /XML", XmpPacket.Create(metadata));
        file.Object(pageTree, $"<< /Type /Pages /Count {pages.Count} /Kids [{References(pages)}] >>");
        file.Object(
            catalog,
            $"<< /Type /Catalog /Pages {pageTree} 0 R /Metadata {xmp} 0 R /Lang ({metadata.Language}) /ViewerPreferences << /DisplayDocTitle true >>{Layers(layers)}{PdfNavigation.Write(file, metadata.Bookmarks, pages)} /OutputIntents [<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB IEC61966-2.1) /Info (sRGB IEC61966-2.1) /RegistryName (http://www.color.org) /DestOutputProfile {profile} 0 R >>] >>");
        file.Object(info, Info(metadata));
        return info;
    }

    /// <summary>Layers that can be switched off, as they are at first (ISO 32000-1, 8.11.4; ISO 19005-2, 6.9).</summary>
    private static string Layers(List<ExportedLayer> layers)
    {
        if (layers.Count == 0)
        {
            return "";
        }

        var all = References(layers.Select(layer => layer.Number));
        return $" /OCProperties << /OCGs [{all}] /D << /Name (Layers) /Order [{all}] /OFF [{References(layers.Where(layer => layer.IsOff).Select(layer => layer.Number))}] >> >>";
    }

    private static string References(IEnumerable<int> numbers) => string.Join(' ', numbers.Select(number => $"{number} 0 R"));

    private static string Info(PdfMetadata metadata)
    {
        var info = new StringBuilder($"<< /Title {TextString(metadata.Title)} /Creator {TextString(metadata.CreatorTool)} /Producer {TextString(metadata.CreatorTool)}");
        if (metadata.Author is { } author)
        {
            info.Append(CultureInfo.InvariantCulture, $" /Author {TextString(author)}");
        }

        if (metadata.Date is { } date)
        {
            info.Append(CultureInfo.InvariantCulture, $" /CreationDate {Date(date)} /ModDate {Date(date)}");
        }

        return info.Append(" >>").ToString();
    }
}
