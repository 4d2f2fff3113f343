using System.Text.Json.Serialization;
using Digitizer.Pages.Pdf;
using Digitizer.Recognition;

namespace Digitizer.Results;

/// <summary>
/// The result file of one document, version 1. Members stand in the order in which they are written;
/// names and meanings are a fixed interface, to which members may only be added. Lists that later
/// versions fill are empty.
/// </summary>
internal sealed record DocumentResult
{
    public int Version { get; init; } = 1;

    public required string Unit { get; init; }

    public required string Document { get; init; }

    public int Revision { get; init; } = 1;

    /// <summary><c>ready</c> or <c>needs-review</c>.</summary>
    public required string State { get; init; }

    /// <summary>Failure kinds that a person must look at.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    public required DossierResult Dossier { get; init; }

    /// <summary>Kind of document; null where it was not told.</summary>
    public TypeResult? Type { get; init; }

    public IReadOnlyDictionary<string, IReadOnlyList<FieldResult>> Fields { get; init; } = new Dictionary<string, IReadOnlyList<FieldResult>>();

    public required IReadOnlyList<PageEntry> Pages { get; init; }

    /// <summary>Pages left out of the PDF.</summary>
    public IReadOnlyList<DroppedPage> Dropped { get; init; } = [];

    public required PdfResult Pdf { get; init; }

    /// <summary>PDFs among the sources of which there is something to say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ReceivedPdf>? Received { get; init; }

    public IReadOnlyList<CopyResult> Copies { get; init; } = [];

    public required EngineInfo Engine { get; init; }

    public IReadOnlyList<RuleResult> Rules { get; init; } = [];
}

/// <summary>To which dossier the document belongs.</summary>
/// <param name="Code">Mã hồ sơ, or null.</param>
/// <param name="Basis">How it is known: <c>argument</c> or <c>none</c>.</param>
/// <param name="State"><c>confirmed</c> or <c>none</c>.</param>
internal sealed record DossierResult(string? Code, string Basis, string State);

/// <summary>Kind of document by its title.</summary>
internal sealed record TypeResult(string Key, double Confidence);

/// <summary>One value of a field, with where it stands on the shown page.</summary>
internal sealed record FieldResult(string Value, string Raw, int Page, double[] Box, double Confidence, string Method);

/// <summary>A page that the PDF does not have, and why.</summary>
internal sealed record DroppedPage(int Page, string Why, string Sha256);

/// <summary>The PDF beside the result file.</summary>
/// <param name="File">Its name.</param>
/// <param name="Sha256">Lower-case hex.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Conformance"><c>PDF/A-2u</c>; <c>PDF-1.7</c> where a page that was taken over cannot be PDF/A; <c>as-received</c> for a signed PDF, which nobody changed.</param>
/// <param name="Proof">How it compared with its source.</param>
internal sealed record PdfResult(string File, string Sha256, long Bytes, string Conformance, ProofResult? Proof = null)
{
    /// <summary>Why it is no PDF/A: clauses of ISO 19005-2 and what was found; null: it is, or it is as it was received.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? NotArchival { get; init; }
}

/// <summary>What is to be known of a PDF that came in.</summary>
/// <param name="File">Its name.</param>
/// <param name="Signatures">Fields of its signatures, and whether each covers the whole file.</param>
/// <param name="WasEncrypted">It was encrypted with an empty password.</param>
/// <param name="WasRepaired">Its cross-reference table was put together again.</param>
/// <param name="IsAmbiguous">Other programs may show something else of it.</param>
/// <param name="LeftOut">What it held and was not carried on, in English.</param>
internal sealed record ReceivedPdf(string File, IReadOnlyList<PdfSignature> Signatures, bool WasEncrypted, bool WasRepaired, bool IsAmbiguous, IReadOnlyList<string> LeftOut);

/// <summary>How the PDF compared with its source.</summary>
internal sealed record ProofResult(int PagesCompared, double WorstDifference);

/// <summary>A copy made for a purpose of its own.</summary>
/// <param name="Purpose"><see cref="ForDelivery"/>.</param>
/// <param name="File">Its name.</param>
/// <param name="Sha256">Lower-case hex.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Pages">Pages whose pictures are smaller in it.</param>
internal sealed record CopyResult(string Purpose, string File, string Sha256, long Bytes, IReadOnlyList<CopiedPage> Pages)
{
    /// <summary>What goes into the dossier, as receiving systems take it.</summary>
    public const string ForDelivery = "delivery";

    /// <summary>Of its file.</summary>
    public const string Extension = ".delivery.pdf";
}

/// <summary>A page whose picture is smaller in a copy.</summary>
/// <param name="Page">Its number in the document, from 1.</param>
/// <param name="Dpi">Pixels an inch of its picture there.</param>
/// <param name="Quality">Of its JPEG coding, 1–100; null: coded without loss.</param>
/// <param name="Bytes">Of its picture there.</param>
internal sealed record CopiedPage(int Page, double Dpi, int? Quality, long Bytes);

/// <summary>What a rule found.</summary>
/// <param name="Id">As in <c>docs/failures.md</c>.</param>
/// <param name="Severity"><see cref="Warning"/> or <see cref="Error"/>.</param>
/// <param name="Page">Number of the page, from 1; null: the document as a whole.</param>
/// <param name="Message">For a clerk, in Vietnamese: what was measured, and what to do.</param>
internal sealed record RuleResult(string Id, string Severity, int? Page, string Message)
{
    /// <summary>It hinders nothing.</summary>
    public const string Warning = "W";

    /// <summary>A person decides.</summary>
    public const string Error = "E";
}
