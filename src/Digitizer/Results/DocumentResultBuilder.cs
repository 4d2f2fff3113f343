using Digitizer.Pages;
using Digitizer.PageWorkers;
using Digitizer.Recognition;
using Digitizer.VietnameseText;

namespace Digitizer.Results;

/// <summary>The file that a page is of: its own name, and its digest.</summary>
internal sealed record SourceOfPage(string FileName, string Sha256);

/// <summary>What a result file says of a document beyond its pages.</summary>
internal sealed record DocumentFacts
{
    public required string Unit { get; init; }

    public required string Document { get; init; }

    public required int Revision { get; init; }

    /// <summary>Of each page, in order.</summary>
    public required IReadOnlyList<SourceOfPage> Sources { get; init; }

    /// <summary>Failure kinds that a person must look at.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    public required DossierResult Dossier { get; init; }

    public required PdfResult Pdf { get; init; }

    /// <summary>The copy that goes into the dossier; null: the PDF does.</summary>
    public CopyResult? Copy { get; init; }

    /// <summary>What rules say of the document as a whole.</summary>
    public IReadOnlyList<RuleResult> Rules { get; init; } = [];

    public required EngineInfo Engine { get; init; }
}

/// <summary>Puts the result file of one document together; pure.</summary>
internal sealed class DocumentResultBuilder(DocumentFacts facts)
{
    /// <summary>States of a document, as they stand in the result file.</summary>
    public const string Ready = "ready";

    /// <summary>A person must look before the document goes anywhere.</summary>
    public const string NeedsReview = "needs-review";

    /// <summary>Builds the result.</summary>
    /// <param name="pages">All pages, in order.</param>
    public DocumentResult Build(IReadOnlyList<ReadPage> pages) => Of([.. pages.Select(Page)], ReceivedPdfs.Of(pages, facts.Sources));

    private DocumentResult Of(PageEntry[] pages, IReadOnlyList<ReceivedPdf> received) => new()
    {
        Unit = facts.Unit,
        Document = facts.Document,
        Revision = facts.Revision,
        State = facts.Reasons.Count > 0 ? NeedsReview : Ready,
        Reasons = facts.Reasons,
        Dossier = facts.Dossier,
        Pages = pages,
        Pdf = facts.Pdf,
        Engine = facts.Engine,
        Received = received.Count > 0 ? received : null,
        Copies = facts.Copy is { } copy ? [copy] : [],
        Rules = [.. Enumerable.Repeat(ReceivedPdfs.NotArchivalRule(facts.Pdf), 1).OfType<RuleResult>(), .. facts.Rules, .. received.SelectMany(ReceivedPdfs.Rules), .. pages.SelectMany(page => page.Warnings.Select(id => Rule(id, page))).OfType<RuleResult>()],
    };

    private static RuleResult? Rule(string id, PageEntry page)
        => WarningText.Vietnamese(id, page) is { } message ? new RuleResult(id, RuleResult.Warning, page.Number, message) : null;

    private PageEntry Page(ReadPage page, int index)
    {
        var geometry = page.Geometry;
        return new PageEntry
        {
            Number = index + 1,
            Source = new PageSource(facts.Sources[index].FileName, page.Frame.Index, facts.Sources[index].Sha256),
            Width = page.Frame.Width,
            Height = page.Frame.Height,
            Dpi = Rounding.Pixels(geometry.Dpi),
            Orientation = geometry.Orientation,
            Skew = Rounding.Degrees(geometry.Skew),
            Matrix = Rounding.Matrix(geometry.Matrix),
            Rendition = page.Shown.Image is { IsCompact: true } ? PageEntry.Compact : PageEntry.AsScanned,
            Outcome = OutcomeName(page.Outcome),
            TextRefused = page.Attempts.Result?.TextRefused,
            Confidence = Rounding.Share(page.Text.Confidence),
            Plausibility = Rounding.Share(Plausibility.Of(string.Join('\n', page.Text.Lines.SelectMany(l => l.Words).Select(w => w.Text))).Share),
            Quality = page.Attempts.Result is { } result ? Rounding.Measures(result.Quality) : null,
            Warnings = page.Warnings,
            Lines = [.. page.Text.Lines.Select(Line)],
            Tables = [.. page.Text.Lines.Where(l => l.Cell is not null).GroupBy(l => l.Cell!.Table).Select(table => Table([.. table], geometry.Matrix))],
            Regions = [.. page.Text.Handwriting.Select(quad => new RegionEntry("handwriting", Rounding.Pixels(quad)))],
            Steps = page.Attempts.Result?.Steps ?? [],
            Attempts = page.Attempts.Attempts,
        };
    }

    private static LineEntry Line(TextLine line) => new(
        Rounding.Pixels(line.Quad),
        [.. Rounding.Pixels(line.BaselineStart), .. Rounding.Pixels(line.BaselineEnd)],
        [.. line.Words.Select(w => new WordEntry(w.Text, Rounding.Pixels(w.Quad), Rounding.Share(w.Confidence), w.Raw))]);

    private static TableEntry Table(List<TextLine> lines, Affine toShown) => new(
        Around(lines, toShown),
        [.. lines.GroupBy(l => l.Cell!.Row).OrderBy(row => row.Key).Select(row => (IReadOnlyList<CellEntry>)[.. row.GroupBy(l => l.Cell!.Column).OrderBy(cell => cell.Key).Select(cell => Cell([.. cell], toShown))])]);

    private static CellEntry Cell(List<TextLine> lines, Affine toShown)
        => new(string.Join(' ', lines.SelectMany(l => l.Words).Select(w => w.Text)), Around(lines, toShown));

    /// <summary>The box around lines as the page is shown, in stored pixels.</summary>
    private static double[] Around(List<TextLine> lines, Affine toShown)
    {
        var shown = lines.ConvertAll(l => toShown.Apply(l.Quad));
        var box = Quad.FromBox(shown.Min(q => q.MinX), shown.Min(q => q.MinY), shown.Max(q => q.MaxX), shown.Max(q => q.MaxY));
        return Rounding.Pixels(toShown.Inverse().Apply(box));
    }

    private static string OutcomeName(PageOutcome outcome) => outcome switch
    {
        PageOutcome.Read => "read",
        PageOutcome.KeptText => "kept-text",
        PageOutcome.Blank => "blank",
        _ => "unreadable",
    };
}
