using System.Runtime.InteropServices;
using static Digitizer.Native.TesseractImports;

namespace Digitizer.Native;

/// <summary>How Tesseract looks for text (TessPageSegMode of capi.h).</summary>
internal enum Segmentation
{
    Automatic = 3,
    SingleLine = 7,
    SingleWord = 8,
    SingleCharacter = 10,
}

/// <summary>One word as the engine read it, in pixels of the image it was given.</summary>
/// <param name="Text">UTF-8 text as the engine gave it.</param>
/// <param name="Confidence">0–100.</param>
/// <param name="Box">Ink box.</param>
/// <param name="Baseline">Baseline of its line: x1, y1, x2, y2.</param>
/// <param name="StartsLine">True for the first word of a line.</param>
/// <param name="Raw">The engine's own text where <paramref name="Text"/> was mended, else null.</param>
internal readonly record struct EngineWord(
    string Text, double Confidence, PixBox Box,
    (int X1, int Y1, int X2, int Y2) Baseline, bool StartsLine, string? Raw = null)
{
    /// <summary>No word that was changed is surer than this.</summary>
    public const double MostOfMended = 70;

    /// <summary>The word with another text; what the engine said stays known.</summary>
    public EngineWord Mended(string text)
        => text == Text ? this : this with { Text = text, Raw = Raw ?? Text, Confidence = Math.Min(Confidence, MostOfMended) };
}

/// <summary>A word with what each of its letters may be.</summary>
/// <param name="Box">Ink box.</param>
/// <param name="Letters">In reading order; for each what it may be, the likeliest first. Never empty.</param>
internal sealed record EngineLattice(PixBox Box, IReadOnlyList<IReadOnlyList<EngineChoice>> Letters);

/// <summary>What a letter may be.</summary>
/// <param name="Text">One letter, seldom several.</param>
/// <param name="Confidence">0–100.</param>
internal readonly record struct EngineChoice(string Text, double Confidence);

/// <summary>One Tesseract engine with one model. Not safe for several threads at once.</summary>
internal sealed class TesseractEngine : IDisposable
{
    private const int LstmOnly = 1;
    private const int LineLevel = 2;
    private const int WordLevel = 3;
    private const int SymbolLevel = 4;
    private readonly EngineHandle api = new();

    /// <summary>Loads a model.</summary>
    /// <param name="tessdataFolder">Folder that holds <c>MODEL.traineddata</c>.</param>
    /// <param name="model">Name of the model.</param>
    /// <param name="variables">Parameters set at start, for instance <c>tessedit_do_invert</c> = 0.</param>
    /// <exception cref="NativeException">The model cannot be loaded.</exception>
    public TesseractEngine(string tessdataFolder, string model, IReadOnlyDictionary<string, string> variables)
    {
        var names = variables.Keys.ToArray();
        var values = variables.Values.ToArray();
        if (TessBaseAPIInit4(api, tessdataFolder, model, LstmOnly, 0, 0, names, values, (nuint)names.Length, 0) != 0)
        {
            api.Dispose();
            throw new NativeException($"Tesseract cannot load the model {model} from {tessdataFolder}.");
        }
    }

    internal static string LibraryVersion() => Marshal.PtrToStringUTF8(TessVersion())!;

    /// <summary>Reads an 8-bit page.</summary>
    /// <param name="page">Grey, upright.</param>
    /// <param name="dpi">Pixels an inch, used by the layout analysis.</param>
    /// <param name="segmentation">How to look for text.</param>
    /// <returns>Words in the engine's order, in pixels of <paramref name="page"/>.</returns>
    /// <exception cref="NativeException">The engine gave up.</exception>
    public List<EngineWord> Read(Pix page, int dpi, Segmentation segmentation) => Recognize(page, dpi, segmentation, CollectWords);

    /// <summary>Reads a line with what else each letter may be; two to three times as slow as reading.</summary>
    /// <param name="line">Grey, upright.</param>
    /// <param name="dpi">Pixels an inch.</param>
    /// <exception cref="NativeException">The engine gave up.</exception>
    public List<EngineLattice> ReadLattice(Pix line, int dpi)
    {
        SetChoices("2");
        try
        {
            return Recognize(line, dpi, Segmentation.SingleLine, CollectLattice);
        }
        finally
        {
            SetChoices("0");
        }
    }

