using Digitizer.Cleanup;
using Digitizer.Dossiers;
using Digitizer.Failures;
using Digitizer.Results;

namespace Digitizer;

/// <summary>How one unit ended: with files, with a refusal, or (a dossier that would not take the document) with both.</summary>
/// <param name="Source">As given.</param>
internal sealed record UnitOutcome(string Source)
{
    private const string Waiting = "The PDF is written, and nothing is filed until a person has looked.";

    /// <summary>Absolute, with the name as it is on disk; null for an input that is not there.</summary>
    public string? FullPath { get; init; }

    /// <summary>The document's files, if it was written.</summary>
    public ResultFiles? Files { get; init; }

    /// <summary>Ids and state, if it was written.</summary>
    public DocumentSummary? Document { get; init; }

    /// <summary>Where it was filed, if it was.</summary>
    public FiledDocument? Filed { get; init; }

    /// <summary>Why it did not go on.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>True if a person must look.</summary>
    public bool NeedsPerson => Refusal is not null || Document is { IsReady: false };

    /// <summary>Why a person must look, and what to do.</summary>
    /// <exception cref="InvalidOperationException">Nobody needs to.</exception>
    public (FailureKind Kind, string Message) Explain() => this switch
    {
        { Refusal: { } refusal } => (refusal.Kind, refusal.Message),
        { Document: { IsReady: false, Unreadable.Count: > 0 } document } => (
            FailureKind.PageUnreadable,
            $"{Named(document.Unreadable)} of {document.Pages} without text: {document.WhyUnreadable} {Waiting}"),
        { Document: { IsReady: false } document } => (
            FailureKind.ImageDamaged,
            $"{Named(document.Damaged)} of {document.Pages}: bad data in the picture was skipped, a part may be missing. Compare with the paper, or scan again. {Waiting}"),
        _ => throw new InvalidOperationException("The unit ended well."),
    };

    private static string Named(IReadOnlyList<int> pages) => $"{(pages.Count == 1 ? "Page" : "Pages")} {string.Join(", ", pages)}";
}

/// <summary>What is kept of a document in memory once its files are written.</summary>
internal sealed record DocumentSummary(string Unit, string Id, string State, IReadOnlyList<string> Reasons, string? Dossier)
{
    public required int Pages { get; init; }

    public required int Blank { get; init; }

    /// <summary>Numbers of the pages that could not be read, from 1.</summary>
    public required IReadOnlyList<int> Unreadable { get; init; }

    /// <summary>What happened to the first of these and what to do; empty if there are none.</summary>
    public required string WhyUnreadable { get; init; }

    /// <summary>Numbers of the pages whose pictures held bad data, from 1.</summary>
    public required IReadOnlyList<int> Damaged { get; init; }

    /// <summary>What else a person should know, in English: first of the document, then by page in the order of the pages.</summary>
    public required IReadOnlyList<PageNote> Notes { get; init; }

    /// <summary>Words on all pages.</summary>
    public required int Words { get; init; }

    /// <summary>Mean of the pages with text, 0–1; 0 if none has.</summary>
    public required double Confidence { get; init; }

    public bool IsReady => State == DocumentResultBuilder.Ready;

    /// <summary>Sums up.</summary>
    /// <param name="result">As written.</param>
    /// <param name="whyUnreadable">What happened to the first page that could not be read, or empty.</param>
    public static DocumentSummary Of(DocumentResult result, string whyUnreadable)
    {
        var withText = result.Pages.Where(p => p.Lines.Count > 0).ToList();
        return new DocumentSummary(result.Unit, result.Document, result.State, result.Reasons, result.Dossier.Code)
        {
            Pages = result.Pages.Count,
            Blank = result.Pages.Count(p => p.Outcome == "blank"),
            Unreadable = [.. result.Pages.Where(p => p.Outcome == "unreadable").Select(p => p.Number)],
            WhyUnreadable = whyUnreadable,
            Damaged = [.. result.Pages.Where(p => p.Warnings.Contains(PageWarning.Damaged)).Select(p => p.Number)],
            Notes = [.. Enumerable.Repeat(PageNote.Of(result.Rules), 1).Concat(result.Pages.Select(PageNote.Of)).OfType<PageNote>()],
            Words = result.Pages.Sum(p => p.Lines.Sum(l => l.Words.Count)),
            Confidence = withText.Count == 0 ? 0 : withText.Average(p => p.Confidence),
        };
    }
}

/// <summary>The warnings of one page, or of the document as a whole, on one line.</summary>
/// <param name="Page">From 1; null: of the document.</param>
/// <param name="Text">In English, each with its id.</param>
internal sealed record PageNote(int? Page, string Text)
{
    /// <summary>What rules say of the document; null if they say nothing.</summary>
    public static PageNote? Of(IReadOnlyList<RuleResult> rules)
    {
        var texts = rules.Where(rule => rule.Page is null && RuleText.English(rule.Id) is not null).Select(rule => $"{RuleText.English(rule.Id)} [{rule.Id}]").Distinct().ToList();
        return texts.Count == 0 ? null : new PageNote(null, string.Join("; ", texts));
    }

    /// <summary>Null if the page has none. What is damaged is told as the reason why the document waits.</summary>
    public static PageNote? Of(PageEntry page)
    {
        var texts = page.Warnings.Where(id => id != PageWarning.Damaged)
            .Select(id => (Id: id, Text: WarningText.English(id, page)))
            .Where(warning => warning.Text is not null)
            .Select(warning => $"{warning.Text} [{warning.Id}]")
            .ToList();
        return texts.Count == 0 ? null : new PageNote(page.Number, string.Join("; ", texts));
    }
}
