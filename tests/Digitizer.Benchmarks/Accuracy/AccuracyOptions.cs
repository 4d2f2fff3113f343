using System.Globalization;

namespace Digitizer.Benchmarks.Accuracy;

/// <summary>What <c>accuracy</c> measures.</summary>
internal sealed record AccuracyOptions
{
    public const string Usage = """
        eng/accuracy FOLDER [options]      (FOLDER: manifest.json, pages/, gt/; docs/accuracy.md)

          --with tesseract   the tesseract command line reads the same pages, and Digitizer's CPU is given as a ratio to it
          --with ocrmypdf    OCRmyPDF too, with --rotate-pages --deskew --clean; it may be given beside the other
          --per WHAT         a row for each profile (default), kind or page
          --only TEXT        only pages whose ids contain this
          --jobs N           pages that Digitizer reads at the same time (default 1, as CPU seconds grow where cores are shared)
          --model NAME       OCR model of all readers (default vie)
          --keep DIR         Digitizer's results are left there, which must not exist
          --hyp DIR          nothing is run: the texts DIR/ID.txt are compared (may be repeated)
          --ablate           reads each page again without each clean-up step that changed it: what the step gains, harms and costs
          --json FILE        all figures, page by page
        """;

    public required string Folder { get; init; }

    public bool Tesseract { get; init; }

    public bool Ocrmypdf { get; init; }

    public string Per { get; init; } = "profile";

    public string Only { get; init; } = "";

    public int Jobs { get; init; } = 1;

    public string Model { get; init; } = "vie";

    public string? Keep { get; init; }

    public IReadOnlyList<string> Texts { get; init; } = [];

    public bool Ablate { get; init; }

    public string? Json { get; init; }

    /// <summary>Reads what stands after the command; null if it is wrong.</summary>
    public static AccuracyOptions? Parse(ReadOnlySpan<string> args)
    {
        if (args.Length == 0 || !File.Exists(Path.Combine(args[0], "manifest.json")))
        {
            return null;
        }

        var options = new AccuracyOptions { Folder = args[0] };
        for (var rest = args[1..]; rest.Length > 0;)
        {
            var (more, taken) = rest[0] == "--ablate" ? (options with { Ablate = true }, 1)
                : rest.Length > 1 ? (options.And(rest[0], rest[1]), 2)
                : (null, 0);
            if (more is null)
            {
                return null;
            }

            options = more;
            rest = rest[taken..];
        }

        return options;
    }

    private AccuracyOptions? And(string name, string value) => (name, value) switch
    {
        ("--with", "tesseract") => this with { Tesseract = true },
        ("--with", "ocrmypdf") => this with { Ocrmypdf = true },
        ("--per", "profile" or "kind" or "page") => this with { Per = value },
        ("--only", _) => this with { Only = value },
        ("--jobs", _) when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var jobs) && jobs > 0 => this with { Jobs = jobs },
        ("--model", _) => this with { Model = value },
        ("--keep", _) when !Path.Exists(value) => this with { Keep = value },
        ("--hyp", _) when Directory.Exists(value) => this with { Texts = [.. Texts, value] },
        ("--json", _) => this with { Json = value },
        _ => null,
    };
}
