using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Digitizer.Worker.Commands;

/// <summary>A command whose help ends with examples; lists of commands show its description only.</summary>
/// <param name="name">As typed.</param>
/// <param name="description">One or two sentences.</param>
/// <param name="examples">Shown after the options.</param>
internal sealed class CommandWithExamples(string name, string description, string examples) : Command(name, description)
{
    /// <summary>The option for a root command; it serves all commands below.</summary>
    public static HelpOption CreateHelpOption()
    {
        var option = new HelpOption();
        option.Action = new HelpWithExamples((HelpAction)option.Action!);
        return option;
    }

    private sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var code = help.Invoke(parseResult);
            if (parseResult.CommandResult.Command is CommandWithExamples command)
            {
                parseResult.InvocationConfiguration.Output.WriteLine(command.Examples);
            }

            return code;
        }
    }

    private string Examples { get; } = examples;
}
