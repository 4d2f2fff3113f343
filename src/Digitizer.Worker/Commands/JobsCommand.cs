using System.CommandLine;
using Digitizer.Service;
using Digitizer.Worker.Service;
using Digitizer.Worker.Terminal;

namespace Digitizer.Worker.Commands;

/// <summary><c>digitizer jobs</c>: the journal, for people and for scripts.</summary>
internal static class JobsCommand
{
    private const string Description = "Shows what became of everything that was taken in, and lets a person decide where one must.";

    private const string Examples = """
        Examples:
          digitizer jobs list
          digitizer jobs list --waiting --state /var/lib/digitizer
          digitizer jobs show 01ARZ3NDEKTSV4RRFFQ69G5FAV
          digitizer jobs assign DOCUMENT 000.00.01.H29-260310-0420
          digitizer jobs release DOCUMENT
          digitizer jobs confirm DOCUMENT --place "sổ tiếp nhận, số 12"
          digitizer jobs resend DOCUMENT
          digitizer jobs retry 01ARZ3NDEKTSV4RRFFQ69G5FAV
        """;

    private static readonly Option<string> State = new("--state")
    {
        Description = "A service's state folder, or the output folder of 'digitizer process'.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "./out",
        Recursive = true,
    };

    private static readonly Option<bool> Json = new("--json") { Description = "The answer as JSON.", Recursive = true };

    private static readonly Option<bool> Waiting = new("--waiting") { Description = "Only units that wait for a person." };
    private static readonly Option<string> Place = new("--place") { Description = "Where it was seen: a number, an address, a remark; kept as its receipt.", HelpName = "TEXT" };
    private static readonly Argument<string> Unit = new("UNIT") { Description = "A unit's id: 26 letters and digits." };
    private static readonly Argument<string> Document = new("DOCUMENT") { Description = "A document's id, from 'digitizer jobs show'." };
    private static readonly Argument<string> Dossier = new("CODE") { Description = "Dossier code (mã hồ sơ)." };

    public static Command Create() => new CommandWithExamples("jobs", Description, Examples)
    {
        State,
        Json,
        Verb("list", "Lists units, and whether the account balances.", [], [Waiting], parsed => new JobsRequest("list", NeedsPerson: parsed.GetValue(Waiting))),
        Verb("show", "Shows one unit: pages, documents, deliveries, every attempt and its reason.", [Unit], [], parsed => new JobsRequest("show", Unit: parsed.GetRequiredValue(Unit))),
        Verb("assign", "Files a document that waits in a dossier.", [Document, Dossier], [], parsed => new JobsRequest("assign", Document: parsed.GetRequiredValue(Document), Dossier: parsed.GetRequiredValue(Dossier))),
        Verb("release", "Lets a document go on as it is, having looked at it.", [Document], [], parsed => new JobsRequest("release", Document: parsed.GetRequiredValue(Document))),
        Verb("confirm", "Says that a doubtful document is in its dossier, having looked there.", [Document], [Place], parsed => new JobsRequest("confirm", Document: parsed.GetRequiredValue(Document), Place: parsed.GetValue(Place))),
        Verb("resend", "Sends a doubtful document again, having made sure that it is not in its dossier.", [Document], [], parsed => new JobsRequest("resend", Document: parsed.GetRequiredValue(Document))),
        Verb("retry", "Tries again what failed.", [Unit], [], parsed => new JobsRequest("retry", Unit: parsed.GetRequiredValue(Unit))),
        Verb("cancel", "Gives a unit up; its original stays in the vault.", [Unit], [], parsed => new JobsRequest("cancel", Unit: parsed.GetRequiredValue(Unit))),
    };

    private static CommandWithExamples Verb(string name, string description, Argument[] arguments, Option[] options, Func<ParseResult, JobsRequest> request)
    {
        var command = new CommandWithExamples(name, description, Examples);
        Array.ForEach(arguments, command.Add);
        Array.ForEach(options, command.Add);
        command.SetAction(async (parsed, cancellation) =>
        {
            var asked = request(parsed) with { Who = Environment.UserName };
            var reply = await ControlClient.AskAsync(parsed.GetRequiredValue(State), asked, cancellation);
            if (parsed.GetValue(Json))
            {
                await Console.Out.WriteLineAsync(ControlJson.Of(reply));
            }
            else
            {
                JobsReport.Write(Consoles.Output(), reply, parsed.GetRequiredValue(State));
            }

            return reply.Balance is { Balanced: false } ? ExitCode.SomeLeft : ExitCode.Done;
        });
        return command;
    }
}
