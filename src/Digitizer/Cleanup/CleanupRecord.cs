namespace Digitizer.Cleanup;

/// <summary>What one clean-up step did to the working copy, for the result file and for people.</summary>
/// <param name="Step">The step's name: <c>orient</c>, <c>deskew</c>, …</param>
/// <param name="Applied">False if the step looked and left the page as it was.</param>
/// <param name="Detail">What was measured or done, with units.</param>
internal sealed record CleanupRecord(string Step, bool Applied, string Detail);
