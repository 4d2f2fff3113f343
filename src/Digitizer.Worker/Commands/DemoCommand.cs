using System.CommandLine;
using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Worker.Demo;
using Digitizer.Worker.Terminal;

namespace Digitizer.Worker.Commands;

/// <summary><c>digitizer demo</c>: shows on invented pages what the product does.</summary>
internal static class DemoCommand
{
    private const string Out = "./out/demo";

    private const string Description = "Digitizes the pages in samples/ into ./out/demo and says what was found; with --serve, runs a service beside a sample dossier system; with --azure, two workers on a queue of blobs.";

    private const string Examples = """
        Examples:
          digitizer demo
          digitizer demo --serve
          digitizer demo --azure
        """;

    private static readonly Option<bool> Serve = new("--serve")
    {
        Description = "Starts the service on a drop folder in ./out/demo-serve, and samples/dossier-server to file in; stop with Ctrl-C.",
    };

    private static readonly Option<bool> Azure = new("--azure")
    {
        Description = "Starts PostgreSQL and Azurite on this machine, uploads the samples, has two workers digitize them into ./out/demo-azure, and stops everything.",
    };

    public static Command Create()
    {
        var command = new CommandWithExamples("demo", Description, Examples) { Serve, Azure };
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(Serve) && parsed.GetValue(Azure))
            {
                parsed.AddError("--serve and --azure are two demonstrations; choose one.");
            }
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(Serve))
            {
                return await new DemoService(FindSamples()).RunAsync(cancellation);
            }

            if (parsed.GetValue(Azure))
            {
                return await new AzureDemo(Pages(FindSamples()), Consoles.Output()).RunAsync(cancellation);
            }

            var settings = new BatchSettings { Inputs = Pages(FindSamples()), Out = Out };
            var found = new FoundReport(Consoles.Output());
            return (await new BatchCommand(settings).RunAsync(found.Write, cancellation)).ExitCode;
        });
        return command;
    }

    // The folder holds programs, too.
    private static string[] Pages(string samples)
        => [.. Directory.EnumerateFiles(samples).Where(file => !IgnoreRule.MayBeSideCar(file)).Order(StringComparer.Ordinal)];

    // Beside the program where it is installed, at the top of the repository where it is built.
    private static string FindSamples()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder.TrimEnd('/')))
        {
            var samples = Path.Combine(folder, "samples");
            if (Directory.Exists(samples) && (folder == AppContext.BaseDirectory || File.Exists(Path.Combine(folder, "Digitizer.sln"))))
            {
                return Path.GetRelativePath(Directory.GetCurrentDirectory(), samples);
            }
        }

        throw new DigitizerException(
            FailureKind.FileUnreadable, "The folder samples/ is not beside the program. Run from a clone of the repository, or use 'digitizer process' on pages of your own.");
    }
}
