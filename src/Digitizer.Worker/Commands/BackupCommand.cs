using System.CommandLine;
using Digitizer.Service;
using Digitizer.Worker.Service;

namespace Digitizer.Worker.Commands;

/// <summary><c>digitizer backup</c>: a whole, checked copy of the journal, while the service works.</summary>
internal static class BackupCommand
{
    private const string Description =
        "Writes a copy of the journal as of one moment into a new file, checks it, and brings it to the disk. The service goes on meanwhile; nothing else may copy a journal that is open.";

    private const string Examples = """
        Example:
          digitizer backup --state /var/lib/digitizer --to /backup/journal-2026-03-10.db

        The vault and audit.jsonl are copied with any tool, after the journal. A journal on PostgreSQL is backed up with pg_dump.
        """;

    private static readonly Option<string> State = new("--state")
    {
        Description = "A service's state folder, or the output folder of 'digitizer process'.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "./out",
    };

    private static readonly Option<string> To = new("--to") { Description = "The copy; it must not be there yet.", HelpName = "FILE", Required = true };

    public static Command Create()
    {
        var command = new CommandWithExamples("backup", Description, Examples) { State, To };
        command.SetAction(async (parsed, cancellation) =>
        {
            var request = new JobsRequest("backup", Who: Environment.UserName, File: Path.GetFullPath(parsed.GetRequiredValue(To)));
            var reply = await ControlClient.AskAsync(parsed.GetRequiredValue(State), request, cancellation);
            await Console.Out.WriteLineAsync(reply.Done);
            return ExitCode.Done;
        });
        return command;
    }
}
