using System.Runtime.InteropServices;

namespace Digitizer.Native;

/// <summary>The calls of leptonica's C API (allheaders.h) that the page stages use.</summary>
internal static partial class LeptonicaImports
{
    private const string Lib = NativeLibraries.Leptonica;

    static LeptonicaImports() => NativeLibraries.Register();

    /// <summary>The library's version, digits only.</summary>
    public static string Version()
    {
        var text = getLeptonicaVersion();
        try
        {
            return Marshal.PtrToStringUTF8(text)!.Replace("leptonica-", "", StringComparison.Ordinal);
        }
        finally
        {
            lept_free(text);
        }
    }

    /// <summary>A copy of a part; the part is cut to the image.</summary>
    public static Pix Clip(Pix pix, PixBox part) => WithBox(part, box => pixClipRectangle(pix, box, 0));

    /// <summary>Sets the pixels of a part.</summary>
    public static int FillPart(Pix pix, PixBox part, uint value) => WithBox(part, box => pixSetInRectArbitrary(pix, box, value));

    private static T WithBox<T>(PixBox part, Func<nint, T> use)
    {
        var box = boxCreate(part.X, part.Y, part.Width, part.Height);
        try
        {
            return use(box);
        }
        finally
        {
            boxDestroy(ref box);
        }
    }

    [LibraryImport(Lib)] private static partial nint getLeptonicaVersion();
    [LibraryImport(Lib)] public static partial void lept_free(nint memory);
    [LibraryImport(Lib)] public static partial int setMsgSeverity(int severity);
    [LibraryImport(Lib)] public static partial void pixDestroy(ref nint pix);

    [LibraryImport(Lib)] public static partial Pix pixReadMemJpeg(ReadOnlySpan<byte> data, nuint size, int colormap, int reduction, out int warnings, int hint);
    [LibraryImport(Lib)] public static partial Pix pixReadMemPng(ReadOnlySpan<byte> data, nuint size);
    [LibraryImport(Lib)] public static partial Pix pixReadMemBmp(ReadOnlySpan<byte> data, nuint size);
    [LibraryImport(Lib)] public static partial Pix pixReadMemPnm(ReadOnlySpan<byte> data, nuint size);
    [LibraryImport(Lib)] public static partial Pix pixReadMemWebP(ReadOnlySpan<byte> data, nuint size);
    [LibraryImport(Lib)] public static partial Pix pixReadMemFromMultipageTiff(ReadOnlySpan<byte> data, nuint size, ref nuint offset);
    [LibraryImport(Lib)] public static partial int pixWriteMemTiff(out nint data, out nuint size, Pix pix, int format);
    [LibraryImport(Lib)] public static partial int pixWriteMemJpeg(out nint data, out nuint size, Pix pix, int quality, int progressive);

    [LibraryImport(Lib)] public static partial Pix pixCreate(int width, int height, int depth);
    [LibraryImport(Lib)] public static partial Pix pixClone(Pix pix);
    [LibraryImport(Lib)] public static partial int pixGetDimensions(Pix pix, out int width, out int height, out int depth);
    [LibraryImport(Lib)] public static partial int pixGetSpp(Pix pix);
    [LibraryImport(Lib)] public static partial int pixGetWpl(Pix pix);
    [LibraryImport(Lib)] public static partial nint pixGetData(Pix pix);
    [LibraryImport(Lib)] public static partial nint pixGetColormap(Pix pix);
    [LibraryImport(Lib)] public static partial int pixCountPixels(Pix pix, out int count, nint table);

    [LibraryImport(Lib)] public static partial Pix pixRemoveColormap(Pix pix, int type);
    [LibraryImport(Lib)] public static partial Pix pixConvert16To8(Pix pix, int type);
    [LibraryImport(Lib)] public static partial Pix pixConvertTo8(Pix pix, int colormap);
    [LibraryImport(Lib)] public static partial Pix pixAlphaBlendUniform(Pix pix, uint color);

    [LibraryImport(Lib)] private static partial int pixSetInRectArbitrary(Pix pix, nint box, uint value);
    [LibraryImport(Lib)] private static partial nint boxCreate(int x, int y, int width, int height);
    [LibraryImport(Lib)] private static partial void boxDestroy(ref nint box);
    [LibraryImport(Lib)] private static partial Pix pixClipRectangle(Pix pix, nint box, nint clipped);
    [LibraryImport(Lib)] public static partial Pix pixRotateOrth(Pix pix, int quarters);
    [LibraryImport(Lib)] public static partial Pix pixFlipLR(nint target, Pix pix);
    [LibraryImport(Lib)] public static partial Pix pixRotate(Pix pix, float radians, int type, int incolor, int width, int height);
    [LibraryImport(Lib)] public static partial Pix pixInvert(nint target, Pix pix);
    [LibraryImport(Lib)] public static partial Pix pixScale(Pix pix, float x, float y);
    [LibraryImport(Lib)] public static partial Pix pixScaleAreaMap(Pix pix, float x, float y);

    [LibraryImport(Lib)] public static partial Pix pixThresholdToBinary(Pix pix, int threshold);

    [LibraryImport(Lib)] public static partial int pixFindSkewSweepAndSearch(Pix pix, out float angle, out float confidence, int sweepReduction, int searchReduction, float sweepRange, float sweepStep, float minimum);
    [LibraryImport(Lib)] public static partial int pixOrientDetect(Pix pix, out float up, out float left, int minCount, int debug);

    [LibraryImport(Lib)] public static partial Pix pixOpenBrick(nint target, Pix pix, int width, int height);
    [LibraryImport(Lib)] public static partial Pix pixCloseBrick(nint target, Pix pix, int width, int height);
    [LibraryImport(Lib)] public static partial Pix pixDilateBrick(nint target, Pix pix, int width, int height);
    [LibraryImport(Lib)] public static partial Pix pixAnd(nint target, Pix a, Pix b);
    [LibraryImport(Lib)] public static partial int pixRasterop(Pix target, int x, int y, int width, int height, int operation, Pix source, int sourceX, int sourceY);
    [LibraryImport(Lib)] public static partial Pix pixSubtract(nint target, Pix a, Pix b);
    [LibraryImport(Lib)] public static partial Pix pixSeedfillBinary(nint target, Pix seed, Pix mask, int connectivity);
    [LibraryImport(Lib)] public static partial int pixSetMasked(Pix pix, Pix mask, uint value);

    [LibraryImport(Lib)] public static partial nint pixConnCompBB(Pix pix, int connectivity);
    [LibraryImport(Lib)] public static partial int boxaGetCount(nint boxes);
    [LibraryImport(Lib)] public static partial int boxaGetBoxGeometry(nint boxes, int index, out int x, out int y, out int width, out int height);
    [LibraryImport(Lib)] public static partial void boxaDestroy(ref nint boxes);
}
