using Digitizer.Intake;
using Spectre.Console;

namespace Digitizer.Worker.Terminal;

/// <summary>A bar with pages, rate and remaining time; what needs a person, and what pages were scanned badly, is said above it.</summary>
internal sealed class BarReport(IAnsiConsole console, ProgressContext progress) : IBatchObserver
{
    private readonly ProgressTask bar = progress.AddTask("pages", maxValue: 1);
    private readonly Lock gate = new();
    private int unitsToCome;
    private int pages;

    public void Scanned(ScanResult scan)
    {
        foreach (var line in ScanLines.Of(scan))
        {
            console.WriteLine(line);
        }

        unitsToCome = scan.Sources.Count;
        bar.MaxValue = Math.Max(1, unitsToCome);
    }

    // Until a file was looked into it counts as one page.
    public void PagesFound(int pages) => Expect(pages);

    public void PageDone() => bar.Increment(1);

    public void UnitDone(UnitOutcome outcome)
    {
        if (outcome.Document is null)
        {
            Expect(0);
        }

        if (outcome.NeedsPerson)
        {
            console.WriteLine(OutcomeLines.Of(outcome), new Style(Color.Yellow));
        }

        foreach (var note in OutcomeLines.Notes(outcome))
        {
            console.WriteLine(note);
        }
    }

    private void Expect(int more)
    {
        lock (gate)
        {
            unitsToCome--;
            pages += more;
            bar.MaxValue = Math.Max(1, pages + Math.Max(0, unitsToCome));
        }
    }
}
