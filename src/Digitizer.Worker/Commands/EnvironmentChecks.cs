using System.Globalization;
using System.Runtime.InteropServices;
using Digitizer.Confinement;
using Digitizer.Failures;
using Digitizer.Native;
using Digitizer.PageWorkers;
using Digitizer.PageWorkers.Confinement;
using Digitizer.Programs;
using Digitizer.Proof;
using Digitizer.Recognition;
using Digitizer.Worker.Terminal;
using Digitizer.Workspace;
using Microsoft.Extensions.DependencyInjection;

namespace Digitizer.Worker.Commands;

/// <summary>What a run needs of the machine, each tried as a run would use it.</summary>
/// <param name="outputFolder">Where results are to go; null: not looked at.</param>
/// <param name="model">OCR model, or null for the default.</param>
internal sealed class EnvironmentChecks(string? outputFolder, string? model)
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
            .. outputFolder is null ? [] : new[] { OutputFolderIsWritable(outputFolder) },
            await PageWorkerStartsAsync(services.GetRequiredService<PageWorkerPool>(), cancellation),
            .. await ConfinementHoldsAsync(options, services.GetRequiredService<WorkerLaunch>(), cancellation),
            .. await ProofWorksAsync(options, services.GetRequiredService<TimeProvider>(), cancellation),
        ];
    }

    private static Finding Engines()
    {
        try
        {
            var versions = NativeLibraries.Check();
            return new Finding("engines", true, $"tesseract {versions.Tesseract}, leptonica {versions.Leptonica}, qpdf {versions.Qpdf}");
        }
        catch (NativeException e)
        {
            return new Finding("engines", false, $"{e.Message} Install it (Debian: apt-get install libtesseract5 liblept5 libqpdf29). [{FailureKind.EngineMissing}]");
        }
    }

    private static Finding Models(PageWorkerOptions options) => Try("models", () =>
    {
        var folder = OcrModel.FindFolder(options.Model, options.TessdataFolder);
        var others = Directory.GetFiles(folder, "*.traineddata").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal);
        return $"{options.Model} is used; {folder} has {string.Join(", ", others)}";
    });

    private static Finding OutputFolderIsWritable(string outputFolder) => Try("output folder", () =>
    {
        var wasThere = Directory.Exists(outputFolder);
        try
        {
            return WriteThere(outputFolder);
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

    private static string WriteThere(string outputFolder)
    {
        using var state = StateFolder.OfOutput(outputFolder);
        var probe = Path.Combine(state.Path, "probe");
        AtomicFile.Write(probe, Existing.Replace, s => s.Write("probe"u8));
        File.Delete(probe);
        var free = new DriveInfo(state.Path).AvailableFreeSpace;
        return free >= LeastFreeBytes
            ? string.Create(CultureInfo.InvariantCulture, $"{ShownName.Escape(outputFolder)}, {free / 1e9:0.0} GB free")
            : throw new DigitizerException(
                FailureKind.OutputNotWritable,
                string.Create(CultureInfo.InvariantCulture, $"{ShownName.Escape(outputFolder)} has {free >> 20} MB left; at least {LeastFreeBytes >> 20} MB are needed. Free space or choose another --out."));
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
            var sandbox = new Sandbox(options.AllowUnconfined);
            sandbox.Detect();
            var attempts = await SandboxProbe.RunAsync(sandbox, launch, options, MountTarget, cancellation);
            return attempts.Select(a => Attempt("a page-worker", a));
        }
        catch (DigitizerException e)
        {
            return [new Finding("confinement", false, FailureLine.Of(e))];
        }
    }

    private static async Task<IEnumerable<Finding>> ProofWorksAsync(PageWorkerOptions options, TimeProvider time, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("digitizer-check-").FullName;
        try
        {
            var probe = new ProofProbe(new Sandbox(options.AllowUnconfined), time);
            await probe.ProveAsync(folder, cancellation);
            var attempts = await probe.AttemptsAsync(folder, cancellation);
            _ = PdfPrograms.Find(PdfPrograms.Rearranger);
            return [new Finding("proof", true, $"{PdfPrograms.Renderer} and {PdfPrograms.TextReader} read a written PDF"), .. attempts.Select(a => Attempt("poppler", a))];
        }
        catch (DigitizerException e)
        {
            return [new Finding("proof", false, FailureLine.Of(e))];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Finding Attempt(string who, ProbeResult attempt) => new(
        "confinement",
        attempt.Prevented,
        attempt.Prevented
            ? $"{who} cannot {attempt.Name}: {attempt.Detail}"
            : $"{who} CAN {attempt.Name}: {attempt.Detail}. Do not read files from outside here; update bubblewrap and the kernel.");

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
