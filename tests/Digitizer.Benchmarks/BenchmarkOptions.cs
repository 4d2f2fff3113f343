using System.Globalization;

namespace Digitizer.Benchmarks;

/// <summary>What a benchmark works on.</summary>
internal sealed record BenchmarkOptions(IReadOnlyList<string> Files, int Pairs, int Pages, string Model, string? Json)
{
    private static readonly string[] Pictures = [".jpg", ".jpeg", ".png", ".tif", ".tiff"];

    /// <summary>Reads the command line after the command; null if it is wrong.</summary>
    public static BenchmarkOptions? Parse(string[] args)
    {
        var values = new Dictionary<string, string> { ["--pairs"] = "5", ["--pages"] = "300", ["--model"] = "vie" };
        var skip = new List<string>();
        for (var i = 2; i + 1 < args.Length; i += 2)
        {
            if (args[i] == "--skip")
            {
                skip.Add(args[i + 1]);
            }
            else
            {
                values[args[i]] = args[i + 1];
            }
        }

        if (!Directory.Exists(args[1]))
        {
            return null;
        }

        var listed = values.TryGetValue("--list", out var list) ? File.ReadAllLines(list).ToHashSet(StringComparer.Ordinal) : null;
        var files = Directory.EnumerateFiles(Path.GetFullPath(args[1]))
            .Where(f => Pictures.Contains(Path.GetExtension(f)))
            .Where(f => listed is null || listed.Contains(Path.GetFileName(f)))
            .Where(f => !skip.Exists(text => f.Contains(text, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal).ToList();
        return files.Count == 0 ? null : new BenchmarkOptions(
            files, int.Parse(values["--pairs"], CultureInfo.InvariantCulture), int.Parse(values["--pages"], CultureInfo.InvariantCulture), values["--model"], values.GetValueOrDefault("--json"));
    }
}
