using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Native;
using Digitizer.Worker.Terminal;
using Microsoft.Extensions.DependencyInjection;

namespace Digitizer.Worker.Commands;

/// <summary>A batch run with what people see of it; shared by <c>process</c> and <c>demo</c>.</summary>
internal sealed class BatchCommand(BatchSettings settings)
{
    /// <summary>Runs to the end.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="DigitizerException">The run could not start or go on.</exception>
    public async Task<int> RunAsync(CancellationToken cancellation)
        => (await RunAsync(null, cancellation)).ExitCode;

    /// <summary>Runs to the end.</summary>
    /// <param name="finished">Is shown the summary before the closing table, or null.</param>
    /// <param name="cancellation">Stops cleanly.</param>
    public async Task<(int ExitCode, BatchSummary? Summary)> RunAsync(Action<BatchSummary>? finished, CancellationToken cancellation)
    {
        var dossier = settings.Dossier is null ? null : DossierKey.Parse(settings.Dossier, DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime));
        if (dossier is not null && dossier.Code != settings.Dossier)
        {
            await Console.Error.WriteLineAsync($"The dossier code is read as {dossier}.");
        }

        var scan = InputScan.Run(settings.Inputs, settings.Out);
        if (UsageErrors(scan) is { Count: > 0 } errors)
        {
            errors.ForEach(Console.Error.WriteLine);
            return (ExitCode.Usage, null);
        }

        if (scan.Sources.Count == 0 && scan.Refusals.Count == 0)
        {
            foreach (var line in ScanLines.Of(scan))
            {
                await Console.Error.WriteLineAsync(line);
            }

            return (ExitCode.Done, null);
        }

        await using var services = ProductServices.Create(Configure);
        var request = new BatchRequest
        {
            OutputFolder = settings.Out,
            Dossier = dossier,
            Profile = settings.Profile,
            Attach = settings.Attach,
            TimingsFile = settings.Timings,
        };
        var run = services.GetRequiredService<BatchRun>();
        var console = Consoles.Error();
        var summary = await BatchReport.RunAsync(
            console, settings.Json ? Console.Out : null, observer => run.RunAsync(request, scan, observer, cancellation));
        finished?.Invoke(summary);
        SummaryReport.Write(settings.Json ? console : Consoles.Output(), summary, settings.Out);
        return (ExitCodeOf(summary), summary);
    }

    private List<string> UsageErrors(ScanResult scan)
    {
        var errors = scan.UsageErrors.ToList();
        if (settings.Timings is { } timings && scan.Sources.FirstOrDefault(source => IsSameFile(source.FullPath, timings)) is { } scanned)
        {
            errors.Add($"--timings would overwrite {scanned.Shown}, which is to be read. Name another file.");
        }

        if (errors.Count == 0 && settings.Inputs.All(input => !Path.Exists(input)))
        {
            // Nothing that was named is there: more likely a slip of the hand than a failure of the files.
            errors.AddRange(scan.Refusals.Select(FailureLine.Of));
        }

        return errors;
    }

    private static bool IsSameFile(string path, string other)
        => PosixFiles.Look(other, followLinks: true) is { } facts && PosixFiles.Look(path, followLinks: true) is { } own && own.IsSameFile(facts);

    private static int ExitCodeOf(BatchSummary summary)
        => summary.WasInterrupted ? ExitCode.Interrupted
        : summary.Outcomes.Any(o => o.NeedsPerson) ? ExitCode.SomeLeft
        : ExitCode.Done;

    private void Configure(PageWorkers.PageWorkerOptions options)
    {
        options.Model = settings.Model ?? options.Model;
        options.Workers = settings.Jobs ?? options.Workers;
        options.ExistingText = settings.ExistingText;
    }
}
