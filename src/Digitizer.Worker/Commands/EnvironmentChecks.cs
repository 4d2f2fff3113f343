using System.Globalization;
using System.Runtime.InteropServices;
using Digitizer.Failures;
using Digitizer.Native;
using Digitizer.PageWorkers;
using Digitizer.PageWorkers.Confinement;
using Digitizer.Recognition;
using Digitizer.Worker.Terminal;
using Digitizer.Workspace;
using Microsoft.Extensions.DependencyInjection;

namespace Digitizer.Worker.Commands;

/// <summary>What a run needs of the machine, each tried as a run would use it.</summary>
/// <param name="outputFolder">Where results are to go.</param>
/// <param name="model">OCR model, or null for the default.</param>
internal sealed class EnvironmentChecks(string outputFolder, string? model)
{
    // A few hundred documents; less is used up before anybody looks.
    private const long LeastFreeBytes = 200L << 20;

    // A folder that every page-worker has.
    private const string MountTarget = "/tmp";

    /// <summary>Runs all checks; none stops the others.</summary>
    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        await using var services = ProductServices.Create(options => options.Model = model ?? options.Model);
        var options = services.GetRequiredService<PageWorkerOptions>();
        return
        [
            new Finding("program", true, $"{Product.NameAndVersion} on {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}"),
            Engines(),
            Models(options),
            OutputFolderIsWritable(),
            await PageWorkerStartsAsync(services.GetRequiredService<PageWorkerPool>(), cancellation),
            .. await ConfinementHoldsAsync(options, services.GetRequiredService<WorkerLaunch>(), cancellation),
        ];
    }

    private static Finding Engines()
    {
        try
        {
            var versions = NativeLibraries.Check();
            return new Finding("engines", true, $"tesseract {versions.Tesseract}, leptonica {versions.Leptonica}");
        }
        catch (NativeException e)
        {
            return new Finding("engines", false, $"{e.Message} Install it (Debian: apt-get install libtesseract5 liblept5). [{FailureKind.EngineMissing}]");
        }
    }

    private static Finding Models(PageWorkerOptions options) => Try("models", () =>
    {
        var folder = OcrModel.FindFolder(options.Model, options.TessdataFolder);
        var others = Directory.GetFiles(folder, "*.traineddata").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal);
        return $"{options.Model} is used; {folder} has {string.Join(", ", others)}";
    });

    private Finding OutputFolderIsWritable() => Try("output folder", () =>
    {
        var wasThere = Directory.Exists(outputFolder);
        try
        {
            return WriteThere();
        }
        catch (DigitizerException e) when (e.Kind == FailureKind.OutputInUse)
        {
            return $"{ShownName.Escape(outputFolder)} is in use by another run";
        }
        finally
        {
            if (!wasThere && Directory.Exists(outputFolder))
            {
                Directory.Delete(outputFolder, recursive: true);
            }
        }
    });

    private string WriteThere()
    {
        using var output = OutputFolder.Open(outputFolder);
        var probe = Path.Combine(output.Path, OutputFolder.StateFolder, "probe");
        AtomicFile.Write(probe, Existing.Replace, s => s.Write("probe"u8));
        File.Delete(probe);
        var free = new DriveInfo(output.Path).AvailableFreeSpace;
        return free >= LeastFreeBytes
            ? string.Create(CultureInfo.InvariantCulture, $"{ShownName.Escape(output.Path)}, {free / 1e9:0.0} GB free")
            : throw new DigitizerException(
                FailureKind.OutputNotWritable,
                string.Create(CultureInfo.InvariantCulture, $"{ShownName.Escape(output.Path)} has {free >> 20} MB left; at least {LeastFreeBytes >> 20} MB are needed. Free space or choose another --out."));
    }

    private static async Task<Finding> PageWorkerStartsAsync(PageWorkerPool pool, CancellationToken cancellation)
    {
        try
        {
            var engine = await pool.StartAsync(cancellation);
            return new Finding("page-worker", true, $"starts, reads with {engine.Name} {engine.Version}, model {engine.Model} ({engine.ModelSha256[..12]}…)");
        }
        catch (DigitizerException e)
        {
            return new Finding("page-worker", false, FailureLine.Of(e));
        }
    }

    private static async Task<IEnumerable<Finding>> ConfinementHoldsAsync(PageWorkerOptions options, WorkerLaunch launch, CancellationToken cancellation)
    {
        try
        {
            var sandbox = new Sandbox(options);
            sandbox.Detect();
            var attempts = await SandboxProbe.RunAsync(sandbox, launch, MountTarget, cancellation);
            return attempts.Select(a => new Finding(
                "confinement",
                a.Prevented,
                a.Prevented ? $"a page-worker cannot {a.Name}: {a.Detail}" : $"a page-worker CAN {a.Name}: {a.Detail}. Do not read files from outside here; update bubblewrap and the kernel."));
        }
        catch (DigitizerException e)
        {
            return [new Finding("confinement", false, FailureLine.Of(e))];
        }
    }

    private static Finding Try(string subject, Func<string> check)
    {
        try
        {
            return new Finding(subject, true, check());
        }
        catch (DigitizerException e)
        {
            return new Finding(subject, false, FailureLine.Of(e));
        }
    }

}
