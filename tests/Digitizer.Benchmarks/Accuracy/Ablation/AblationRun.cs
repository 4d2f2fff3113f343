using System.Collections.Concurrent;
using Digitizer.Benchmarks.Scoring;
using Digitizer.Native;
using Digitizer.PageWorkers;
using Digitizer.Recognition;
using Digitizer.Results;

namespace Digitizer.Benchmarks.Accuracy.Ablation;

/// <summary>Reads pages in this process, whole and with steps left out.</summary>
internal static class AblationRun
{
    public static async Task<IReadOnlyList<AblatedPage>> RunAsync(PageSet set, AccuracyOptions options)
    {
        // libgomp reads it when it is loaded, with the engine.
        PosixProcess.SetEnvironment("OMP_THREAD_LIMIT", "1");
        var printed = set.Pages.Where(page => !page.Blank).ToList();
        var waiting = new ConcurrentQueue<TruePage>(printed);
        var done = new ConcurrentDictionary<string, AblatedPage>();
        await Task.WhenAll(Enumerable.Range(0, options.Jobs).Select(_ => Task.Factory.StartNew(
            () => ReadAll(set, options.Model, waiting, done), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        return [.. printed.Select(page => done[page.Id])];
    }

    private static void ReadAll(PageSet set, string model, ConcurrentQueue<TruePage> waiting, ConcurrentDictionary<string, AblatedPage> done)
    {
        var watch = new StepWatch();
        using var reader = new PageReader(new TesseractRecognizer(model, OcrModel.FindFolder(model, null)), exchange: watch.Watch);
        while (waiting.TryDequeue(out var page))
        {
            done[page.Id] = Ablate(set, page, reader, watch);
            Console.Error.WriteLine($"{done.Count} {page.Id}");
        }
    }

    private static AblatedPage Ablate(PageSet set, TruePage page, PageReader reader, StepWatch watch)
    {
        var (whole, cpu) = Read(set, page, reader, watch, leftOut: null);
        var steps = new List<AblatedStep>();
        foreach (var (name, applied, own) in watch.Done.ToList())
        {
            var (without, left) = applied ? Read(set, page, reader, watch, name) : (whole, cpu - own);
            steps.Add(new AblatedStep(name, applied, own, without.FreeErrors, left));
        }

        return new AblatedPage(page, whole.Length, whole.FreeErrors, cpu, steps);
    }

    private static (PageScore Score, double Cpu) Read(PageSet set, TruePage page, PageReader reader, StepWatch watch, string? leftOut)
    {
        watch.Clear();
        watch.LeftOut = leftOut;
        var file = File.ReadAllBytes(set.Picture(page));
        var before = StepWatch.Clock();
        var (result, _, _) = reader.Read(file, 0);
        return (set.Score(page, ResultText.Of([result.Text])), StepWatch.Clock() - before);
    }
}
