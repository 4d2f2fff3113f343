using Spectre.Console;

namespace Digitizer.Worker.Terminal;

/// <summary>Standard output and error; colours and bars only where a terminal is, and none of them where NO_COLOR says so.</summary>
internal static class Consoles
{
    private const int WidthOfFiles = 120;

    public static IAnsiConsole Output() => Create(Console.Out);

    public static IAnsiConsole Error() => Create(Console.Error);

    private static IAnsiConsole Create(TextWriter writer)
    {
        var output = new AnsiConsoleOutput(writer);
        var isPlain = !output.IsTerminal;

        // https://no-color.org: any value but an empty one.
        var noColor = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = output,
            Ansi = isPlain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isPlain || noColor ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = isPlain ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (isPlain)
        {
            console.Profile.Width = WidthOfFiles;
        }

        return console;
    }
}
