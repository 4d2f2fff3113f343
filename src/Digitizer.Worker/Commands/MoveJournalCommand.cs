using System.CommandLine;
using Digitizer.Service;
using Digitizer.Worker.Service;
using Digitizer.Workspace;

namespace Digitizer.Worker.Commands;

/// <summary><c>digitizer move-journal</c>: from SQLite to PostgreSQL.</summary>
internal static class MoveJournalCommand
{
    private const string Description =
        "Moves the journal of a stopped service from SQLite into an empty PostgreSQL database: every row in one transaction, compared by digest, then the accounts. The old file is kept under another name.";

    private const string Examples = """
        Example:
          digitizer move-journal --state /var/lib/digitizer --to-postgres "Host=db;Database=digitizer;Username=digitizer"

        A password is better kept in PGPASSWORD or in the file that PGPASSFILE names than on the command line.
        """;

    private static readonly Option<string> State = new("--state")
    {
        Description = "The service's state folder. The service must be stopped.",
        HelpName = "DIR",
        Required = true,
    };

    private static readonly Option<string> ToPostgres = new("--to-postgres") { Description = "Connection string of an empty database.", HelpName = "CONNECTION", Required = true };

    public static Command Create()
    {
        var command = new CommandWithExamples("move-journal", Description, Examples) { State, ToPostgres };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetRequiredValue(State), parsed.GetRequiredValue(ToPostgres), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string folder, string connection, CancellationToken cancellation)
    {
        var place = StatePlace.In(folder);
        if (!place.HasJournal)
        {
            throw place.Missing();
        }

        using var held = StateFolder.Open(place.State);
        var moved = await JournalRelocation.RunAsync(place.Journal, connection, TimeProvider.System, cancellation);
        await Console.Out.WriteLineAsync($"""
            {moved.Rows} rows of {moved.Units} units arrived as they were sent, and the accounts are the same.
            The old journal is kept as {moved.KeptAs}; nothing reads it any more.
            Write into the configuration before the service is started, beside "State":
              "PostgreSql": "the connection string that was used here"
            """);
        return ExitCode.Done;
    }
}
