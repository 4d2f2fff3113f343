using System.Runtime.InteropServices;

namespace Digitizer.Native;

/// <summary>The calls of Tesseract's C API (capi.h, version 5) that recognition uses.</summary>
internal static partial class TesseractImports
{
    private const string Lib = NativeLibraries.Tesseract;

    static TesseractImports() => NativeLibraries.Register();

    [LibraryImport(Lib)] public static partial nint TessVersion();
    [LibraryImport(Lib)] public static partial void TessDeleteText(nint text);
    [LibraryImport(Lib)] public static partial nint TessBaseAPICreate();
    [LibraryImport(Lib)] public static partial void TessBaseAPIDelete(nint api);

    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int TessBaseAPIInit4(
        EngineHandle api, string dataPath, string language, int mode, nint configs, int configCount,
        string[] names, string[] values, nuint count, int nonDebugOnly);

    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int TessBaseAPISetVariable(EngineHandle api, string name, string value);

    [LibraryImport(Lib)] public static partial void TessBaseAPISetPageSegMode(EngineHandle api, int mode);
    [LibraryImport(Lib)] public static partial void TessBaseAPISetImage2(EngineHandle api, Pix pix);
    [LibraryImport(Lib)] public static partial void TessBaseAPISetSourceResolution(EngineHandle api, int ppi);
    [LibraryImport(Lib)] public static partial int TessBaseAPIRecognize(EngineHandle api, nint monitor);
    [LibraryImport(Lib)] public static partial nint TessBaseAPIGetIterator(EngineHandle api);
    [LibraryImport(Lib)] public static partial void TessBaseAPIClear(EngineHandle api);

    [LibraryImport(Lib)] public static partial void TessResultIteratorDelete(nint iterator);
    [LibraryImport(Lib)] public static partial nint TessResultIteratorGetPageIterator(nint iterator);
    [LibraryImport(Lib)] public static partial int TessResultIteratorNext(nint iterator, int level);
    [LibraryImport(Lib)] public static partial nint TessResultIteratorGetUTF8Text(nint iterator, int level);
    [LibraryImport(Lib)] public static partial float TessResultIteratorConfidence(nint iterator, int level);
    [LibraryImport(Lib)] public static partial int TessPageIteratorBoundingBox(nint iterator, int level, out int left, out int top, out int right, out int bottom);
    [LibraryImport(Lib)] public static partial int TessPageIteratorBaseline(nint iterator, int level, out int x1, out int y1, out int x2, out int y2);
    [LibraryImport(Lib)] public static partial int TessPageIteratorIsAtBeginningOf(nint iterator, int level);

    [LibraryImport(Lib)] public static partial nint TessResultIteratorGetChoiceIterator(nint iterator);
    [LibraryImport(Lib)] public static partial void TessChoiceIteratorDelete(nint choices);
    [LibraryImport(Lib)] public static partial int TessChoiceIteratorNext(nint choices);
    [LibraryImport(Lib)] public static partial nint TessChoiceIteratorGetUTF8Text(nint choices);
    [LibraryImport(Lib)] public static partial float TessChoiceIteratorConfidence(nint choices);
}

/// <summary>A TessBaseAPI.</summary>
internal sealed class EngineHandle : SafeHandle
{
    public EngineHandle()
        : base(0, ownsHandle: true)
    {
        SetHandle(TesseractImports.TessBaseAPICreate());
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        TesseractImports.TessBaseAPIDelete(handle);
        return true;
    }
}
