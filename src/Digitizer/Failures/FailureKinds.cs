namespace Digitizer.Failures;

/// <summary>What follows from a kind.</summary>
internal static class FailureKinds
{
    /// <summary>
    /// True where the machine is at fault and not the file: the next file would fail in the same way,
    /// so the run ends and says what to put right.
    /// </summary>
    public static bool StopsTheRun(this FailureKind kind) => kind is
        FailureKind.EngineMissing or FailureKind.ModelMissing or FailureKind.ConfinementUnavailable or
        FailureKind.OutputNotWritable or FailureKind.OutputInUse;
}
