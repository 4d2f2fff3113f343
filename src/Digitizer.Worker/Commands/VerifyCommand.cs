using System.CommandLine;
using Digitizer.Service;
using Digitizer.Vault;
using Digitizer.Worker.Service;

namespace Digitizer.Worker.Commands;

/// <summary><c>digitizer verify</c>: is everything that was taken in still there, as it was?</summary>
internal static class VerifyCommand
{
    private const string Description = "Reads every original and every result and compares it with its digest, and checks that the account balances.";

    private const string Examples = """
        Example:
          digitizer verify --state /var/lib/digitizer
        """;

    private static readonly Option<string> State = new("--state")
    {
        Description = "A service's state folder, or the output folder of 'digitizer process'.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "./out",
    };

    public static Command Create()
    {
        var command = new CommandWithExamples("verify", Description, Examples) { State };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetRequiredValue(State), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string folder, CancellationToken cancellation)
    {
        var balance = (await ControlClient.AskAsync(folder, new JobsRequest("list"), cancellation)).Balance!;
        var vault = LocalVault.Open(Path.Combine(StatePlace.Of(folder).State, "vault"), TimeProvider.System);
        var (files, faults) = (0L, 0L);
        await foreach (var finding in vault.VerifyAllAsync(() => files++, cancellation))
        {
            faults++;
            await Console.Out.WriteLineAsync($"{finding.File}: {finding.Fault}. Restore it from the backup; check the disk.");
        }

        foreach (var line in balance.Lines.Where(line => !line.Balanced))
        {
            faults++;
            await Console.Out.WriteLineAsync($"The account of {line.Things} does not balance: {line.Total} in all, {line.Stray} that nobody works on. Hand the journal to support.");
        }

        await Console.Out.WriteLineAsync(faults == 0 ? $"{files} files are as they were; the account balances." : $"{files} files looked at; {faults} things are wrong.");
        return faults == 0 ? ExitCode.Done : ExitCode.SomeLeft;
    }
}
