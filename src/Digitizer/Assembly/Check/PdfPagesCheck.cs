using System.Text;
using Digitizer.Pages;
using Digitizer.Pages.Jbig2;
using static Digitizer.Assembly.Check.PdfFinding;

namespace Digitizer.Assembly.Check;

/// <summary>The pages' part of <see cref="PdfSelfCheck"/>.</summary>
internal sealed class PdfPagesCheck(PdfFileReader pdf, CancellationToken cancellation)
{
    // A page of 20,000 words has about two million bytes of text operators.
    private const int LargestContent = 64 << 20;

    public void Check(PdfDictionary catalog, IReadOnlyList<PageImage?> pages)
    {
        var tree = pdf.Resolve(catalog["Pages"]).Dictionary;
        Require(tree is not null && tree.IsName("Type", "Pages"), "there is no page tree");
        var kids = tree!["Kids"] as PdfArray ?? throw Of("the page tree has no pages");
        var says = tree["Count"] is PdfNumber count ? (int)count.Value : -1;
        Require(kids.Items.Count == pages.Count && says == pages.Count, $"it has {kids.Items.Count} pages and says {says} where {pages.Count} were meant");
        Require(kids.Items.Distinct().Count() == pages.Count, "a page stands in it twice");
        for (var i = 0; i < pages.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            CheckPage(pdf.Resolve(kids.Items[i]).Dictionary, i + 1, pages[i]);
        }
    }

    private void CheckPage(PdfDictionary? page, int number, PageImage? image)
    {
        Require(page is not null && page.IsName("Type", "Page"), $"page {number} is no page");
        Require(
            page!["MediaBox"] is PdfArray { Items: [PdfNumber { Value: 0 }, PdfNumber { Value: 0 }, PdfNumber { Value: >= 3 and <= 14400 }, PdfNumber { Value: >= 3 and <= 14400 }] },
            $"page {number} has no size");
        var content = Encoding.Latin1.GetString(pdf.Data(pdf.Resolve(page["Contents"]), LargestContent));
        var resources = pdf.Resolve(page["Resources"]).Dictionary;
        Require(!UsesText(content) || resources?["Font"] is PdfDictionary, $"page {number} has words but no font");
        var pictures = (resources?["XObject"] as PdfDictionary)?.Entries ?? new Dictionary<string, PdfValue>();
        if (image is null)
        {
            Require(pictures.Count == 0, $"page {number} has a picture where none was meant");
            return;
        }

        Require(pictures.Count == 1, $"page {number} has {pictures.Count} pictures where one was meant");
        var (name, reference) = pictures.Single();
        Require(content.Contains($"/{name} Do", StringComparison.Ordinal), $"page {number} does not show its picture");
        CheckPicture(pdf.Resolve(reference), number, image);
    }

    private void CheckPicture(PdfObject picture, int number, PageImage image)
    {
        if (image.Encoding is ImageEncoding.PdfForm or ImageEncoding.Layers)
        {
            Require(picture.DataAt is not null && picture.Dictionary!.IsName("Subtype", "Form"), $"page {number} does not show the page that it was");
            if (image.Layers is { } layers)
            {
                CheckLayers(picture, number, layers);
            }

            return;
        }

        CheckPicture(picture, number, image, isStencil: false);
    }

    private void CheckLayers(PdfObject form, int number, PageLayers layers)
    {
        Require(
            form.Dictionary!["BBox"] is PdfArray { Items: [PdfNumber { Value: 0 }, PdfNumber { Value: 0 }, PdfNumber { Value: 1 }, PdfNumber { Value: 1 }] },
            $"the layers of page {number} have no size");
        var drawn = LayersContent.Parse(Encoding.Latin1.GetString(pdf.Data(form, LargestContent)));
        Require(drawn is not null && drawn.IsOf(layers), $"the layers of page {number} are not painted as they were meant");
        var resources = (pdf.Resolve(form.Dictionary["Resources"]).Dictionary?["XObject"] as PdfDictionary)?.Entries ?? new Dictionary<string, PdfValue>();
        Require(resources.Count == drawn!.Names.Count && drawn.Names.All(resources.ContainsKey), $"page {number} has other layers than were meant");
        foreach (var (name, layer) in drawn.Names.Zip(layers.Pictures()))
        {
            CheckPicture(pdf.Resolve(resources[name]), number, layer, isStencil: layer != layers.Background);
        }
    }

    private void CheckPicture(PdfObject picture, int number, PageImage image, bool isStencil)
    {
        var (filter, bits, space) = (FilterOf(image), image.Color == ImageColor.Bitonal ? 1 : 8, image.Color == ImageColor.Rgb ? "DeviceRGB" : "DeviceGray");
        var entries = picture.Dictionary;
        Require(picture.DataAt is not null && entries!.IsName("Subtype", "Image"), $"the picture of page {number} is none");
        Require(Is(entries!, "Width", image.Width) && Is(entries!, "Height", image.Height), $"the picture of page {number} has another size than was meant");
        Require(
            entries!.IsName("Filter", filter) && (isStencil ? IsStencil(entries!) : entries!.IsName("ColorSpace", space)) && Is(entries!, "BitsPerComponent", bits),
            $"the picture of page {number} is described as another coding than it has");
        Require(PdfFileReader.LengthOf(picture) == image.Bytes, $"the picture of page {number} has another length than was meant");
        var hash = pdf.Sha256(picture.DataAt!.Value, image.Bytes, cancellation);
        Require(Convert.ToHexStringLower(hash) == image.Sha256, $"the picture of page {number} has other bytes than were meant");

        // The bytes came from a page-worker. JBIG2 can also swap letters for others that look alike, and readers have been broken into by it.
        Require(
            image.Encoding != ImageEncoding.Jbig2 || Jbig2Stream.IsOneRegion(pdf.Head(picture.DataAt.Value, Jbig2Stream.LongestHead), image.Width, image.Height, image.Bytes),
            $"the picture of page {number} is JBIG2 other than one lossless region");
    }

    private static bool IsStencil(PdfDictionary entries)
        => entries["ImageMask"] is PdfKeyword { Text: "true" } && entries["ColorSpace"] is null && entries["Decode"] is null;

    private static bool Is(PdfDictionary entries, string key, int value) => entries[key] is PdfNumber number && number.Value == value;

    private static bool UsesText(string content) => content.Contains("BT ", StringComparison.Ordinal);

    private static string FilterOf(PageImage image) => image.Encoding switch
    {
        ImageEncoding.Jpeg => "DCTDecode",
        ImageEncoding.CcittG4 or ImageEncoding.CcittG3 => "CCITTFaxDecode",
        ImageEncoding.Jbig2 => "JBIG2Decode",
        _ => "FlateDecode",
    };
}
