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
    private static int warningCount;
    private readonly int before = Volatile.Read(ref count);
    private readonly int warningsBefore = Volatile.Read(ref warningCount);

    static TiffErrors() => NativeLibraries.Register();

    private TiffErrors()
    {
        TIFFSetErrorHandlerExt(&OnError);
        TIFFSetWarningHandlerExt(&OnWarning);
    }

    /// <summary>Errors since this counter was made.</summary>
    public int Value => Volatile.Read(ref count) - before;

    /// <summary>Warnings since this counter was made: the fax decoder's word for a picture that ends too early.</summary>
    public int Warnings => Volatile.Read(ref warningCount) - warningsBefore;

    /// <summary>Starts counting, until disposed. One at a time in a process.</summary>
    public static TiffErrors Count() => new();

    /// <inheritdoc/>
    public void Dispose()
    {
        TIFFSetErrorHandlerExt(null);
        TIFFSetWarningHandlerExt(null);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnError(void* client, byte* module, byte* format, void* arguments) => Interlocked.Increment(ref count);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnWarning(void* client, byte* module, byte* format, void* arguments) => Interlocked.Increment(ref warningCount);

    // Leptonica switches the plain handler off whenever it opens a file; the extended one stays.
    [LibraryImport(NativeLibraries.Tiff)]
    private static partial nint TIFFSetErrorHandlerExt(delegate* unmanaged[Cdecl]<void*, byte*, byte*, void*, void> handler);

    [LibraryImport(NativeLibraries.Tiff)]
    private static partial nint TIFFSetWarningHandlerExt(delegate* unmanaged[Cdecl]<void*, byte*, byte*, void*, void> handler);
}
