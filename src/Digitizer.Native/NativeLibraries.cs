using System.Reflection;
using System.Runtime.InteropServices;

namespace Digitizer.Native;

/// <summary>Finds the engines under the names that distributions give them, and checks their versions.</summary>
public static class NativeLibraries
{
    private const int LeptonicaNoMessages = 6;
    internal const string Tesseract = "tesseract";
    internal const string Leptonica = "leptonica";
    internal const string Tiff = "tiff";
    internal const string Qpdf = "qpdf";

    private static readonly Dictionary<string, string[]> Names = new()
    {
        [Tesseract] = ["libtesseract.so.5"],
        [Leptonica] = ["liblept.so.5", "libleptonica.so.6"],
        [Tiff] = ["libtiff.so.6", "libtiff.so.5"],
        [Qpdf] = ["libqpdf.so.29", "libqpdf.so.30"],
    };

    private static int registered;

    /// <summary>Versions of the engines, read from the libraries themselves.</summary>
    /// <param name="Tesseract">For instance 5.3.0.</param>
    /// <param name="Leptonica">For instance 1.82.0.</param>
    /// <param name="Qpdf">For instance 11.3.0.</param>
    public sealed record Versions(string Tesseract, string Leptonica, string Qpdf);

    /// <summary>Loads the engines and checks that they are of a line that the bindings fit.</summary>
    /// <exception cref="NativeException">A library is missing or of another major version; the message says which.</exception>
    public static Versions Check()
    {
        Register();
        var tesseract = Read(Tesseract, TesseractEngine.LibraryVersion);
        var leptonica = Read(Leptonica, LeptonicaImports.Version);
        if (!tesseract.StartsWith("5.", StringComparison.Ordinal))
        {
            throw new NativeException($"libtesseract is version {tesseract}; version 5 is needed.");
        }

        if (!leptonica.StartsWith("1.", StringComparison.Ordinal))
        {
            throw new NativeException($"liblept is version {leptonica}; version 1 is needed.");
        }

        var qpdf = Read(Qpdf, QpdfImports.Version);
        if (!qpdf.StartsWith("11.", StringComparison.Ordinal) && !qpdf.StartsWith("12.", StringComparison.Ordinal))
        {
            throw new NativeException($"libqpdf is version {qpdf}; version 11 or 12 is needed.");
        }

        return new Versions(tesseract, leptonica, qpdf);
    }

    /// <summary>Keeps leptonica from writing to standard error: failures come back as statuses.</summary>
    public static void Silence() => _ = LeptonicaImports.setMsgSeverity(LeptonicaNoMessages);

    internal static void Register()
    {
        if (Interlocked.Exchange(ref registered, 1) == 0)
        {
            NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, Resolve);
        }
    }

    private static string Read(string library, Func<string> version)
    {
        try
        {
            return version();
        }
        catch (DllNotFoundException)
        {
            throw new NativeException($"lib{library} is not installed (looked for {string.Join(", ", Names[library])}).");
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (!Names.TryGetValue(name, out var candidates))
        {
            return 0;
        }

        foreach (var candidate in candidates)
        {
            if (NativeLibrary.TryLoad(candidate, out var handle))
            {
                return handle;
            }
        }

        return 0;
    }
}
