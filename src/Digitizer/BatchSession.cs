using System.Collections.Concurrent;
using Digitizer.Dossiers;
using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Jobs;
using Digitizer.Pipeline;
using Digitizer.Results;
using Microsoft.Extensions.Logging;

namespace Digitizer;

/// <summary>One run over a batch's files: feeds the journal, has the loop work it off, and says how each file ended.</summary>
internal sealed class BatchSession(HouseParts house, WorkLoop loop, BatchIntake intake, BatchProgress progress, ILogger log)
{
    private readonly ConcurrentDictionary<UnitId, TaskCompletionSource> waiting = new();

    /// <summary>Runs until every file has ended.</summary>
    /// <param name="sources">The files.</param>
    /// <param name="together">Files on their way at the same time; more would only fill the disk.</param>
    /// <param name="ended">Gets how each file ended, by its position.</param>
    /// <param name="cancellation">Stops; what is not finished goes on at the next run.</param>
    /// <exception cref="DigitizerException">The machine is at fault.</exception>
    public async Task RunAsync(IReadOnlyList<InputFile> sources, int together, ConcurrentDictionary<int, UnitOutcome> ended, CancellationToken cancellation)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var draining = new CancellationTokenSource();
        DigitizerException? fault = null;
        loop.MachineFailed += e =>
        {
            fault ??= e;
            stopping.Cancel();
        };
        loop.Worked += item => _ = CheckAsync(item.Unit);
        var working = WorkAsync(stopping, draining.Token);
        try
        {
            await FeedAsync(sources, together, ended, stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (fault is not null)
        {
            throw fault;
        }
        catch (OperationCanceledException) when (working.IsFaulted)
        {
            // The loop's own failure says why; it is thrown below.
        }
        finally
        {
            await draining.CancelAsync().ConfigureAwait(false);
            await working.ConfigureAwait(false);
        }
    }

    private async Task WorkAsync(CancellationTokenSource stopping, CancellationToken draining)
    {
        try
        {
            await loop.RunAsync(draining, stopping.Token).ConfigureAwait(false);
        }
        finally
        {
            if (!draining.IsCancellationRequested)
            {
                await stopping.CancelAsync().ConfigureAwait(false);
            }
        }
    }

    private Task FeedAsync(IReadOnlyList<InputFile> sources, int together, ConcurrentDictionary<int, UnitOutcome> ended, CancellationToken cancellation)
        => Parallel.ForEachAsync(sources.Index(), new ParallelOptions { MaxDegreeOfParallelism = together, CancellationToken = cancellation }, async (entry, stop) =>
        {
            var outcome = await RunUnitAsync(entry.Item, stop).ConfigureAwait(false);
            ended[entry.Index] = outcome;
            progress.Ended(outcome);
        });

    private async Task<UnitOutcome> RunUnitAsync(InputFile source, CancellationToken stop)
    {
        try
        {
            var (unit, wasFinished) = await intake.TakeAsync(source, stop).ConfigureAwait(false);
            if (!wasFinished)
            {
                progress.Began(unit, source);
                await SettledAsync(unit, stop).ConfigureAwait(false);
            }

            return await OutcomeAsync(source, unit, wasFinished, stop).ConfigureAwait(false);
        }
        catch (DigitizerException e) when (!e.Kind.StopsTheRun() && !stop.IsCancellationRequested)
        {
            return new UnitOutcome(source.Shown) { FullPath = source.FullPath, Refusal = Refusal.From(source.Shown, e) };
        }
        catch (Exception e) when (e is not (DigitizerException or OperationCanceledException))
        {
            log.UnitFailed(Fault.Of(e));
            var message = $"A fault of the program: {e.GetType().Name}: {ShownName.Escape(e.Message)}. Report it with the log; the other files go on.";
            return new UnitOutcome(source.Shown) { FullPath = source.FullPath, Refusal = new Refusal(source.Shown, FailureKind.Internal, message) };
        }
    }

    private async Task SettledAsync(UnitId unit, CancellationToken stop)
    {
        var settled = waiting.GetOrAdd(unit, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        loop.Wake();

        // It may have been worked off before anybody waited for it.
        await CheckAsync(unit).ConfigureAwait(false);
        await settled.Task.WaitAsync(stop).ConfigureAwait(false);
    }

    private async Task CheckAsync(UnitId unit)
    {
        if (!waiting.TryGetValue(unit, out var settled))
        {
            return;
        }

        try
        {
            if (await house.Jobs.IsSettledAsync(unit, CancellationToken.None).ConfigureAwait(false))
            {
                waiting.TryRemove(unit, out _);
                settled.TrySetResult();
            }
        }
        catch (Exception e) when (e is DigitizerException or ObjectDisposedException)
        {
            settled.TrySetException(e);
        }
    }

    private async Task<UnitOutcome> OutcomeAsync(InputFile source, UnitId id, bool wasFinished, CancellationToken stop)
    {
        var account = (await house.Jobs.UnitAsync(id, stop).ConfigureAwait(false))!;
        var outcome = new UnitOutcome(source.Shown) { FullPath = source.FullPath };
        if (account.Unit.Failure is { } failure)
        {
            return outcome with { Refusal = new Refusal(source.Shown, failure.Kind, failure.Message) };
        }

        var document = account.Documents[^1];
        if (document.JsonSha256 is null)
        {
            var why = account.History.Last(line => line.Failure is not null).Failure!;
            return outcome with { Refusal = new Refusal(source.Shown, why.Kind, why.Message) };
        }

        using var borrowed = house.Vault.Borrow();
        var kept = await Deliveries.FilesOf(borrowed, document, stop).ConfigureAwait(false);
        var result = ResultJson.Read(await File.ReadAllBytesAsync(kept.Json, stop).ConfigureAwait(false));
        return outcome with
        {
            // Somebody may have removed what an earlier run wrote.
            Files = await house.Publisher.PublishAsync(account.Unit.Arrival, document.Part, result, kept, stop).ConfigureAwait(false),
            Document = DocumentSummary.Of(result, account.Pages.Select(p => p.Failure?.Message).FirstOrDefault(m => m is not null) ?? ""),
            Filed = DeliveryOf(account, document) is { State: DeliveryState.Attached or DeliveryState.Verified, Receipt: { } receipt } ? new FiledDocument(Receipt.FromLine(receipt).Location!, wasFinished) : null,
            Refusal = DeliveryOf(account, document) is { Failure: { } problem } ? new Refusal(source.Shown, problem.Kind, problem.Message) : null,
        };
    }

    private static JobDelivery? DeliveryOf(UnitAccount account, JobDocument document)
        => account.Deliveries.FirstOrDefault(d => d.Document == document.Id && d.Revision == document.Revision);
}
