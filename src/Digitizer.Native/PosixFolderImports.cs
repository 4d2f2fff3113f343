using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Digitizer.Native;

/// <content>The calls themselves; names are bytes with a closing zero.</content>
internal sealed partial class PosixFolder
{
    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    private static partial SafeFileHandle OpenAt(int folder, byte[] name, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    private static partial SafeFileHandle OpenAt(SafeFileHandle folder, byte[] name, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "mkdirat", SetLastError = true)]
    private static partial int MkDirAt(SafeFileHandle folder, byte[] name, int mode);

    [LibraryImport("libc", EntryPoint = "getdents64", SetLastError = true)]
    private static partial nint GetDEnts64(SafeFileHandle folder, [Out] byte[] buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static partial int StatX(SafeFileHandle folder, byte[] name, int flags, uint mask, out StatBuffer stat);

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true)]
    private static partial int RenameAt2(SafeFileHandle fromFolder, byte[] from, SafeFileHandle toFolder, byte[] to, uint flags);

    [LibraryImport("libc", EntryPoint = "linkat", SetLastError = true)]
    private static partial int LinkAt(SafeFileHandle fromFolder, byte[] from, SafeFileHandle toFolder, byte[] to, int flags);

    [LibraryImport("libc", EntryPoint = "unlinkat", SetLastError = true)]
    private static partial int UnlinkAt(SafeFileHandle folder, byte[] name, int flags);

    [LibraryImport("libc", EntryPoint = "fchmod", SetLastError = true)]
    private static partial int FChMod(SafeFileHandle file, int mode);

    [LibraryImport("libc", EntryPoint = "fstatfs", SetLastError = true)]
    private static partial int FStatFs(SafeFileHandle file, [Out] byte[] buffer);
}
