using Digitizer.Intake;

namespace Digitizer;

/// <summary>Is told how a batch run gets on, from several threads.</summary>
internal interface IBatchObserver
{
    /// <summary>Once, before anything is read.</summary>
    void Scanned(ScanResult scan);

    /// <summary>A unit was looked into.</summary>
    /// <param name="pages">How many it has.</param>
    void PagesFound(int pages);

    /// <summary>A page was read, or given up.</summary>
    void PageDone();

    /// <summary>A unit came to its end.</summary>
    void UnitDone(UnitOutcome outcome);
}
