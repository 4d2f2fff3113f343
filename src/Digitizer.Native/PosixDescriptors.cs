using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Digitizer.Native;

/// <summary>File descriptors of this process.</summary>
internal static partial class PosixDescriptors
{
    private const int StandardOutput = 1;
    private const int StandardError = 2;

    /// <summary>
    /// Standard output as a stream of our own; from now on whatever writes to descriptor 1, native
    /// libraries included, reaches standard error and cannot mix into what we send.
    /// </summary>
    /// <exception cref="NativeException">The descriptors cannot be copied.</exception>
    public static Stream TakeStandardOutput()
    {
        var copy = dup(StandardOutput);
        if (copy < 0 || dup2(StandardError, StandardOutput) < 0)
        {
            throw new NativeException("Standard output cannot be set aside.");
        }

        return new FileStream(new SafeFileHandle(copy, ownsHandle: true), FileAccess.Write, bufferSize: 0);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int dup(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int dup2(int from, int to);
}
