using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Digitizer.Native;

/// <summary>
/// A small read-only file without a name on any disk (memfd_create(2)): nothing to leave behind, and
/// nothing that a cleaner of temporary folders takes away from a long-running service.
/// </summary>
internal sealed partial class MemoryFile : IDisposable
{
    private const uint CloseOnExec = 1;
    private const uint AllowSealing = 2;
    private const int AddSeals = 1033;
    private const int SealEverything = 0xF;
    private readonly SafeFileHandle handle;

    /// <exception cref="NativeException">The kernel refuses.</exception>
    public MemoryFile(string name, ReadOnlySpan<byte> content)
    {
        handle = memfd_create(name, CloseOnExec | AllowSealing);
        if (handle.IsInvalid)
        {
            throw new NativeException($"memfd_create failed with error {Marshal.GetLastPInvokeError()}.");
        }

        RandomAccess.Write(handle, content, 0);
        if (fcntl(handle, AddSeals, SealEverything) != 0)
        {
            throw new NativeException($"A memory file cannot be sealed: error {Marshal.GetLastPInvokeError()}.");
        }
    }

    /// <summary>Opens anew, from the start, in any process of the same user while this object lives.</summary>
    public string Path => FormattableString.Invariant($"/proc/{Environment.ProcessId}/fd/{handle.DangerousGetHandle()}");

    public void Dispose() => handle.Dispose();

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle memfd_create(string name, uint flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fcntl(SafeFileHandle file, int command, int argument);
}
