using Digitizer.Cleanup;
using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.PageWorkers;
using Digitizer.Recognition;

namespace Digitizer.Results;

/// <summary>Puts the result file of one document together; pure.</summary>
/// <param name="source">Its file.</param>
/// <param name="identity">What was read of it.</param>
/// <param name="engine">The engine that read.</param>
/// <param name="dossier">The dossier that the caller named, or null.</param>
internal sealed class DocumentResultBuilder(InputFile source, SourceIdentity identity, EngineInfo engine, DossierKey? dossier)
{
    /// <summary>States of a document, as they stand in the result file.</summary>
    public const string Ready = "ready";

    /// <summary>A person must look before the document goes anywhere.</summary>
    public const string NeedsReview = "needs-review";

    /// <summary>Builds the result of a unit that is one document.</summary>
    /// <param name="pages">All pages, in order.</param>
    /// <param name="pdf">The written PDF.</param>
    public DocumentResult Build(IReadOnlyList<ReadPage> pages, PdfResult pdf)
    {
        var reasons = Reasons(pages).ToList();
        return new DocumentResult
        {
            Unit = identity.Unit.ToString(),
            Document = DocumentId.ForPart(identity.Unit, 1).ToString(),
            State = reasons.Count > 0 ? NeedsReview : Ready,
            Reasons = reasons,
            Dossier = dossier is null ? new DossierResult(null, "none", "none") : new DossierResult(dossier.Code, "argument", "confirmed"),
            Pages = [.. pages.Select(Page)],
            Pdf = pdf,
            Engine = engine,
        };
    }

    /// <summary>Why a person must look before the document is filed.</summary>
    private static IEnumerable<string> Reasons(IReadOnlyList<ReadPage> pages)
    {
        if (pages.Any(p => p.Outcome == PageOutcome.Unreadable))
        {
            yield return nameof(FailureKind.PageUnreadable);
        }

        if (pages.Any(p => p.Warnings.Contains(PageWarning.Damaged)))
        {
            yield return nameof(FailureKind.ImageDamaged);
        }
    }

    private PageEntry Page(ReadPage page, int index)
    {
        var geometry = page.Geometry;
        return new PageEntry
        {
            Number = index + 1,
            Source = new PageSource(source.Name, page.Frame.Index, identity.Sha256),
            Width = page.Frame.Width,
            Height = page.Frame.Height,
            Dpi = Rounding.Pixels(geometry.Dpi),
            Orientation = geometry.Orientation,
            Skew = Rounding.Degrees(geometry.Skew),
            Matrix = Rounding.Matrix(geometry.Matrix),
            Outcome = OutcomeName(page.Outcome),
            Confidence = Rounding.Share(page.Text.Confidence),
            Quality = page.Attempts.Result is { } result ? Rounding.Measures(result.Quality) : null,
            Warnings = page.Warnings,
            Lines = [.. page.Text.Lines.Select(Line)],
            Steps = page.Attempts.Result?.Steps ?? [],
            Attempts = page.Attempts.Attempts,
        };
    }

    private static LineEntry Line(TextLine line) => new(
        Rounding.Pixels(line.Quad),
        [.. Rounding.Pixels(line.BaselineStart), .. Rounding.Pixels(line.BaselineEnd)],
        [.. line.Words.Select(w => new WordEntry(w.Text, Rounding.Pixels(w.Quad), Rounding.Share(w.Confidence), w.Raw))]);

    private static string OutcomeName(PageOutcome outcome) => outcome switch
    {
        PageOutcome.Read => "read",
        PageOutcome.Blank => "blank",
        _ => "unreadable",
    };
}
