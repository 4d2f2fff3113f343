using Digitizer.Intake;
using Digitizer.Results;

namespace Digitizer.Worker.Terminal;

/// <summary>A JSON line for each file, for scripts, beside the report for people.</summary>
internal sealed class JsonLines(TextWriter output, IBatchObserver report) : IBatchObserver
{
    private readonly Lock gate = new();

    public void Scanned(ScanResult scan)
    {
        foreach (var refusal in scan.Refusals)
        {
            Write(new UnitOutcome(refusal.File) { Refusal = refusal });
        }

        report.Scanned(scan);
    }

    public void PagesFound(int pages) => report.PagesFound(pages);

    public void PageDone() => report.PageDone();

    public void UnitDone(UnitOutcome outcome)
    {
        Write(outcome);
        report.UnitDone(outcome);
    }

    private static OutcomeLine LineOf(UnitOutcome outcome) => new()
    {
        File = outcome.Source,
        Path = outcome.FullPath,
        State = outcome switch { { Document: null } => "refused", { Refusal: not null } => DocumentResultBuilder.NeedsReview, { Document.State: var state } => state },
        Reasons = [.. outcome.Document?.Reasons ?? [], .. outcome.Refusal is { } refusal ? [refusal.Kind.ToString()] : Array.Empty<string>()],
        Message = outcome.NeedsPerson ? outcome.Explain().Message : null,
        Unit = outcome.Document?.Unit,
        Document = outcome.Document?.Id,
        Pages = outcome.Document?.Pages ?? 0,
        Blank = outcome.Document?.Blank ?? 0,
        Unreadable = outcome.Document?.Unreadable.Count ?? 0,
        Pdf = outcome.Files?.Pdf,
        Txt = outcome.Files?.Text,
        Json = outcome.Files?.Json,
        Dossier = outcome.Document?.Dossier,
        Filed = outcome.Filed?.Folder,
    };

    private void Write(UnitOutcome outcome)
    {
        var line = ResultJson.Line(LineOf(outcome));
        lock (gate)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }
}
