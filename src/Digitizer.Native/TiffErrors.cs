using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Digitizer.Native;

/// <summary>
/// Counts what libtiff reports while a page is decoded: it returns a picture with missing rows as if
/// nothing had happened, and says so only through its error handler.
/// </summary>
internal sealed unsafe partial class TiffErrors : IDisposable
{
    private static int count;
    private readonly int before = Volatile.Read(ref count);

    static TiffErrors() => NativeLibraries.Register();

    private TiffErrors()
    {
        TIFFSetErrorHandlerExt(&OnError);
    }

    /// <summary>Errors since this counter was made.</summary>
    public int Value => Volatile.Read(ref count) - before;

    /// <summary>Starts counting, until disposed. One at a time in a process.</summary>
    public static TiffErrors Count() => new();

    /// <inheritdoc/>
    public void Dispose() => TIFFSetErrorHandlerExt(null);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnError(void* client, byte* module, byte* format, void* arguments) => Interlocked.Increment(ref count);

    // Leptonica switches the plain handler off whenever it opens a file; the extended one stays.
    [LibraryImport(NativeLibraries.Tiff)]
    private static partial nint TIFFSetErrorHandlerExt(delegate* unmanaged[Cdecl]<void*, byte*, byte*, void*, void> handler);
}
