using System.Runtime.InteropServices;

namespace Digitizer.Native;

/// <summary>
/// Things that a confined process must not be able to do, tried for real. Each returns 0 if it
/// worked, else the error number (errno.h).
/// </summary>
internal static unsafe partial class PosixAttempts
{
    private const int Internet = 2;
    private const int StreamSocket = 1;
    private const int ReadOnly = 0;
    private const int CreateForWriting = 0x41;
    private const int PtraceAttach = 16;
    private const int PtraceDetach = 17;
    private const int NoSignal = 0;
    private const int Page = 4096;
    private const int OutOfMemory = 12;

    public static int OpenSocket() => Descriptor(socket(Internet, StreamSocket, 0));

    public static int OpenForReading(string path) => Descriptor(open(path, ReadOnly, 0));

    public static int CreateFile(string path)
    {
        var error = Descriptor(open(path, CreateForWriting, 0b110_000_000));
        if (error == 0)
        {
            _ = unlink(path);
        }

        return error;
    }

    /// <summary>Starts this same program once more.</summary>
    public static int StartProcess()
    {
        // posix_spawn returns the error itself.
        var error = posix_spawn(out var process, "/proc/self/exe", 0, 0, ["probe", "--version", null], [null]);
        if (error == 0)
        {
            _ = waitpid(process, 0, 0);
        }

        return error;
    }

    /// <summary>Allocates and touches memory.</summary>
    public static int UseMemory(long bytes)
    {
        var memory = (byte*)malloc((nuint)bytes);
        if (memory == null)
        {
            return OutOfMemory;
        }

        for (long at = 0; at < bytes; at += Page)
        {
            memory[at] = 1;
        }

        free(memory);
        return 0;
    }

    public static int TraceParent()
    {
        var parent = getppid();
        var error = Status((int)ptrace(PtraceAttach, parent, 0, 0));
        if (error == 0)
        {
            _ = waitpid(parent, 0, 0);
            _ = ptrace(PtraceDetach, parent, 0, 0);
        }

        return error;
    }

    /// <summary>Mounts an empty file system over a folder, and takes it away again.</summary>
    public static int Mount(string folder)
    {
        var error = Status(mount("none", folder, "tmpfs", 0, 0));
        if (error == 0)
        {
            _ = umount2(folder, 0);
        }

        return error;
    }

    public static int BecomeUser(uint id) => Status(setuid(id));

    public static int Signal(int process) => Status(kill(process, NoSignal));

    /// <summary>Replaces this process by a shell that prints a text. Returns only if that fails.</summary>
    public static int RunShell(string command) => Status(execve("/bin/sh", ["sh", "-c", command, null], [null]));

    private static int Descriptor(int descriptor)
    {
        if (descriptor < 0)
        {
            return Marshal.GetLastPInvokeError();
        }

        _ = close(descriptor);
        return 0;
    }

    private static int Status(int status) => status == 0 ? 0 : Marshal.GetLastPInvokeError();

    [LibraryImport("libc", SetLastError = true)] private static partial int socket(int domain, int type, int protocol);
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)] private static partial int open(string path, int flags, int mode);
    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)] private static partial int unlink(string path);
    [LibraryImport("libc")] private static partial int close(int descriptor);
    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)] private static partial int posix_spawn(out int process, string path, nint actions, nint attributes, string?[] arguments, string?[] environment);
    [LibraryImport("libc")] private static partial int waitpid(int process, nint status, int options);
    [LibraryImport("libc")] private static partial void* malloc(nuint size);
    [LibraryImport("libc")] private static partial void free(void* memory);
    [LibraryImport("libc")] private static partial int getppid();
    [LibraryImport("libc", SetLastError = true)] private static partial nint ptrace(int request, int process, nint address, nint data);
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)] private static partial int mount(string source, string target, string type, nuint flags, nint data);
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)] private static partial int umount2(string target, int flags);
    [LibraryImport("libc", SetLastError = true)] private static partial int setuid(uint id);
    [LibraryImport("libc", SetLastError = true)] private static partial int kill(int process, int signal);
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)] private static partial int execve(string path, string?[] arguments, string?[] environment);
}
