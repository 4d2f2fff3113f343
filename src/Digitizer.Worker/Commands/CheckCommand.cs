using System.CommandLine;
using Digitizer.Worker.Terminal;

namespace Digitizer.Worker.Commands;

/// <summary><c>digitizer check</c>: everything that a run needs of the machine, all problems at once.</summary>
internal static class CheckCommand
{
    private const string Description =
        "Looks at engines, models, confinement and the output folder, or at a service's configuration and its folders, and says everything that is wrong at once.";

    private const string Examples = """
        Examples:
          digitizer check --out results
          digitizer check --config digitizer.json
        """;

    private static readonly Option<string> Out = new("--out")
    {
        Description = "The folder that results are to go to.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "./out",
    };

    private static readonly Option<string?> Config = new("--config") { Description = "A service's configuration file, to be checked instead of an output folder.", HelpName = "FILE" };

    private static readonly Option<string?> Model = ModelOption.Create();

    public static Command Create()
    {
        var command = new CommandWithExamples("check", Description, Examples) { Out, Config, Model };
        command.SetAction(async (parsed, cancellation) =>
        {
            var configuration = parsed.GetValue(Config) is { } file ? ServiceConfiguration.Read(file) : null;
            var checks = new EnvironmentChecks(configuration is null ? parsed.GetRequiredValue(Out) : null, parsed.GetValue(Model) ?? configuration?["PageWorkers:Model"]);
            IReadOnlyList<Finding> findings =
            [
                .. configuration is null ? [] : await new ServiceChecks(configuration, TimeProvider.System).RunAsync(cancellation),
                .. await checks.RunAsync(cancellation),
            ];
            FindingsReport.Write(Consoles.Output(), findings);
            return findings.All(f => f.IsGood) ? ExitCode.Done : ExitCode.Environment;
        });
        return command;
    }
}
