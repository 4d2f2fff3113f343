using System.Text.Json;

namespace Digitizer.Benchmarks;

/// <summary>CPU milliseconds a page by stage: the mean over all pages.</summary>
internal static class StagesBenchmark
{
    public static async Task<IReadOnlyDictionary<string, double>> RunAsync(BenchmarkOptions options)
    {
        using var folder = new TempFolder();
        var timings = Path.Combine(folder.Path, "timings.jsonl");
        await Measured.RunAsync(Programs.Digitizer(options.Files, folder.Path, 1, options.Model, "--timings", timings));
        var sums = new SortedDictionary<string, double>(StringComparer.Ordinal);
        var pages = 0;
        foreach (var line in await File.ReadAllLinesAsync(timings))
        {
            pages++;
            using var json = JsonDocument.Parse(line);
            foreach (var stage in json.RootElement.GetProperty("cpuMilliseconds").EnumerateObject())
            {
                sums[stage.Name] = sums.GetValueOrDefault(stage.Name) + stage.Value.GetDouble();
            }
        }

        var means = sums.ToDictionary(s => s.Key, s => s.Value / pages);
        foreach (var (stage, mean) in means)
        {
            Console.WriteLine(FormattableString.Invariant($"{stage,-14} {mean,8:0} ms CPU a page"));
        }

        return means;
    }
}
