using System.ComponentModel;
using System.Text.Encodings.Web;
using System.Text.Json;
using Digitizer.Benchmarks.Accuracy.Ablation;
using Digitizer.Benchmarks.Scoring;

namespace Digitizer.Benchmarks.Accuracy;

/// <summary>How well, and at what cost, pages whose text is known are read.</summary>
internal static class AccuracyBenchmark
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<int> RunAsync(string[] args)
    {
        if (AccuracyOptions.Parse(args) is not { } options)
        {
            await Console.Error.WriteLineAsync(AccuracyOptions.Usage);
            return 2;
        }

        var set = PageSet.Open(options.Folder);
        set = set with { Pages = [.. set.Pages.Where(p => p.Id.Contains(options.Only, StringComparison.Ordinal))] };
        object figures;
        try
        {
            figures = options.Ablate ? await AblateAsync(set, options) : await ReadAsync(set, options);
        }
        catch (Win32Exception e)
        {
            // A program that is to be compared with is not installed; the message names it.
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }

        if (options.Json is { } file)
        {
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(figures, Readable));
        }

        return 0;
    }

    private static async Task<IReadOnlyList<AblatedPage>> AblateAsync(PageSet set, AccuracyOptions options)
    {
        var pages = await AblationRun.RunAsync(set, options);
        Console.WriteLine(AblationTable.Of(pages, options.Per switch { "kind" => p => p.Kind, "page" => p => p.Id, _ => p => p.Profile }));
        return pages;
    }

    private static async Task<List<ReaderFigures>> ReadAsync(PageSet set, AccuracyOptions options)
    {
        var all = new List<ReaderFigures>();
        foreach (var reader in Readers(options))
        {
            await Console.Error.WriteLineAsync($"{reader.Name}: {set.Pages.Count} pages …");
            all.Add(Compare(reader.Name, set, await reader.ReadAsync(set)));
        }

        Print(options, all);
        return all;
    }

    private static IEnumerable<IPagesReader> Readers(AccuracyOptions options)
    {
        if (options.Texts.Count > 0)
        {
            return options.Texts.Select(folder => new TextsReader(folder));
        }

        var readers = new List<IPagesReader> { new DigitizerReader(options) };
        if (options.Tesseract)
        {
            readers.Insert(0, CommandReader.Tesseract(options.Model));
        }

        if (options.Ocrmypdf)
        {
            readers.Add(CommandReader.Ocrmypdf(options.Model));
        }

        return readers;
    }

    private static ReaderFigures Compare(string reader, PageSet set, IReadOnlyDictionary<string, PageReading> readings)
    {
        if (set.Pages.Where(p => !readings.ContainsKey(p.Id)).ToList() is { Count: > 0 } missing)
        {
            Console.Error.WriteLine($"{missing.Count} pages have no text and count as empty: {missing[0].Id} …");
        }

        var figures = set.Pages.AsParallel().AsOrdered().Select(page =>
        {
            var reading = readings.GetValueOrDefault(page.Id, PageReading.Nothing);
            return new PageFigures(page, set.Score(page, reading.Text), reading);
        });
        return new ReaderFigures(reader, [.. figures]);
    }

    private static void Print(AccuracyOptions options, List<ReaderFigures> all)
    {
        var basis = options.Tesseract && options.Texts.Count == 0 ? all[0] : null;
        var table = new AccuracyTable(options.Per switch { "kind" => p => p.Kind, "page" => p => p.Id, _ => p => p.Profile }, basis);
        foreach (var figures in all)
        {
            Console.WriteLine(table.Of(figures));
        }
    }
}
