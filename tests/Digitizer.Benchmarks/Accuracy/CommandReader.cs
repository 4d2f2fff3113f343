using System.Diagnostics;
using Digitizer.Benchmarks.Scoring;

namespace Digitizer.Benchmarks.Accuracy;

/// <summary>A command that reads one page a run.</summary>
/// <param name="name">For people.</param>
/// <param name="commands">
/// Make it from the picture and from where it writes, without extension; it writes a .txt there. The next is tried where one did not.
/// </param>
internal sealed class CommandReader(string name, params Func<string, string, ProcessStartInfo>[] commands) : IPagesReader
{
    public string Name => name;

    public static CommandReader Tesseract(string model)
        => new($"tesseract, {model}", (picture, output) => new ProcessStartInfo("tesseract", [picture, output, "-l", model]));

    /// <summary>As people run it; photos whose resolution it finds not credible are given one, as its message asks for.</summary>
    public static CommandReader Ocrmypdf(string model) => new($"OCRmyPDF, {model}", Ocrmypdf(model, []), Ocrmypdf(model, ["--image-dpi", "300"]));

    public async Task<IReadOnlyDictionary<string, PageReading>> ReadAsync(PageSet set)
    {
        using var folder = new TempFolder();
        var readings = new Dictionary<string, PageReading>();
        foreach (var page in set.Pages)
        {
            var output = Path.Combine(folder.Path, page.Id);
            readings[page.Id] = await ReadAsync(set.Picture(page), output);
        }

        return readings;
    }

    private static Func<string, string, ProcessStartInfo> Ocrmypdf(string model, string[] more) => (picture, output) => new ProcessStartInfo(
        "ocrmypdf", ["--jobs", "1", "--rotate-pages", "--deskew", "--clean", "-l", model, .. more, "--sidecar", output + ".txt", picture, output + ".pdf"]);

    private async Task<PageReading> ReadAsync(string picture, string output)
    {
        var (text, cpu) = (output + ".txt", 0.0);
        foreach (var command in commands)
        {
            cpu += (await Measured.RunPlainAsync(command(picture, output))).Cpu;
            if (File.Exists(text))
            {
                return new PageReading(await File.ReadAllTextAsync(text)) { Cpu = cpu };
            }
        }

        return PageReading.Nothing with { Cpu = cpu };
    }
}
