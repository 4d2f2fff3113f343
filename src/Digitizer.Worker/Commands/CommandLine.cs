using System.CommandLine;
using System.CommandLine.Invocation;
using Digitizer.Failures;
using Digitizer.Worker.Terminal;
using Microsoft.Extensions.DependencyInjection;

namespace Digitizer.Worker.Commands;

/// <summary>The commands of <c>digitizer</c>, as a table of contents.</summary>
internal static class CommandLine
{
    private const string Description = "Turns scanned Vietnamese paper into searchable PDF/A.";

    private const string Examples = """
        Examples:
          digitizer demo
          digitizer process scans/ --out results
          digitizer serve --config digitizer.json
          digitizer jobs list
          digitizer check
        """;

    /// <summary>Parses and runs.</summary>
    /// <param name="args">As typed.</param>
    /// <param name="more">What a service is made of besides, or instead; for trials.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, Action<IServiceCollection>? more = null)
    {
        using var interruption = new Interruption();
        var command = Create(more);

        // A file may be called @name: it is no list of arguments.
        var parsed = command.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            return ReportErrors(parsed);
        }

        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
                interruption.Token);
        }
        catch (DigitizerException e)
        {
            await Console.Error.WriteLineAsync(FailureLine.Of(e));
            return e.Kind is FailureKind.DossierCodeInvalid or FailureKind.ActNotPossible ? ExitCode.Usage : ExitCode.Environment;
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception e)
        {
            // The last resort of every command: a pipe that was closed, a disk that is full, a fault of ours.
            return Report(e);
        }
    }

    private static int Report(Exception e)
    {
        try
        {
            Console.Error.WriteLine(e is IOException
                ? $"Output cannot be written: {ShownName.Escape(e.Message)}"
                : $"A fault of the program: {e.GetType().Name}: {ShownName.Escape(e.Message)}. Report it with what was typed. [{FailureKind.Internal}]");
        }
        catch (IOException)
        {
            // Nobody listens; the exit code says it.
        }

        return ExitCode.Environment;
    }

    private static CommandWithExamples Create(Action<IServiceCollection>? more)
    {
        var version = new VersionOption { Action = new VersionAction() };
        return new CommandWithExamples("digitizer", Description, Examples)
        {
            DemoCommand.Create(),
            ProcessCommand.Create(),
            ServeCommand.Create(more),
            JobsCommand.Create(),
            KeysCommand.Create(),
            VerifyCommand.Create(),
            PurgeCommand.Create(),
            BackupCommand.Create(),
            RebuildJournalCommand.Create(),
            MoveJournalCommand.Create(),
            CheckCommand.Create(),
            CommandWithExamples.CreateHelpOption(),
            version,
        };
    }

    private static int ReportErrors(ParseResult parsed)
    {
        foreach (var error in parsed.Errors)
        {
            Console.Error.WriteLine(error.Message);
        }

        var names = string.Join(' ', parsed.CommandResult.Command.Parents.OfType<Command>().Reverse().Append(parsed.CommandResult.Command).Select(c => c.Name));
        Console.Error.WriteLine($"See '{names} --help'.");
        return ExitCode.Usage;
    }

    private sealed class VersionAction : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            Console.Out.WriteLine($"digitizer {Product.Version}");
            return ExitCode.Done;
        }
    }
}
