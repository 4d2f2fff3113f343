using System.Runtime.InteropServices;

namespace Digitizer.Native;

/// <summary>Calls of libc and the kernel about this and other processes.</summary>
internal static partial class PosixProcess
{
    /// <summary>SIGINT.</summary>
    public const int Interrupt = 2;

    /// <summary>SIGTERM.</summary>
    public const int Terminate = 15;

    private const int SetParentDeathSignal = 1;
    private const int SetDumpable = 4;
    private const int SetNoNewPrivileges = 38;
    private const int SignalKill = 9;

    public static void DieWithParent() => Check(prctl(SetParentDeathSignal, SignalKill, 0, 0, 0), "prctl(PR_SET_PDEATHSIG)");

    public static void ForbidTracing() => Check(prctl(SetDumpable, 0, 0, 0, 0), "prctl(PR_SET_DUMPABLE)");

    public static void ForbidNewRights() => Check(prctl(SetNoNewPrivileges, 1, 0, 0, 0), "prctl(PR_SET_NO_NEW_PRIVS)");

    /// <summary>Sets a variable where native libraries see it: .NET keeps a copy of its own.</summary>
    public static void SetEnvironment(string name, string value) => Check(setenv(name, value, 1), "setenv");

    /// <summary>Sends a signal to a child that was not waited for yet; one that has ended takes no notice.</summary>
    public static void Signal(int process, int number) => _ = kill(process, number);

    private static void Check(int status, string call)
    {
        if (status != 0)
        {
            throw new NativeException($"{call} failed with error {Marshal.GetLastPInvokeError()}.");
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int prctl(int option, nuint argument2, nuint argument3, nuint argument4, nuint argument5);

    [LibraryImport("libc")]
    private static partial int kill(int process, int number);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);
}
