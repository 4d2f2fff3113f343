namespace Digitizer.Failures;

/// <summary>What follows from a kind.</summary>
internal static class FailureKinds
{
    /// <summary>True where another attempt may end otherwise.</summary>
    public static bool MayPass(this FailureKind kind) => kind is
        FailureKind.PageTimedOut or FailureKind.PageWorkerCrashed or FailureKind.PageOutOfMemory or FailureKind.PageWorkerFailed or
        FailureKind.JournalUnavailable;

    /// <summary>
    /// True where the machine is at fault and not the file: the next file would fail in the same way,
    /// so the run ends and says what to put right.
    /// </summary>
    public static bool StopsTheRun(this FailureKind kind) => kind is
        FailureKind.EngineMissing or FailureKind.ModelMissing or FailureKind.ConfinementUnavailable or
        FailureKind.OutputNotWritable or FailureKind.OutputInUse or
        FailureKind.StorageUnavailable or FailureKind.StorageDenied or
        FailureKind.JournalBroken or FailureKind.JournalNewer or FailureKind.JournalInUse;
}
