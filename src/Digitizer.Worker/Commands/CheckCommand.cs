using System.CommandLine;
using Digitizer.Worker.Terminal;

namespace Digitizer.Worker.Commands;

/// <summary><c>digitizer check</c>: everything that a run needs of the machine, all problems at once.</summary>
internal static class CheckCommand
{
    private const string Description = "Looks at engines, models, confinement and the output folder, and says everything that is wrong at once.";

    private const string Examples = """
        Example:
          digitizer check --out results
        """;

    private static readonly Option<string> Out = new("--out")
    {
        Description = "The folder that results are to go to.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "./out",
    };

    private static readonly Option<string?> Model = ModelOption.Create();

    public static Command Create()
    {
        var command = new CommandWithExamples("check", Description, Examples) { Out, Model };
        command.SetAction(async (parsed, cancellation) =>
        {
            var checks = new EnvironmentChecks(parsed.GetRequiredValue(Out), parsed.GetValue(Model));
            var findings = await checks.RunAsync(cancellation);
            FindingsReport.Write(Consoles.Output(), findings);
            return findings.All(f => f.IsGood) ? ExitCode.Done : ExitCode.Environment;
        });
        return command;
    }
}
