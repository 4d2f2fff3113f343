using Digitizer.Failures;
using Digitizer.Native;

namespace Digitizer.Pages.Pdf;

/// <summary>Why a PDF, or a page of it, is not taken in.</summary>
internal static class PdfRefusal
{
    private const string UntilLater = "Such PDFs are read from a later version on. Until then print and scan it, or turn it into a TIFF.";

    public static DigitizerException NotScanned(string what) => new(FailureKind.PdfNotScanned, $"It {what}, where one picture of the whole page was looked for. {UntilLater}");

    public static DigitizerException NotSupported(string what) => new(FailureKind.FormatNotSupported, $"Its picture {what}, which is not read before a later version. Set the scanner to JPEG or CCITT G4, or turn the file into a TIFF.");

    public static DigitizerException Damaged(string what) => new(FailureKind.PdfDamaged, $"The PDF is damaged: {what}. Copy it again, or scan the paper again.");

    public static DigitizerException DamagedPicture(string what) => new(FailureKind.ImageDamaged, $"The picture is damaged: {what}. Scan the page again.");

    public static DigitizerException TooComplex(string what) => new(FailureKind.PdfTooComplex, $"The PDF {what}, as no scanner writes. Scan the paper again.");

    public static DigitizerException Active(string what) => new(FailureKind.PdfActiveContent, $"The PDF holds {what}. Nothing of it was read. Ask the sender for a plain scan, or print and scan it.");

    /// <summary>What libqpdf's complaint means.</summary>
    public static DigitizerException Of(QpdfTrouble trouble) => trouble switch
    {
        { NeedsPassword: true } => Encrypted(),
        { IsOfTheLibrary: true } => TooComplex("unpacks to more than may be held in memory"),
        _ => Damaged(FormattableString.Invariant($"something is wrong near byte {trouble.Position}, which would have to be guessed")),
    };

    public static DigitizerException Encrypted()
        => new(FailureKind.PdfEncrypted, "The PDF is encrypted. Save it without a password or restrictions, or scan the paper again.");
}
