using Digitizer.Assembly;
using Digitizer.Assembly.Check;
using Digitizer.Confinement;
using Digitizer.PageWorkers;
using Digitizer.Proof;
using Digitizer.Recognition;

namespace Digitizer.Benchmarks;

/// <summary>Figures of <c>writing</c>: writing, checking and proving a page's PDF by reading the page with the tesseract command line, CPU.</summary>
internal sealed record WritingFigures(Ratios Cpu, double WritingMilliseconds, double ProvingMilliseconds, double TesseractMilliseconds);

/// <summary>CPU of all that is done with a page once it is read, by that of tesseract on the same pages in the same run.</summary>
internal static class WritingBenchmark
{
    public static async Task<WritingFigures> RunAsync(BenchmarkOptions options)
    {
        using var folder = new TempFolder();
        var pages = await ReadAsync(options, folder.Path);

        // Unconfined, so that the system's accounts have the CPU of the programs: see Measured.
        using var proof = new PdfProof(new ProofOptions(), new Sandbox(allowUnconfined: true, ConfinementLevel.None), TimeProvider.System);
        await WorkAsync(pages, proof, folder.Path);
        var (writing, proving, tesseract) = (new List<double>(), new List<double>(), new List<double>());
        for (var pair = 0; pair < options.Pairs; pair++)
        {
            using var texts = new TempFolder();
            tesseract.Add((await Measured.RunAsync(Programs.Tesseract(options.Files, texts.Path, options.Model))).Cpu);
            var (write, prove) = await WorkAsync(pages, proof, folder.Path);
            writing.Add(write);
            proving.Add(prove);
        }

        double PerPage(List<double> seconds) => 1000 * seconds.Average() / pages.Count;
        var figures = new WritingFigures(Ratios.Of(writing.Zip(proving, (w, p) => w + p).Zip(tesseract, (ours, theirs) => ours / theirs)), PerPage(writing), PerPage(proving), PerPage(tesseract));
        Console.WriteLine(FormattableString.Invariant($"{pages.Count} pages, writing and proving by tesseract: CPU {figures.Cpu}; {figures.WritingMilliseconds:0} + {figures.ProvingMilliseconds:0} ms by {figures.TesseractMilliseconds:0} ms a page"));
        return figures;
    }

    private static async Task<(double Writing, double Proving)> WorkAsync(List<ProofPage> pages, PdfProof proof, string folder)
    {
        var (writing, proving) = (0.0, 0.0);
        var pdf = Path.Combine(folder, "page.pdf");
        foreach (var page in pages)
        {
            writing += await Measured.OwnAsync(() =>
            {
                using (var output = File.Create(pdf))
                {
                    PdfAssembler.Write([page.Shown], new PdfMetadata { Title = "writing", CreatorTool = "writing" }, output, CancellationToken.None);
                }

                PdfSelfCheck.Check(pdf, [page.Shown.Image], PdfConformance.PdfA2u, CancellationToken.None);
                return Task.CompletedTask;
            });
            proving += await Measured.OwnAsync(() => proof.ProveAsync(pdf, [page], CancellationToken.None));
        }

        return (writing, proving);
    }

    private static async Task<List<ProofPage>> ReadAsync(BenchmarkOptions options, string folder)
    {
        using var reader = new PageReader(new TesseractRecognizer(options.Model, OcrModel.FindFolder(options.Model, null)));
        var pages = new List<ProofPage>();
        foreach (var file in options.Files)
        {
            foreach (var frame in reader.Inspect(await File.ReadAllBytesAsync(file)).Frames)
            {
                var (result, image, pgm) = reader.Read(await File.ReadAllBytesAsync(file), frame.Index);
                var name = Path.Combine(folder, FormattableString.Invariant($"{pages.Count}"));
                await File.WriteAllBytesAsync(name + ".pgm", pgm);
                await File.WriteAllBytesAsync(name, image ?? []);
                pages.Add(new ProofPage(new ShownPage(result.Image, image is null ? file : name, result.Geometry, result.Text.Lines), name + ".pgm"));
            }
        }

        return pages;
    }
}
