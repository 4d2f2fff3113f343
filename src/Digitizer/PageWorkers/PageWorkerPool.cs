using System.ComponentModel;
using Digitizer.Confinement;
using Digitizer.Conformance;
using Digitizer.Failures;
using Digitizer.PageWorkers.Confinement;
using Digitizer.Pages;
using Digitizer.Pages.Pdf.Forms;
using Digitizer.Programs;
using Digitizer.Recognition;
using Microsoft.Extensions.Logging;

namespace Digitizer.PageWorkers;

/// <summary>
/// The resident, confined child processes that decode and read pages, at most
/// <see cref="PageWorkerOptions.Workers"/> of them. A crash, a hang or a blow-up costs the page one
/// attempt and the worker its life; a refusal is an answer. After any of these, and after
/// <see cref="PageWorkerOptions.RecycleAfterPages"/> pages, a fresh worker takes the place.
/// </summary>
internal sealed class PageWorkerPool(PageWorkerOptions options, WorkerLaunch launch, TimeProvider clock, ILogger<PageWorkerPool> log) : IAsyncDisposable
{
    private readonly Sandbox sandbox = new(options.AllowUnconfined);
    private readonly ProcessLauncher launcher = new();
    private readonly WorkerSlots slots = new(options.Workers, clock);
    private readonly CancellationTokenSource stopping = new();
    private readonly PdfPrograms programs = new(new Sandbox(options.AllowUnconfined), options.Rendering);

    /// <summary>Called when a page has been handed to a worker: process id of the worker, file, page from 0.</summary>
    public event Action<int, string, int>? PageStarted;

    /// <summary>Process ids of the running workers: of the confined programs, not of what is wrapped around them.</summary>
    public IReadOnlyList<int> ProcessIds => slots.ProcessIds;

    /// <summary>Whether workers are confined; tried on the first use.</summary>
    /// <exception cref="DigitizerException">ConfinementUnavailable.</exception>
    public ConfinementLevel Confinement => sandbox.Detect();

    /// <summary>Tries the confinement, starts the first worker and learns its engine.</summary>
    /// <exception cref="DigitizerException">ConfinementUnavailable, EngineMissing, ModelMissing, PageWorkerFailed.</exception>
    public async Task<EngineInfo> StartAsync(CancellationToken cancellation)
    {
        if (Confinement == ConfinementLevel.None)
        {
            Log.Unconfined(log);
        }

        using var lease = await LeaseAsync(null, cancellation);
        return await FillAsync(lease, cancellation);
    }

    /// <summary>Asks a worker what a file holds.</summary>
    /// <exception cref="DigitizerException">Why the file is refused.</exception>
    public async Task<UnitContents> InspectAsync(string file, CancellationToken cancellation)
    {
        var (contents, failure, _) = await TryAsync(file, (worker, _, token) => worker.InspectAsync(token), cancellation);
        return contents ?? throw failure!;
    }

    /// <summary>
    /// Has a page read, with up to <see cref="PageWorkerOptions.PageAttempts"/> attempts; the coded
    /// picture, if it is not the source file, is written to <paramref name="imageFile"/>.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="index">The page, from 0.</param>
    /// <param name="imageFile">Takes the picture.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <param name="isCompact">Whether its picture may lose what is not needed to read it; the last of several attempts takes it as it came.</param>
    /// <exception cref="DigitizerException">The machine is at fault, and not the page: disk full, engine gone.</exception>
    public async Task<PageAttempts> ReadAsync(string file, int index, string imageFile, CancellationToken cancellation, bool isCompact = false)
    {
        var (result, failure, attempts) = await TryAsync(
            file,
            (worker, attempt, token) => ReadAsync(worker, file, new ReadRequest(index, isCompact && MayBeCompact(attempt)), imageFile, token),
            cancellation);
        return new PageAttempts(result, failure, attempts);
    }

    /// <summary>Takes pages out of a PDF, as form XObjects.</summary>
    /// <param name="file">The PDF.</param>
    /// <param name="request">Which pages.</param>
    /// <param name="target">File that gets the objects.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="DigitizerException">Why they cannot be taken out.</exception>
    public async Task<FormBundle> ExportAsync(string file, ExportRequest request, string target, CancellationToken cancellation)
    {
        var (bundle, failure, _) = await TryAsync(file, (worker, _, token) => worker.ExportAsync(request, target, token), cancellation);
        return bundle ?? throw failure!;
    }

    /// <summary>Has a page's picture made smaller.</summary>
    /// <param name="file">The file that the page is of.</param>
    /// <param name="request">Which page, and how small.</param>
    /// <param name="target">File that gets the picture's coded bytes.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="DigitizerException">Why the page cannot be decoded.</exception>
    public async Task<ShrunkPicture> ShrinkAsync(string file, ShrinkRequest request, string target, CancellationToken cancellation)
    {
        var (shrunk, failure, _) = await TryAsync(file, (worker, _, token) => worker.ShrinkAsync(request, target, wanted => RenderAsync(file, wanted, token), token), cancellation);
        return shrunk ?? throw failure!;
    }

    /// <summary>Checks a PDF against PDF/A-2u.</summary>
    /// <param name="file">The PDF.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>What speaks against it; nothing: it is PDF/A-2u. That it cannot be checked speaks against it too.</returns>
    /// <exception cref="DigitizerException">The machine is at fault.</exception>
    public async Task<IReadOnlyList<PdfAFinding>> CheckConformanceAsync(string file, CancellationToken cancellation)
    {
        var (report, failure, _) = await TryAsync(file, (worker, _, token) => worker.CheckConformanceAsync(token), cancellation);
        return report?.Findings ?? [new PdfAFinding("6.1", $"cannot be decided: {failure!.Kind}", "the file")];
    }

