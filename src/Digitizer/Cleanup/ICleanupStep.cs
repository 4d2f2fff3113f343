namespace Digitizer.Cleanup;

/// <summary>One step of the clean-up: looks at the working copy and changes it, or leaves it as it is.</summary>
internal interface ICleanupStep
{
    /// <summary>Does the step's work on the copy and says what was measured and done.</summary>
    CleanupRecord Apply(WorkingPage page);
}
