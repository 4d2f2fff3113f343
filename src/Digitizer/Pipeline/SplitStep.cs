using Digitizer.Failures;
using Digitizer.Jobs;
using Digitizer.Pages;
using Digitizer.PageWorkers;
using Digitizer.Vault;

namespace Digitizer.Pipeline;

/// <summary>Unit → pages: a page-worker says what each of its files holds; a count made at the door must agree.</summary>
internal sealed class SplitStep(JobStore jobs, IVault vault, PageWorkerPool workers, IWorkObserver observer) : IWorkStep
{
    public WorkKind Kind => WorkKind.Split;

    public async Task RunAsync(WorkItem item, CancellationToken cancellation)
    {
        var arrival = (await jobs.UnitOfAsync(item, cancellation).ConfigureAwait(false)).Arrival;
        var (counts, formats) = (new List<int>(), new List<string>());
        foreach (var file in arrival.Originals)
        {
            var contents = await (arrival.Files is null ? InspectAsync(file, cancellation) : InspectOneOfSeveralAsync(file, cancellation)).ConfigureAwait(false);
            counts.Add(contents.Frames.Count);
            formats.Add(contents.Format.ToString());
        }

        await jobs.SplitDoneAsync(item, string.Join('+', formats.Distinct(StringComparer.Ordinal)), counts, cancellation).ConfigureAwait(false);
        observer.PagesFound(item.Unit, counts.Sum());
    }

    private async Task<UnitContents> InspectAsync(UnitFile file, CancellationToken cancellation)
    {
        using var borrowed = vault.Borrow();
        var original = await borrowed.OriginalAsync(DocumentSource.OriginalOf(file), cancellation).ConfigureAwait(false);
        var contents = await workers.InspectAsync(original, cancellation).ConfigureAwait(false);
        return file.ExpectedPages is { } expected && expected != contents.Frames.Count
            ? throw new DigitizerException(
                FailureKind.PageCountDiffers, $"{expected} pages were counted when the file arrived, {contents.Frames.Count} are found in it. Compare with the paper, and scan again.")
            : contents;
    }

    // The document is not made without it, and a person must know which it is.
    private async Task<UnitContents> InspectOneOfSeveralAsync(UnitFile file, CancellationToken cancellation)
    {
        try
        {
            return await InspectAsync(file, cancellation).ConfigureAwait(false);
        }
        catch (DigitizerException e)
        {
            throw new DigitizerException(e.Kind, $"{file.ShownName}: {e.Message}", e);
        }
    }
}
