using System.CommandLine;
using System.Text.Json;
using Digitizer.Failures;
using Digitizer.Worker.Api.Access;
using Digitizer.Worker.Terminal;

namespace Digitizer.Worker.Commands;

/// <summary><c>digitizer keys</c>: who may call the HTTP API of a service.</summary>
internal static class KeysCommand
{
    private const string Description = "Gives out, lists and revokes the keys with which other programs call the HTTP API of a service. A running service heeds a change within a second.";

    private const string Examples = """
        Examples:
          digitizer keys add --state /var/lib/digitizer --name "Quầy 1" --source mot-cua --expires 365d
          digitizer keys add --state /var/lib/digitizer --name "Kho hồ sơ" --right read --dossier "000.00.01.H29-*" --expires 2027-12-31
          digitizer keys list --state /var/lib/digitizer
          digitizer keys revoke 7k2m9x4tqa --state /var/lib/digitizer

        The key is shown once, on standard output, and kept nowhere: only its digest is. Lost keys are revoked and given out anew.
        """;

    private static readonly Option<string> State = new("--state") { Description = "The service's state folder.", HelpName = "DIR", Required = true, Recursive = true };
    private static readonly Option<bool> Json = new("--json") { Description = "The list as JSON." };
    private static readonly Argument<string> Id = new("ID") { Description = "The key's id, from 'digitizer keys list': the ten letters and digits after dgz_." };

    public static Command Create() => new CommandWithExamples("keys", Description, Examples) { State, Add(), List(), Revoke() };

    private static CommandWithExamples Add()
    {
        var command = new CommandWithExamples("add", "Gives out a key.", Examples);
        foreach (var option in NewKey.Options)
        {
            command.Add(option);
        }

        command.SetAction(parsed =>
        {
            var (text, now) = (KeyText.Create(), TimeProvider.System.GetUtcNow());
            var key = NewKey.Of(parsed, text, TimeProvider.System);
            ApiKeyFile.In(parsed.GetRequiredValue(State)).Change(keys => [.. keys, key]);
            Console.Error.WriteLine($"Key {key.Id} for {ShownName.Escape(key.Name)}: {KeysReport.Describe(key)}");
            Console.Error.WriteLine("This is the only time that it is shown. Callers send it as 'Authorization: Bearer KEY', over https only:");
            Console.Out.WriteLine(text.Reveal());
            return ExitCode.Done;
        });
        return command;
    }

    private static CommandWithExamples List()
    {
        var command = new CommandWithExamples("list", "Lists keys, without their secrets.", Examples) { Json };
        command.SetAction(parsed =>
        {
            var keys = ApiKeyFile.In(parsed.GetRequiredValue(State)).Read();
            if (parsed.GetValue(Json))
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(keys.Select(key => KeysReport.ForScripts(key, TimeProvider.System.GetUtcNow())), ApiKeyJson.Options));
            }
            else
            {
                KeysReport.Write(Consoles.Output(), keys, TimeProvider.System.GetUtcNow());
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static CommandWithExamples Revoke()
    {
        var command = new CommandWithExamples("revoke", "Refuses a key from now on; it stays in the list.", Examples) { Id };
        command.SetAction(parsed =>
        {
            var id = parsed.GetRequiredValue(Id);
            ApiKeyFile.In(parsed.GetRequiredValue(State)).Change(keys => Revoked(keys, id, TimeProvider.System.GetUtcNow()));
            Console.Out.WriteLine($"Key {id} is revoked.");
            return ExitCode.Done;
        });
        return command;
    }

    private static IReadOnlyList<ApiKey> Revoked(IReadOnlyList<ApiKey> keys, string id, DateTimeOffset now) => keys.Any(key => key.Id == id)
        ? [.. keys.Select(key => key.Id == id ? key with { Revoked = key.Revoked ?? now } : key)]
        : throw new DigitizerException(FailureKind.ActNotPossible, $"There is no key {ShownName.Escape(KeyText.Parse(id)?.Id ?? id)}. 'digitizer keys list' shows all.");
}
