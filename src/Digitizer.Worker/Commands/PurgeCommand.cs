using System.CommandLine;
using Digitizer.Service;
using Digitizer.Worker.Service;

namespace Digitizer.Worker.Commands;

/// <summary><c>digitizer purge</c>: what the service does with old units once a day, now.</summary>
internal static class PurgeCommand
{
    private const string Description =
        "Takes originals and results out of the vault whose documents have been in their dossiers, read back, for longer than the configured retention: into the vault's trash first, deleted days later.";

    private const string Examples = """
        Examples:
          digitizer purge --state /var/lib/digitizer --dry-run
          digitizer purge --config digitizer.json

        With --state the running service is asked, which knows its retention; --config serves where none runs. The journal keeps
        a row of everything; vault/removals.jsonl says who removed what, when and why.
        """;

    private static readonly Option<string?> State = new("--state") { Description = "The state folder of a running service.", HelpName = "DIR" };
    private static readonly Option<string?> Config = new("--config") { Description = "The service's configuration file.", HelpName = "FILE" };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Only tells what would be done." };

    public static Command Create()
    {
        var command = new CommandWithExamples("purge", Description, Examples) { State, Config, DryRun };
        command.Validators.Add(result =>
        {
            if ((result.GetValue(State) is null) == (result.GetValue(Config) is null))
            {
                result.AddError("Name the service with one of --state and --config.");
            }
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            var place = parsed.GetValue(State) is { } folder
                ? StatePlace.Of(folder)
                : StatePlace.Of(ServiceConfiguration.Bind(ServiceConfiguration.Read(parsed.GetRequiredValue(Config)!)));
            var reply = await ControlClient.AskAsync(place, new JobsRequest("purge", Who: Environment.UserName, IsTrial: parsed.GetValue(DryRun)), cancellation);
            foreach (var unit in reply.Removed!.Trashed)
            {
                await Console.Out.WriteLineAsync($"trash {unit}");
            }

            foreach (var unit in reply.Removed.Purged)
            {
                await Console.Out.WriteLineAsync($"purge {unit}");
            }

            await Console.Out.WriteLineAsync(reply.Done);
            return ExitCode.Done;
        });
        return command;
    }
}