    public void Dispose() => api.Dispose();

    private void SetChoices(string mode)
    {
        if (TessBaseAPISetVariable(api, "lstm_choice_mode", mode) == 0)
        {
            throw new NativeException("Tesseract does not know lstm_choice_mode.");
        }
    }

    private T Recognize<T>(Pix page, int dpi, Segmentation segmentation, Func<T> collect)
    {
        TessBaseAPISetPageSegMode(api, (int)segmentation);
        TessBaseAPISetImage2(api, page);
        TessBaseAPISetSourceResolution(api, dpi);
        try
        {
            if (TessBaseAPIRecognize(api, 0) != 0)
            {
                throw new NativeException("Tesseract gave up on the page.");
            }

            return collect();
        }
        finally
        {
            TessBaseAPIClear(api);
        }
    }

    private List<EngineLattice> CollectLattice()
    {
        var words = new List<EngineLattice>();
        var iterator = TessBaseAPIGetIterator(api);
        if (iterator == 0)
        {
            return words;
        }

        try
        {
            var page = TessResultIteratorGetPageIterator(iterator);
            List<IReadOnlyList<EngineChoice>> letters = [];
            do
            {
                // Where the engine saw a picture or nothing there is no word, and asking for its letters would end the process.
                if (TessPageIteratorBoundingBox(page, WordLevel, out var l, out var t, out var r, out var b) == 0)
                {
                    continue;
                }

                if (TessPageIteratorIsAtBeginningOf(page, WordLevel) != 0)
                {
                    letters = [];
                    words.Add(new EngineLattice(new PixBox(l, t, r - l, b - t), letters));
                }

                letters.Add(Choices(iterator));
            }
            while (TessResultIteratorNext(iterator, SymbolLevel) != 0);
        }
        finally
        {
            TessResultIteratorDelete(iterator);
        }

        return words;
    }

    private static List<EngineChoice> Choices(nint iterator)
    {
        var choices = new List<EngineChoice>();
        var all = TessResultIteratorGetChoiceIterator(iterator);
        try
        {
            do
            {
                if (Marshal.PtrToStringUTF8(TessChoiceIteratorGetUTF8Text(all)) is { Length: > 0 } text)
                {
                    choices.Add(new EngineChoice(text, TessChoiceIteratorConfidence(all)));
                }
            }
            while (TessChoiceIteratorNext(all) != 0);
        }
        finally
        {
            TessChoiceIteratorDelete(all);
        }

        return choices;
    }

    private List<EngineWord> CollectWords()
    {
        var words = new List<EngineWord>();
        var iterator = TessBaseAPIGetIterator(api);
        if (iterator == 0)
        {
            return words;
        }

        try
        {
            var page = TessResultIteratorGetPageIterator(iterator);
            do
            {
                if (Word(iterator, page) is { } word)
                {
                    words.Add(word);
                }
            }
            while (TessResultIteratorNext(iterator, WordLevel) != 0);
        }
        finally
        {
            TessResultIteratorDelete(iterator);
        }

        return words;
    }

    private static EngineWord? Word(nint iterator, nint page)
    {
        var text = TessResultIteratorGetUTF8Text(iterator, WordLevel);
        if (text == 0)
        {
            return null;
        }

        try
        {
            if (TessPageIteratorBoundingBox(page, WordLevel, out var l, out var t, out var r, out var b) == 0)
            {
                return null;
            }

            if (TessPageIteratorBaseline(page, LineLevel, out var x1, out var y1, out var x2, out var y2) == 0)
            {
                (x1, y1, x2, y2) = (l, b, r, b);
            }

            return new EngineWord(
                Marshal.PtrToStringUTF8(text)!, TessResultIteratorConfidence(iterator, WordLevel),
                new PixBox(l, t, r - l, b - t), (x1, y1, x2, y2),
                TessPageIteratorIsAtBeginningOf(page, LineLevel) != 0);
        }
        finally
        {
            TessDeleteText(text);
        }
    }
}
