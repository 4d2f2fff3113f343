using System.ComponentModel;
using Digitizer.Failures;
using Digitizer.Pages;
using Digitizer.PageWorkers.Confinement;
using Digitizer.Recognition;
using Microsoft.Extensions.Logging;

namespace Digitizer.PageWorkers;

/// <summary>
/// The resident, confined child processes that decode and read pages, at most
/// <see cref="PageWorkerOptions.Workers"/> of them. A crash, a hang or a blow-up costs the page one
/// attempt and the worker its life; a refusal is an answer. After any of these, and after
/// <see cref="PageWorkerOptions.RecycleAfterPages"/> pages, a fresh worker takes the place.
/// </summary>
internal sealed class PageWorkerPool(PageWorkerOptions options, WorkerLaunch launch, TimeProvider time, ILogger<PageWorkerPool> log) : IAsyncDisposable
{
    private readonly Sandbox sandbox = new(options);
    private readonly ProcessLauncher launcher = new();
    private readonly WorkerSlots slots = new(options.Workers);
    private readonly CancellationTokenSource stopping = new();

    /// <summary>Called when a page has been handed to a worker: process id of the worker's wrapper, file, page from 0.</summary>
    public event Action<int, string, int>? PageStarted;

    /// <summary>Process ids of the running workers' wrappers.</summary>
    public IReadOnlyList<int> ProcessIds => slots.ProcessIds;

    /// <summary>Whether workers are confined; known after <see cref="StartAsync"/>.</summary>
    public ConfinementLevel Confinement { get; private set; }

    /// <summary>Tries the confinement, starts the first worker and learns its engine.</summary>
    /// <exception cref="DigitizerException">ConfinementUnavailable, EngineMissing, ModelMissing, PageWorkerFailed.</exception>
    public async Task<EngineInfo> StartAsync(CancellationToken cancellation)
    {
        Confinement = sandbox.Detect();
        if (Confinement == ConfinementLevel.None)
        {
            Log.Unconfined(log);
        }

        using var lease = await slots.LeaseAsync(null, cancellation);
        return await FillAsync(lease, cancellation);
    }

    /// <summary>Asks a worker what a file holds.</summary>
    /// <exception cref="DigitizerException">Why the file is refused.</exception>
    public async Task<UnitContents> InspectAsync(string file, CancellationToken cancellation)
    {
        var (contents, failure, _) = await TryAsync(file, (worker, token) => worker.InspectAsync(token), cancellation);
        return contents ?? throw failure!;
    }

    /// <summary>
    /// Has a page read, with up to <see cref="PageWorkerOptions.PageAttempts"/> attempts; the coded
    /// picture, if it is not the source file, is written to <paramref name="imageFile"/>.
    /// </summary>
    public async Task<PageAttempts> ReadAsync(string file, int index, string imageFile, CancellationToken cancellation)
    {
        var (result, failure, attempts) = await TryAsync(
            file,
            (worker, token) => worker.ReadAsync(index, imageFile, () => PageStarted?.Invoke(worker.ProcessId, file, index), token),
            cancellation);
        return new PageAttempts(result, failure, attempts);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await slots.DisposeAsync();
        launcher.Dispose();
        stopping.Dispose();
    }

    private async Task<(T? Result, DigitizerException? Failure, int Attempts)> TryAsync<T>(
        string file, Func<WorkerProcess, CancellationToken, Task<T>> request, CancellationToken cancellation)
        where T : class
    {
        DigitizerException? failure = null;
        for (var attempt = 1; attempt <= options.PageAttempts; attempt++)
        {
            try
            {
                return (await OnceAsync(file, request, cancellation), null, attempt);
            }
            catch (DigitizerException e)
            {
                failure = e;
                Log.AttemptFailed(log, attempt, e.Kind);
                if (e.Kind is not (FailureKind.PageTimedOut or FailureKind.PageWorkerCrashed or FailureKind.PageOutOfMemory or FailureKind.PageWorkerFailed))
                {
                    return (null, e, attempt);
                }
            }
        }

        return (null, failure, options.PageAttempts);
    }

    private async Task<T> OnceAsync<T>(string file, Func<WorkerProcess, CancellationToken, Task<T>> request, CancellationToken cancellation)
    {
        using var lease = await slots.LeaseAsync(file, cancellation);
        await FillAsync(lease, cancellation);
        using var limit = new CancellationTokenSource(options.PageTimeout, time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stopping.Token, limit.Token);
        try
        {
            var worker = lease.Worker!;
            if (worker.Unit != file)
            {
                await worker.SendUnitAsync(file, any.Token);
            }

            var answer = await request(worker, any.Token);
            if (worker.Pages >= options.RecycleAfterPages)
            {
                await lease.EmptyAsync();
            }

            return answer;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested && !stopping.IsCancellationRequested)
        {
            await lease.EmptyAsync();
            throw new DigitizerException(FailureKind.PageTimedOut, $"The page was not finished within {options.PageTimeout}. Scan it again; if it happens again, hand the file to support.");
        }
        catch
        {
            await lease.EmptyAsync();
            throw;
        }
    }

    /// <summary>Sees to it that the leased place has a worker.</summary>
    private async Task<EngineInfo> FillAsync(WorkerSlots.Lease lease, CancellationToken cancellation)
    {
        if (lease.Worker is not null)
        {
            return lease.Engine!;
        }

        using var limit = new CancellationTokenSource(options.StartTimeout, time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stopping.Token, limit.Token);
        try
        {
            var models = OcrModel.FindFolder(options.Model, options.TessdataFolder);
            lease.Worker = new WorkerProcess(await launcher.StartAsync(sandbox.Wrap(launch, [options.Model, models], models)));
            lease.Engine = await lease.Worker.HelloAsync(any.Token);
            Log.WorkerStarted(log, lease.Worker.ProcessId);
            return lease.Engine;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            await lease.EmptyAsync();
            throw NotStarted($"it was not ready within {options.StartTimeout}");
        }
        catch (Win32Exception e)
        {
            throw NotStarted(e.Message);
        }
        catch (DigitizerException e) when (e.Kind == FailureKind.PageWorkerCrashed)
        {
            await lease.EmptyAsync();
            throw NotStarted(e.Message);
        }
        catch
        {
            await lease.EmptyAsync();
            throw;
        }
    }

    private static DigitizerException NotStarted(string why)
        => new(FailureKind.PageWorkerFailed, $"A page-worker cannot be started: {why} Run digitizer check.");
}
