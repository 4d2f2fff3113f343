using Spectre.Console;

namespace Digitizer.Worker.Terminal;

/// <summary>Shows a batch run while it lasts: a bar on a terminal, else a line for each file.</summary>
internal static class BatchReport
{
    /// <summary>Runs a batch under its report.</summary>
    /// <param name="console">Standard error.</param>
    /// <param name="json">Gets a JSON line for each file, or null.</param>
    /// <param name="run">The batch.</param>
    public static async Task<BatchSummary> RunAsync(IAnsiConsole console, TextWriter? json, Func<IBatchObserver, Task<BatchSummary>> run)
    {
        Task<BatchSummary> WithJson(IBatchObserver report) => run(json is null ? report : new JsonLines(json, report));
        if (!console.Profile.Out.IsTerminal)
        {
            return await WithJson(new LineReport(console.Profile.Out.Writer));
        }

        return await console.Progress()
            .AutoClear(true)
            .Columns(new SpinnerColumn(), new ProgressBarColumn(), new PagesColumn())
            .StartAsync(context => WithJson(new BarReport(console, context)));
    }
}
