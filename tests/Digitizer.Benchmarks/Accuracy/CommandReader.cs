using System.Diagnostics;
using Digitizer.Benchmarks.Scoring;

namespace Digitizer.Benchmarks.Accuracy;

/// <summary>A command that reads one page a run.</summary>
/// <param name="name">For people.</param>
/// <param name="command">Makes it from the picture and from where it writes, without extension; it writes a .txt there.</param>
internal sealed class CommandReader(string name, Func<string, string, ProcessStartInfo> command) : IPagesReader
{
    public string Name => name;

    public static CommandReader Tesseract(string model)
        => new($"tesseract, {model}", (picture, output) => new ProcessStartInfo("tesseract", [picture, output, "-l", model]));

    public static CommandReader Ocrmypdf(string model) => new($"OCRmyPDF, {model}", (picture, output) => new ProcessStartInfo(
        "ocrmypdf", ["--jobs", "1", "--rotate-pages", "--deskew", "--clean", "-l", model, "--sidecar", output + ".txt", picture, output + ".pdf"]));

    public async Task<IReadOnlyDictionary<string, PageReading>> ReadAsync(PageSet set)
    {
        using var folder = new TempFolder();
        var readings = new Dictionary<string, PageReading>();
        foreach (var page in set.Pages)
        {
            var output = Path.Combine(folder.Path, page.Id);
            var seconds = await Measured.RunPlainAsync(command(set.Picture(page), output));
            var text = output + ".txt";
            readings[page.Id] = new PageReading(File.Exists(text) ? await File.ReadAllTextAsync(text) : "") { Cpu = seconds.Cpu };
        }

        return readings;
    }
}
