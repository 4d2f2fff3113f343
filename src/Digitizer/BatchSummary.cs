using Digitizer.Intake;

namespace Digitizer;

/// <summary>How a batch run ended.</summary>
/// <param name="Scan">What was found among the inputs.</param>
/// <param name="Outcomes">Units that came to an end, in the order of the scan; inputs that are not there come first.</param>
/// <param name="Elapsed">Wall-clock time.</param>
/// <param name="WasInterrupted">True if not all units came to an end.</param>
internal sealed record BatchSummary(ScanResult Scan, IReadOnlyList<UnitOutcome> Outcomes, TimeSpan Elapsed, bool WasInterrupted)
{
    public int Pages => Outcomes.Sum(o => o.Document?.Pages ?? 0);

    public int Blank => Outcomes.Sum(o => o.Document?.Blank ?? 0);

    public int Documents => Outcomes.Count(o => o.Document is not null);

    public int NeedReview => Outcomes.Count(o => o.Document is not null && o.NeedsPerson);

    public int Refused => Outcomes.Count(o => o.Document is null);
}
