using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Digitizer.Pages.Pdf;

namespace Digitizer.Worker.Commands;

/// <summary><c>digitizer process</c>: files and folders in, searchable PDFs out.</summary>
internal static class ProcessCommand
{
    private const int MostJobs = 256;

    private const string Description =
        "Reads pictures of pages (JPEG, PNG, TIFF, BMP, WebP) and PDFs and writes a searchable PDF/A, a text file and a result file (JSON) for each.";

    private const string Examples = """
        Examples:
          digitizer process letter.jpg
          digitizer process scans/ more/form.tif --out results
          digitizer process scans/ --dossier 000.00.01.H29-260310-0420

        Exit codes: 0 all done; 1 some files are listed for a person; 2 wrong usage; 3 the machine lacks something (see 'digitizer check'); 130 interrupted.
        """;

    private static readonly Argument<string[]> Inputs = new("INPUT")
    {
        Description = "Files, and folders with their sub-folders.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string> Out = new("--out")
    {
        Description = "Folder for the results; created where missing.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "./out",
    };

    private static readonly Option<string?> Dossier = new("--dossier")
    {
        Description = "File all documents under this dossier code (mã hồ sơ), in DIR/dossiers/CODE.",
        HelpName = "CODE",
    };

    private static readonly Option<string> Profile = new("--profile")
    {
        Description = $"Rule profile: {Profiles.Default}, or {Profiles.Compact} for small PDFs of colour scans.",
        HelpName = "NAME",
        DefaultValueFactory = _ => Profiles.Default,
    };

    private static readonly Option<string?> Model = ModelOption.Create();

    private static readonly Option<int?> Jobs = new("--jobs")
    {
        Description = "Pages read at the same time (default: one a core).",
        HelpName = "N",
        CustomParser = ParseJobs,
    };

    private static readonly Option<bool> Json = new("--json") { Description = "One JSON line per file on standard output, everything else on standard error." };

    private static readonly Option<bool> NoAttach = new("--no-attach") { Description = "Write results only; file nothing in a dossier." };

    private static readonly Option<ExistingText> Existing = new("--existing-text")
    {
        Description = "Text that PDFs bring along: keep it; redo it, so that every page is read; auto keeps what can be trusted.",
        HelpName = "keep|redo|auto",
        CustomParser = ParseExisting,
    };

    private static readonly Option<string?> Timings = new("--timings") { Description = "Write CPU times of every page into FILE, one JSON line each.", HelpName = "FILE" };

    public static Command Create()
    {
        var command = new CommandWithExamples("process", Description, Examples) { Inputs, Out, Dossier, Profile, Model, Jobs, Existing, Json, NoAttach, Timings };
        AddValidators();
        command.SetAction((parsed, cancellation) => new BatchCommand(Settings(parsed)).RunAsync(cancellation));
        return command;
    }

    private static void AddValidators()
    {
        Inputs.Validators.Add(result => Require(result, result.Tokens.All(t => t.Value.Length > 0), "An input has no name."));
        Inputs.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(t => t.Value.StartsWith('-')))
            {
                result.AddError($"There is no option {token.Value}. A file of that name is written ./{token.Value}.");
            }
        });
        Out.Validators.Add(result => Require(result, result.GetValueOrDefault<string>() is not "", "--out takes the name of a folder."));
        Profile.Validators.Add(result =>
        {
            var name = result.GetValueOrDefault<string>();
            Require(result, Profiles.Known.Contains(name), $"There is no profile '{name}'. Known: {string.Join(", ", Profiles.Known)}.");
        });
    }

    private static void Require(SymbolResult result, bool isGood, string message)
    {
        if (!isGood)
        {
            result.AddError(message);
        }
    }

    private static int? ParseJobs(ArgumentResult result)
    {
        if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var jobs) && jobs is >= 1 and <= MostJobs)
        {
            return jobs;
        }

        result.AddError($"--jobs takes a number from 1 to {MostJobs}.");
        return null;
    }

    private static ExistingText ParseExisting(ArgumentResult result)
    {
        // Names only: numbers would be taken for them.
        if (Array.Find(Enum.GetNames<ExistingText>(), name => name.Equals(result.Tokens[0].Value, StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            return Enum.Parse<ExistingText>(known);
        }

        result.AddError("--existing-text takes keep, redo or auto.");
        return default;
    }

    private static BatchSettings Settings(ParseResult parsed) => new()
    {
        Inputs = parsed.GetRequiredValue(Inputs),
        Out = parsed.GetRequiredValue(Out),
        Dossier = parsed.GetValue(Dossier),
        Profile = parsed.GetRequiredValue(Profile),
        Model = parsed.GetValue(Model),
        Jobs = parsed.GetValue(Jobs),
        Json = parsed.GetValue(Json),
        Attach = !parsed.GetValue(NoAttach),
        Timings = parsed.GetValue(Timings),
        ExistingText = parsed.GetValue(Existing),
    };
}
