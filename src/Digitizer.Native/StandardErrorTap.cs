using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Digitizer.Native;

/// <summary>
/// Sets descriptor 2 aside while native code runs, to learn whether it had something to say: libjpeg
/// mends bad data, counts it too late for leptonica to hand on, and otherwise only prints a line.
/// </summary>
/// <remarks>For a process that does one thing at a time: what other threads print meanwhile counts too.</remarks>
internal sealed partial class StandardErrorTap : IDisposable
{
    private const int StandardError = 2;
    private const int MostForwarded = 1024;
    private const uint CloseOnExec = 1;
    private readonly SafeFileHandle heard = memfd_create("digitizer-errors", CloseOnExec);
    private readonly int aside = dup(StandardError);

    /// <exception cref="NativeException">The descriptors cannot be copied.</exception>
    public StandardErrorTap()
    {
        if (heard.IsInvalid || aside < 0 || dup2((int)heard.DangerousGetHandle(), StandardError) < 0)
        {
            throw new NativeException("Standard error cannot be set aside.");
        }
    }

    /// <summary>True if anything was printed since.</summary>
    public bool HasSpoken => RandomAccess.GetLength(heard) > 0;

    /// <summary>Puts descriptor 2 back and hands on the beginning of what was printed.</summary>
    public void Dispose()
    {
        var start = new byte[MostForwarded];
        var length = RandomAccess.Read(heard, start, 0);
        _ = dup2(aside, StandardError);
        using var real = new SafeFileHandle(aside, ownsHandle: true);
        heard.Dispose();
        if (length > 0)
        {
            using var stream = new FileStream(real, FileAccess.Write, bufferSize: 0);
            stream.Write(start.AsSpan(0, length));
        }
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle memfd_create(string name, uint flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int dup(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int dup2(int from, int to);
}
