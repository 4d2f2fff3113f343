using System.Text;
using Digitizer.Failures;
using Digitizer.Pages;
using static Digitizer.Assembly.Check.PdfFinding;

namespace Digitizer.Assembly.Check;

/// <summary>Reads a written PDF back from disk and sees that it is whole and is the document that was meant.</summary>
/// <remarks>
/// It shares no code with the writer and knows nothing of its state but the pages' records, so that
/// a fault of either shows, as does one of the disk between them.
/// <para>1. Every object is where the cross-reference table says, and every stream as long as it says.</para>
/// <para>2. The trailer has its id, and nothing is encrypted, incremental or active.</para>
/// <para>3. The catalog has language, XMP with the conformance, and the output intent.</para>
/// <para>4. The pages are as many as there should be, and each shows its picture, bit for bit.</para>
/// <para>5. The id is the start of the SHA-256 of all that lies before the cross-reference table, so
/// that damage shows in text, font and content too.</para>
/// </remarks>
internal static class PdfSelfCheck
{
    private const int LargestPart = 16 << 20;

    // Names that make a viewer do something, reach out, or hide things (ISO 19005-2, 6.1.3, 6.5 and 6.9).
    private static readonly HashSet<string> Unwanted =
    [
        "AA", "AcroForm", "Annots", "EF", "EmbeddedFiles", "Encrypt", "JS", "JavaScript", "Launch", "OpenAction", "RichMedia", "URI", "XFA",
    ];

    // Within these, keys are names that somebody gave (ISO 32000-1, 7.8.3).
    private static readonly HashSet<string> ResourceKinds = ["Font", "XObject", "ColorSpace", "Pattern", "Shading", "Properties", "ExtGState", "CharProcs", "Colorants"];

    /// <summary>Checks a file.</summary>
    /// <param name="path">The written file.</param>
    /// <param name="pages">The picture of each page in order; null for a page without one.</param>
    /// <param name="conformance">What the file was written as.</param>
    /// <param name="cancellation">Stops between pages.</param>
    /// <exception cref="DigitizerException">PdfCheckFailed, naming what failed.</exception>
    public static void Check(string path, IReadOnlyList<PageImage?> pages, PdfConformance conformance, CancellationToken cancellation)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            var pdf = new PdfFileReader(file);

            // 1.
            CheckObjects(pdf, cancellation);

            // 2.
            CheckTrailer(pdf);

            // 3.
            var catalog = pdf.Resolve(pdf.Trailer["Root"]).Dictionary;
            Require(catalog is not null && catalog.IsName("Type", "Catalog"), "there is no catalog");
            CheckCatalog(pdf, catalog!, conformance);

            // 4.
            new PdfPagesCheck(pdf, cancellation).Check(catalog!, pages);

            // 5.
            var hash = pdf.Sha256(0, pdf.TableAt, cancellation);
            var id = pdf.Trailer["ID"] is PdfArray { Items: [PdfBytes first, _] } ? first.Bytes : [];
            Require(hash.AsSpan(0, 16).SequenceEqual(id), "its bytes are not those that its id was made from");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DigitizerException(FailureKind.PdfCheckFailed, $"The written PDF cannot be read back: {e.Message} Look at the disk, then run again.", e);
        }
    }

    private static void CheckObjects(PdfFileReader pdf, CancellationToken cancellation)
    {
        for (var number = 1; number <= pdf.LastNumber; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            CheckHarmless(pdf.Object(number).Value, number);
        }
    }

    private static void CheckHarmless(PdfValue value, int number, bool hasOwnNames = false)
    {
        switch (value)
        {
            case PdfDictionary dictionary:
                var unwanted = hasOwnNames ? null : dictionary.Entries.Keys.FirstOrDefault(Unwanted.Contains);
                Require(unwanted is null, $"object {number} has an entry /{unwanted}");
                foreach (var (key, entry) in dictionary.Entries)
                {
                    CheckHarmless(entry, number, ResourceKinds.Contains(key));
                }

                break;
            case PdfArray array:
                foreach (var item in array.Items)
                {
                    CheckHarmless(item, number);
                }

                break;
        }
    }

    private static void CheckTrailer(PdfFileReader pdf)
    {
        CheckHarmless(pdf.Trailer, 0);
        Require(pdf.Trailer["Prev"] is null, "object 0 has an entry /Prev");
        Require(pdf.Trailer["ID"] is PdfArray { Items: [PdfBytes { Bytes.Length: 16 }, PdfBytes { Bytes.Length: 16 }] }, "the trailer has no id");
        Require(pdf.Trailer["Size"] is PdfNumber size && (int)size.Value == pdf.LastNumber + 1, "the trailer's size is not that of the cross-reference table");
        Require(pdf.Resolve(pdf.Trailer["Info"]).Dictionary?["Title"] is PdfBytes { Bytes.Length: >= 2 }, "there is no title");
    }

    private static void CheckCatalog(PdfFileReader pdf, PdfDictionary catalog, PdfConformance conformance)
    {
        var version = conformance == PdfConformance.PdfA1b ? "1.4" : "1.7";
        Require(pdf.Version == version, $"its version is {pdf.Version} where {version} was meant");
        Require(catalog["Lang"] is PdfBytes { Bytes.Length: > 0 }, "it does not say its language");
        Require(catalog["Metadata"] is PdfReference, "there is no XMP metadata");
        var metadata = pdf.Resolve(catalog["Metadata"]);
        Require(metadata.DataAt is not null && metadata.Dictionary!.IsName("Subtype", "XML"), "there is no XMP metadata");
        Require(metadata.Dictionary!["Filter"] is null, "the XMP metadata is packed");
        var xmp = Encoding.UTF8.GetString(pdf.Data(metadata, LargestPart));
        CheckClaim(xmp, conformance);
        CheckOutputIntent(pdf, catalog);
    }

    private static void CheckClaim(string xmp, PdfConformance conformance)
    {
        if (conformance == PdfConformance.Pdf17)
        {
            Require(!xmp.Contains("pdfaid", StringComparison.Ordinal), "the XMP metadata claims to be PDF/A");
            return;
        }

        var (part, level) = conformance == PdfConformance.PdfA1b ? (1, "B") : (2, "U");
        Require(
            xmp.Contains($"<pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>{level}</pdfaid:conformance>", StringComparison.Ordinal),
            $"the XMP metadata does not say PDF/A-{part}{level}");
    }

    private static void CheckOutputIntent(PdfFileReader pdf, PdfDictionary catalog)
    {
        var intent = catalog["OutputIntents"] is PdfArray { Items: [var only] } ? pdf.Resolve(only).Dictionary : null;
        Require(intent is not null && intent.IsName("S", "GTS_PDFA1"), "there is no output intent");
        var profile = pdf.Resolve(intent!["DestOutputProfile"]);
        var isRgb = profile.Dictionary?["N"] is PdfNumber { Value: 3 };

        // "acsp" at 36 is the signature of an ICC profile (ICC.1, 7.2).
        Require(isRgb && pdf.Data(profile, LargestPart).AsSpan(36, 4).SequenceEqual("acsp"u8), "the output intent has no colour profile");
    }
}
