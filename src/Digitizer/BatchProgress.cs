using System.Collections.Concurrent;
using Digitizer.Intake;
using Digitizer.PageWorkers;
using Digitizer.Pipeline;
using Digitizer.Results;

namespace Digitizer;

/// <summary>Hands on what happens to who watches a batch, and writes CPU times where they are wanted.</summary>
/// <param name="observer">Who watches.</param>
/// <param name="timings">Gets a line a page, or null.</param>
internal sealed class BatchProgress(IBatchObserver observer, TextWriter? timings) : IWorkObserver
{
    private readonly ConcurrentDictionary<UnitId, InputFile> sources = new();

    /// <summary>Says which file a unit came from.</summary>
    public void Began(UnitId unit, InputFile source) => sources[unit] = source;

    public void PagesFound(UnitId unit, int pages) => observer.PagesFound(pages);

    public void PageDone(UnitId unit, int number, PageAttempts attempts)
    {
        Record(unit, number, attempts);
        observer.PageDone();
    }

    /// <summary>A file came to its end.</summary>
    public void Ended(UnitOutcome outcome) => observer.UnitDone(outcome);

    private void Record(UnitId unit, int number, PageAttempts attempts)
    {
        // Units of earlier runs go on too, and nobody watches those.
        if (timings is null || !sources.TryGetValue(unit, out var source))
        {
            return;
        }

        var times = attempts.Result?.Timings ?? new Dictionary<string, double>();
        var line = ResultJson.Line(new TimingLine(source.Shown, number, attempts.Attempts, times));
        lock (timings)
        {
            timings.WriteLine(line);
        }
    }
}
