using Digitizer.Cleanup;
using Digitizer.Failures;
using Digitizer.Native;
using Digitizer.Pages;
using Digitizer.VietnameseText;

namespace Digitizer.Recognition;

/// <summary>Reads with Tesseract.</summary>
internal sealed class TesseractRecognizer : IPageRecognizer
{
    private const int LeastDpi = 70;
    private const int MostDpi = 2400;
    private const double DoubtfulMark = 60;

    // No paper of the administration has them: strokes of seals and signatures come out so.
    private const string Foreign = "^~|\\{}<>⁄ˆ¬¢£¥©®‡";

    private static readonly Dictionary<string, string> EngineVariables = new()
    {
        ["debug_file"] = "/dev/null",
    };

    private readonly TesseractEngine engine;

    /// <summary>Loads the engine and its model.</summary>
    /// <param name="model">Name of the model.</param>
    /// <param name="tessdataFolder">Folder of the model.</param>
    /// <exception cref="DigitizerException">EngineMissing or ModelMissing.</exception>
    public TesseractRecognizer(string model, string tessdataFolder)
    {
        try
        {
            var versions = NativeLibraries.Check();
            NativeLibraries.Silence();
            engine = new TesseractEngine(tessdataFolder, model, EngineVariables);
            Engine = new EngineInfo("tesseract", versions.Tesseract, model, OcrModel.Digest(tessdataFolder, model));
        }
        catch (NativeException e)
        {
            throw new DigitizerException(FailureKind.EngineMissing, $"{e.Message} Install what is missing (Debian: apt-get install libtesseract5 liblept5 libqpdf29 tesseract-ocr-vie).", e);
        }
    }

    public EngineInfo Engine { get; }

    public PageText Read(CleanPage page)
    {
        var dpi = EngineDpi(page.WorkingDpi);
        var marks = page.XHeight > 0 ? MarksOf(page) : PageMarks.None;
        var reader = new LineReader(engine, page.Gray, dpi, page.XHeight);
        var words = Words(page.XHeight > 0 ? ReadParts(page, dpi, marks, reader) : engine.Read(page.Gray, dpi, Segmentation.Automatic));
        if (words.Count == 0)
        {
            return PageText.Empty;
        }

        var xHeight = page.XHeight > 0 ? page.XHeight : words.Average(w => w.Box.Height) / 1.5;
        var handwriting = new Handwriting(marks.Letters, xHeight);
        var written = handwriting.Find(words);
        words.RemoveAll(handwriting.Within(written, words).Contains);
        var order = new ReadingOrder(new TableCells(page.Rules, xHeight), xHeight);
        var lines = order.Arrange(words);
        var secondLook = new SecondLook(reader, marks.Letters);
        var placed = new LinePlacement(page.ToStored, xHeight);
        var read = lines.ConvertAll(line => (Words: secondLook.Review(WordJoints.Join(line, xHeight)), Place: order.PlaceOf(line)));
        return new PageText([.. read.Select(line => placed.Place(line.Words) with { Cell = line.Place })], Confidence([.. read.SelectMany(line => line.Words)]))
        {
            Handwriting = [.. written.Select(box => page.ToStored.Apply(Quad.FromBox(box.X, box.Y, box.Right, box.Bottom)))],
        };
    }

    public string ReadLine(Pix line, double dpi) => string.Join(' ', engine.Read(line, EngineDpi(dpi), Segmentation.SingleLine).Select(w => NormalText.Of(w.Text).Trim()));

    public double Trial(Pix part, double dpi)
    {
        var words = Words(engine.Read(part, EngineDpi(dpi), Segmentation.Automatic));
        return 100 * Confidence(words);
    }

    public void Dispose() => engine.Dispose();

    private static PageMarks MarksOf(CleanPage page)
    {
        using var ink = page.Gray.Threshold(page.InkLimit);
        var all = ink.Components();
        var boxes = CheckBoxes.Find(ink, all, page.XHeight);
        return new PageMarks(boxes, all.Where(m => !boxes.Exists(b => IsWithin(m, b.Box))).ToList());
    }

    /// <summary>Boxes and cells first, then the rest of the page, then what that passed over.</summary>
    private List<EngineWord> ReadParts(CleanPage page, int dpi, PageMarks marks, LineReader lines)
    {
        using var rest = page.Gray.Crop(new PixBox(0, 0, page.Gray.Width, page.Gray.Height));
        foreach (var (box, _) in marks.Boxes)
        {
            rest.Fill(box.Grown(2), 255);
        }

        var cells = new TableCells(page.Rules, page.XHeight);
        var words = cells.AreNone ? [] : new CellReader(cells, lines, new LetterBoxReader(engine, page.Gray, dpi, page.XHeight), page.XHeight).Read(marks.Letters, rest);
        words.AddRange(StackedWords.LeftOut(engine.Read(rest, dpi, Segmentation.Automatic)));
        words = new MisreadShapes(marks.Letters, page.XHeight, mark => string.Concat(lines.Read([mark], []).Select(w => w.Text))).Mend(words);
        words.AddRange(marks.Boxes.Select(b => CheckBoxes.Word(b.Box, b.IsTicked)));
        words.AddRange(new MissedInk(lines, page.XHeight).Read(marks.Letters, words));
        return words;
    }

    private static bool IsWithin(PixBox mark, PixBox box) => mark.X >= box.X && mark.Right <= box.Right && mark.Y >= box.Y && mark.Bottom <= box.Bottom;

    private static int EngineDpi(double dpi) => Math.Clamp((int)Math.Round(dpi), LeastDpi, MostDpi);

    private static List<LayoutWord> Words(List<EngineWord> read)
    {
        var words = new List<LayoutWord>(read.Count);
        var line = 0;
        foreach (var word in read)
        {
            line += word.StartsLine ? 1 : 0;
            var text = NormalText.Of(word.Text).Trim();
            if (text.Length > 0 && !IsStrayMark(text, word.Confidence))
            {
                words.Add(new LayoutWord(word with { Text = text, Raw = word.Raw?.Trim().Normalize() }, line));
            }
        }

        return words;
    }

    /// <summary>Specks and edges come out as doubtful strokes and quotes; a printed dash or bullet is read without doubt.</summary>
    private static bool IsStrayMark(string text, double confidence)
        => confidence < DoubtfulMark && (!text.Any(char.IsLetterOrDigit) || text.Any(c => Foreign.Contains(c)));

    private static double Confidence(List<LayoutWord> words)
    {
        var letters = words.Sum(w => w.Engine.Text.Length);
        return letters == 0 ? 0 : words.Sum(w => w.Engine.Confidence * w.Engine.Text.Length) / letters / 100;
    }

    /// <summary>What is on a page: boxes to tick, and all other marks.</summary>
    private sealed record PageMarks(IReadOnlyList<(PixBox Box, bool IsTicked)> Boxes, IReadOnlyList<PixBox> Letters)
    {
        public static readonly PageMarks None = new([], []);
    }
}
