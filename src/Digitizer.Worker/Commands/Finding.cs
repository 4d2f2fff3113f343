namespace Digitizer.Worker.Commands;

/// <summary>One line of <c>check</c>.</summary>
/// <param name="Subject">What was looked at.</param>
/// <param name="IsGood">False if a run would fail or be unsafe.</param>
/// <param name="Detail">What was found; if it is not good, what to do.</param>
internal sealed record Finding(string Subject, bool IsGood, string Detail);
