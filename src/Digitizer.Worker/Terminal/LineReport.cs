using Digitizer.Intake;

namespace Digitizer.Worker.Terminal;

/// <summary>A line for each file and for each page that was scanned badly, for logs.</summary>
internal sealed class LineReport(TextWriter output) : IBatchObserver
{
    private readonly Lock gate = new();

    public void Scanned(ScanResult scan)
    {
        foreach (var line in ScanLines.Of(scan))
        {
            output.WriteLine(line);
        }
    }

    public void PagesFound(int pages)
    {
    }

    public void PageDone()
    {
    }

    public void UnitDone(UnitOutcome outcome)
    {
        lock (gate)
        {
            output.WriteLine(OutcomeLines.Of(outcome));
            foreach (var note in OutcomeLines.Notes(outcome))
            {
                output.WriteLine(note);
            }
        }
    }
}
