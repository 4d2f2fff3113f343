using Digitizer.Intake;
using Digitizer.PageWorkers;

namespace Digitizer.Pipeline;

/// <summary>Is told how work gets on, from several threads, after the journal knows it.</summary>
internal interface IWorkObserver
{
    /// <summary>A unit was split.</summary>
    void PagesFound(UnitId unit, int pages);

    /// <summary>A page was read, or given up.</summary>
    /// <param name="unit">Whose.</param>
    /// <param name="number">From 1.</param>
    /// <param name="attempts">How it ended.</param>
    void PageDone(UnitId unit, int number, PageAttempts attempts);
}