    /// <summary>Ends all workers; requests under way end with <see cref="ObjectDisposedException"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        if (stopping.IsCancellationRequested)
        {
            return;
        }

        await stopping.CancelAsync();
        await slots.DisposeAsync();
        launcher.Dispose();
        programs.Dispose();
    }

    /// <summary>The last of several attempts does without: it is the work that a page can be read without, and may be what the others ended of.</summary>
    /// <param name="attempt">From 1.</param>
    private bool MayBeCompact(int attempt) => attempt == 1 || attempt < options.PageAttempts;

    /// <param name="file">The file.</param>
    /// <param name="request">Asks a worker; the number is that of the attempt, from 1.</param>
    /// <param name="cancellation">Ends the wait.</param>
    private async Task<(T? Result, DigitizerException? Failure, int Attempts)> TryAsync<T>(
        string file, Func<WorkerProcess, int, CancellationToken, Task<T>> request, CancellationToken cancellation)
        where T : class
    {
        for (var attempt = 1; ; attempt++)
        {
            var number = attempt;
            try
            {
                return (await OnceAsync(file, (worker, token) => request(worker, number, token), cancellation), null, attempt);
            }
            catch (DigitizerException e) when (!e.Kind.StopsTheRun())
            {
                Log.AttemptFailed(log, attempt, e.Kind);
                if (attempt >= options.PageAttempts || !e.Kind.MayPass())
                {
                    return (null, e, attempt);
                }
            }
        }
    }

    private async Task<T> OnceAsync<T>(string file, Func<WorkerProcess, CancellationToken, Task<T>> request, CancellationToken cancellation)
    {
        using var lease = await LeaseAsync(file, cancellation);
        await FillAsync(lease, cancellation);
        try
        {
            var answer = await WithinAsync(options.PageTimeout, PageTimedOut, token => AskAsync(lease.Worker!, file, request, token), cancellation);
            if (lease.Worker!.Pages >= options.RecycleAfterPages)
            {
                await lease.RetireAsync();
                PageWorkerMetrics.Recycled();
            }

            return answer;
        }
        catch (Exception e)
        {
            await lease.EmptyAsync();
            PageWorkerMetrics.Killed(e);
            throw;
        }
    }

    private async Task<PageResult> ReadAsync(WorkerProcess worker, string file, ReadRequest request, string imageFile, CancellationToken cancellation)
    {
        var began = clock.GetTimestamp();
        var result = await worker.ReadAsync(
            request, imageFile, () => PageStarted?.Invoke(worker.ProcessId, file, request.Index), asked => RenderAsync(file, asked, cancellation), cancellation);
        PageWorkerMetrics.Read(result.Outcome, clock.GetElapsedTime(began));
        return result;
    }

    private Task<RenderedPage> RenderAsync(string file, RenderRequest request, CancellationToken cancellation)
        => new PageRenderer(programs).RenderAsync(file, request, cancellation);

    private static async Task<T> AskAsync<T>(WorkerProcess worker, string file, Func<WorkerProcess, CancellationToken, Task<T>> request, CancellationToken cancellation)
    {
        if (worker.Unit != file)
        {
            await worker.SendUnitAsync(file, cancellation);
        }

        return await request(worker, cancellation);
    }

    /// <summary>Sees to it that the leased place has a worker.</summary>
    private async Task<EngineInfo> FillAsync(WorkerSlots.Lease lease, CancellationToken cancellation)
    {
        if (lease.Worker is { HasEnded: false })
        {
            return lease.Engine!;
        }

        await lease.EmptyAsync();
        try
        {
            var models = OcrModel.FindFolder(options.Model, options.TessdataFolder);
            lease.Worker = new WorkerProcess(await launcher.StartAsync(sandbox.Wrap(launch.Confined([options.Model, models, options.Policy.ToArgument()], models, options))));
            lease.Engine = await WithinAsync(options.StartTimeout, StartTimedOut, lease.Worker.HelloAsync, cancellation);
            Log.WorkerStarted(log, lease.Worker.ProcessId);
            PageWorkerMetrics.Started();
            return lease.Engine;
        }
        catch (Exception e)
        {
            await lease.EmptyAsync();
            PageWorkerMetrics.Killed(e);
            if (e is Win32Exception or DigitizerException { Kind: FailureKind.PageWorkerCrashed })
            {
                throw NotStarted(e.Message, e);
            }

            throw;
        }
    }

    private async Task<WorkerSlots.Lease> LeaseAsync(string? file, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(stopping.IsCancellationRequested, this);
        return await WithinAsync(Timeout.InfiniteTimeSpan, PageTimedOut, token => slots.LeaseAsync(file, token), cancellation);
    }

    /// <summary>Tells apart the three ways a wait may be cut short: its time, the caller, the end of the pool.</summary>
    private async Task<T> WithinAsync<T>(TimeSpan time, Func<DigitizerException> late, Func<CancellationToken, Task<T>> wait, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(time, clock);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stopping.Token, limit.Token);
        try
        {
            return await wait(any.Token);
        }
        catch (OperationCanceledException e)
        {
            cancellation.ThrowIfCancellationRequested();
            ObjectDisposedException.ThrowIf(stopping.IsCancellationRequested, this);
            throw limit.IsCancellationRequested ? late() : e;
        }
    }

    private DigitizerException PageTimedOut()
        => new(FailureKind.PageTimedOut, $"The page was not finished within {options.PageTimeout}. Scan it again; if it happens again, hand the file to support.");

    private DigitizerException StartTimedOut()
        => NotStarted($"it was not ready within {options.StartTimeout}.");

    private static DigitizerException NotStarted(string why, Exception? cause = null)
        => new(FailureKind.PageWorkerFailed, $"A page-worker cannot be started: {why} Run digitizer check.", cause);
}
