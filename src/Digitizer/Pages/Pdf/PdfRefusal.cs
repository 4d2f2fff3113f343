using Digitizer.Failures;
using Digitizer.Native;

namespace Digitizer.Pages.Pdf;

/// <summary>Why a PDF, or a page of it, is not taken in.</summary>
internal static class PdfRefusal
{
    /// <summary>The page is more, or less, than one picture of the whole sheet. No refusal: it is taken in as a form.</summary>
    public static DigitizerException NotScanned(string what) => new(FailureKind.PdfNotScanned, $"It {what}, where one picture of the whole page was looked for.");

    /// <summary>The page's picture cannot be taken as it is. No refusal either.</summary>
    public static DigitizerException NotSupported(string what) => new(FailureKind.FormatNotSupported, $"Its picture {what}.");

    public static DigitizerException Damaged(string what) => new(FailureKind.PdfDamaged, $"The PDF is damaged: {what}. Copy it again, or scan the paper again.");

    public static DigitizerException DamagedPicture(string what) => new(FailureKind.ImageDamaged, $"The picture is damaged: {what}. Scan the page again.");

    public static DigitizerException TooComplex(string what) => new(FailureKind.PdfTooComplex, $"The PDF {what}, as no scanner writes. Scan the paper again.");

    public static DigitizerException Active(string what) => new(FailureKind.PdfActiveContent, $"The PDF holds {what}. Nothing of it was read. Ask the sender for a plain scan, or print and scan it.");

    public static DigitizerException ActiveAndSigned(string what)
        => new(FailureKind.PdfActiveContent, $"The PDF holds {what} and is signed: it could only be filed with them, as taking them out destroys the signature. Ask the sender for a plain signed PDF, or decide yourself and file it by hand.");

    public static DigitizerException Restricted()
        => new(FailureKind.PdfRestricted, "The PDF opens without a password, but its owner forbids to change it or to take text out of it. Ask the sender for one without restrictions, or print and scan it; an administrator may allow such files (PageWorkers:Restrictions).");

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
