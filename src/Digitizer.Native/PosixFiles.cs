using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Digitizer.Native;

/// <summary>
/// The calls that make files durable and their appearance atomic. The base library has none of them
/// for folders, and its move copies across file systems and may overwrite between check and act.
/// </summary>
internal static partial class PosixFiles
{
    // linux/fcntl.h, linux/fs.h, asm-generic/errno-base.h, sys/file.h: the same on x86-64 and arm64.
    private const int CurrentFolder = -100;
    private const int ReadOnly = 0;
    private const int CloseOnExec = 0x80000;
    private const uint NoReplace = 1;
    private const uint Exchange = 2;
    private const int LockExclusive = 2;
    private const int LockNow = 4;
    private const int NoEntry = 2;
    private const int Interrupted = 4;
    private const int TryAgain = 11;
    private const int Exists = 17;
    private const int NotAFolder = 20;
    private const int Invalid = 22;
    private const int NotEmpty = 39;
    private const uint Root = 0;

    /// <summary>Waits until the file's content is on the disk.</summary>
    /// <exception cref="PosixException">It may not be; a second call would not tell.</exception>
    public static void Flush(SafeFileHandle file, string path) => Check(FSync(file), "fsync", path);

    /// <summary>Waits until the names in a folder are on the disk.</summary>
    /// <exception cref="PosixException">They may not be.</exception>
    public static void FlushFolder(string folder)
    {
        using var handle = OpenExisting(folder);
        Flush(handle, folder);
    }

    /// <summary>Gives a file its final name and replaces what has it.</summary>
    /// <exception cref="PosixException">The names are as they were.</exception>
    public static void Rename(string from, string to)
        => Check(RenameAt2(CurrentFolder, from, CurrentFolder, to, 0), "rename to", to);

    /// <summary>Gives a file or a folder a name that nothing has yet.</summary>
    /// <returns>False if something has that name; nothing changed then.</returns>
    /// <exception cref="PosixException">The names are as they were.</exception>
    public static bool TryRenameNew(string from, string to)
    {
        if (RenameAt2(CurrentFolder, from, CurrentFolder, to, NoReplace) == 0)
        {
            return true;
        }

        return Marshal.GetLastPInvokeError() switch
        {
            Exists or NotEmpty => false,
            // Some network file systems know no NOREPLACE. A hard link refuses an existing name just as well;
            // for folders the caller holds the lock of the folder around.
            Invalid => TryLinkNew(from, to),
            var error => throw new PosixException("rename to", to, error),
        };
    }

    /// <summary>Swaps two names in one step.</summary>
    /// <returns>False if the file system cannot; nothing changed then.</returns>
    /// <exception cref="PosixException">The names are as they were.</exception>
    public static bool TryExchange(string one, string other)
    {
        if (RenameAt2(CurrentFolder, one, CurrentFolder, other, Exchange) == 0)
        {
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        return error == Invalid ? false : throw new PosixException("exchange with", other, error);
    }

    /// <summary>Waits for the lock of a folder and holds it until the handle is closed, or the process ends.</summary>
    /// <exception cref="PosixException">The folder cannot be opened, or its file system has no locks.</exception>
    public static SafeFileHandle LockFolder(string folder)
    {
        var handle = OpenExisting(folder);
        while (FLock(handle, LockExclusive) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
            {
                handle.Dispose();
                throw new PosixException("flock", folder, error);
            }
        }

        return handle;
    }

    /// <summary>Takes the lock of a folder if nobody has it, and holds it until the handle is closed, or the process ends.</summary>
    /// <returns>Null if somebody has it.</returns>
    /// <exception cref="PosixException">The folder cannot be opened, or its file system has no locks.</exception>
    public static SafeFileHandle? TryLockFolder(string folder)
    {
        var handle = OpenExisting(folder);
        if (FLock(handle, LockExclusive | LockNow) == 0)
        {
            return handle;
        }

        var error = Marshal.GetLastPInvokeError();
        handle.Dispose();
        return error == TryAgain ? null : throw new PosixException("flock", folder, error);
    }

    /// <summary>Looks at a name without opening it.</summary>
    /// <param name="path">The name.</param>
    /// <param name="followLinks">False: a symbolic link is itself what is looked at.</param>
    /// <returns>Null if nothing has that name.</returns>
    /// <exception cref="PosixException">The name cannot be looked at: permission, a name too long, a loop of links.</exception>
    public static FileFacts? Look(string path, bool followLinks)
    {
        if (StatX(CurrentFolder, path, followLinks ? 0 : StatBuffer.NoFollow, StatBuffer.BasicStats, out var stat) == 0)
        {
            return stat.ToFacts();
        }

        return Marshal.GetLastPInvokeError() switch
        {
            NoEntry or NotAFolder => null,
            var error => throw new PosixException("stat", path, error),
        };
    }

    /// <summary>Gives a file that root writes to the owner of a folder, for whom it is; other users' files are their own.</summary>
    /// <exception cref="PosixException">It cannot be given away.</exception>
    public static void LeaveToOwnerOf(string folder, SafeFileHandle file)
    {
        if (GetEUid() == Root)
        {
            Check(StatX(CurrentFolder, folder, 0, StatBuffer.BasicStats, out var stat), "stat", folder);
            Check(FChown(file, stat.Owner, stat.Group), "chown", folder);
        }
    }

    private static bool TryLinkNew(string from, string to)
    {
        // Folders have no second names; a plain rename replaces no folder but an empty one.
        if (Look(from, followLinks: false) is { Type: FileType.Folder })
        {
            if (Look(to, followLinks: false) is not null)
            {
                return false;
            }

            Rename(from, to);
            return true;
        }

        if (Link(from, to) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            return error == Exists ? false : throw new PosixException("link to", to, error);
        }

        Check(Unlink(from), "unlink", from);
        return true;
    }

    private static SafeFileHandle OpenExisting(string path)
    {
        var handle = Open(path, ReadOnly | CloseOnExec);
        if (handle.IsInvalid)
        {
            var error = Marshal.GetLastPInvokeError();
            handle.Dispose();
            throw new PosixException("open", path, error);
        }

        return handle;
    }

    private static void Check(int result, string operation, string path)
    {
        if (result != 0)
        {
            throw new PosixException(operation, path, Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEUid();

    [LibraryImport("libc", EntryPoint = "fchown", SetLastError = true)]
    private static partial int FChown(SafeFileHandle file, uint owner, uint group);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int FLock(SafeFileHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAt2(int fromFolder, string from, int toFolder, string to, uint flags);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string from, string to);

    [LibraryImport("libc", EntryPoint = "unlink", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unlink(string path);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, out StatBuffer stat);
}
