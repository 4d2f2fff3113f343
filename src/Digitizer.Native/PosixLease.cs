using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Digitizer.Native;

/// <summary>What asking for a read lease said.</summary>
internal enum LeaseAnswer
{
    /// <summary>Nobody has the file open for writing.</summary>
    Granted,

    /// <summary>Somebody has it open for writing, now.</summary>
    WriterHasIt,

    /// <summary>The file system, or our rights, cannot tell.</summary>
    CannotTell,
}

/// <summary>A read lease (fcntl(2), F_SETLEASE): while it is held, nobody can open the file for writing unnoticed.</summary>
internal static partial class PosixLease
{
    // linux/fcntl.h, asm-generic/fcntl.h and errno-base.h.
    private const int SetLease = 1024;
    private const int GetLease = 1025;
    private const int SetSignal = 10;
    private const int ReadLease = 0;
    private const int NoLease = 2;
    private const int TryAgain = 11;

    // SIGURG does nothing unless handled; the default, SIGIO, would end the process.
    private const int HarmlessSignal = 23;

    /// <summary>Asks for the lease and keeps it until <see cref="Release"/> or until the handle is closed.</summary>
    /// <param name="file">A regular file, open for reading only.</param>
    public static LeaseAnswer Take(SafeFileHandle file)
    {
        _ = FCntl(file, SetSignal, HarmlessSignal);
        if (FCntl(file, SetLease, ReadLease) == 0)
        {
            return LeaseAnswer.Granted;
        }

        return Marshal.GetLastPInvokeError() == TryAgain ? LeaseAnswer.WriterHasIt : LeaseAnswer.CannotTell;
    }

    /// <summary>False if somebody has come to write since the lease was granted; he waits until it is released.</summary>
    public static bool IsUndisturbed(SafeFileHandle file) => FCntl(file, GetLease, 0) == ReadLease;

    public static void Release(SafeFileHandle file) => _ = FCntl(file, SetLease, NoLease);

    /// <summary>Asks and lets go at once.</summary>
    public static LeaseAnswer Ask(SafeFileHandle file)
    {
        var answer = Take(file);
        if (answer == LeaseAnswer.Granted)
        {
            Release(file);
        }

        return answer;
    }

    // fcntl takes variable arguments; on Linux an int goes the same way either way, on x86-64 and arm64.
    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int FCntl(SafeFileHandle file, int command, int argument);
}
