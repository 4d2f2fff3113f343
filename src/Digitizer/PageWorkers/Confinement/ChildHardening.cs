using Digitizer.Native;

namespace Digitizer.PageWorkers.Confinement;

/// <summary>What a page-worker does to itself first, on top of what its start has put around it.</summary>
internal static class ChildHardening
{
    /// <summary>Dies with its parent, cannot be traced or gain rights, and reads OMP_THREAD_LIMIT = 1 whoever started it.</summary>
    public static void Apply()
    {
        PosixProcess.DieWithParent();
        PosixProcess.ForbidTracing();
        PosixProcess.ForbidNewRights();
        PosixProcess.SetEnvironment("OMP_THREAD_LIMIT", "1");
    }
}
