using System.Text.Json;
using Digitizer.Benchmarks.Scoring;

namespace Digitizer.Benchmarks.Accuracy;

/// <summary><c>digitizer process</c> over all pages at once, as people run it.</summary>
internal sealed class DigitizerReader(AccuracyOptions options) : IPagesReader
{
    public string Name => $"Digitizer, {options.Model}";

    public async Task<IReadOnlyDictionary<string, PageReading>> ReadAsync(PageSet set)
    {
        using var folder = new TempFolder();
        var results = options.Keep ?? Path.Combine(folder.Path, "out");
        var timings = Path.Combine(folder.Path, "timings.jsonl");
        var all = await Measured.RunAsync(Programs.Digitizer(
            set.Pages.Select(set.Picture), results, options.Jobs, options.Model, "--no-attach", "--timings", timings));
        var stages = Stages(timings);

        // Start, PDF, proof and the rest belong to no page: each bears an equal part.
        var rest = Math.Max(0, all.Cpu - stages.Values.Sum()) / set.Pages.Count;
        return set.Pages.ToDictionary(page => page.Id, page => Result(results, page.Id) with { Cpu = stages.GetValueOrDefault(Path.GetFileName(page.File)) + rest });
    }

    /// <summary>Seconds in the page-worker, by name of the file.</summary>
    private static Dictionary<string, double> Stages(string timings)
    {
        var seconds = new Dictionary<string, double>();
        foreach (var line in File.ReadLines(timings))
        {
            using var json = JsonDocument.Parse(line);
            var file = Path.GetFileName(json.RootElement.GetProperty("file").GetString()!);
            seconds[file] = seconds.GetValueOrDefault(file) + json.RootElement.GetProperty("cpuMilliseconds").EnumerateObject().Sum(s => s.Value.GetDouble() / 1000);
        }

        return seconds;
    }

    private static PageReading Result(string folder, string id)
    {
        var file = Path.Combine(folder, id + ".json");
        if (!File.Exists(file))
        {
            return PageReading.Nothing;
        }

        using var json = JsonDocument.Parse(File.ReadAllText(file));
        var page = json.RootElement.GetProperty("pages")[0];
        return new PageReading(File.ReadAllText(Path.Combine(folder, id + ".txt")))
        {
            Turned = page.GetProperty("orientation").GetInt32(),
            Leveled = page.GetProperty("skew").GetDouble(),
            CalledBlank = page.GetProperty("outcome").GetString() == "blank",
        };
    }
}
