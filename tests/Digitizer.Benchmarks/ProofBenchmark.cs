using Digitizer.Assembly;
using Digitizer.Confinement;
using Digitizer.Pages;
using Digitizer.PageWorkers;
using Digitizer.Proof;
using Digitizer.Recognition;

namespace Digitizer.Benchmarks;

/// <summary>How far apart good and bad pages lie in the proof's measure.</summary>
internal static class ProofBenchmark
{
    public static async Task<object> RunAsync(BenchmarkOptions options)
    {
        using var folder = new TempFolder();
        using var reader = new PageReader(options.Model, OcrModel.FindFolder(options.Model, null));
        using var poppler = new Poppler(new Sandbox(allowUnconfined: false), new ProofOptions());
        var pages = new List<(string Name, ShownPage Shown, GrayPicture Expected, GrayPicture Rendered)>();
        foreach (var file in options.Files)
        {
            var bytes = await File.ReadAllBytesAsync(file);
            foreach (var frame in reader.Inspect(bytes).Frames)
            {
                var (result, image, pgm) = reader.Read([.. bytes], frame.Index);
                var imageFile = file;
                if (image is not null)
                {
                    imageFile = Path.Combine(folder.Path, "image");
                    await File.WriteAllBytesAsync(imageFile, image);
                }

                var shown = new ShownPage(result.Image, imageFile, result.Geometry, result.Text.Lines);
                var pdf = Path.Combine(folder.Path, "page.pdf");
                await using (var output = File.Create(pdf))
                {
                    PdfAssembler.Write([shown], new PdfMetadata { Title = "x", CreatorTool = "x" }, output, CancellationToken.None);
                }

                var thumbnail = await new PgmReader(new MemoryStream(pgm)).ReadAsync(int.MaxValue, int.MaxValue, CancellationToken.None);
                var scale = PictureProof.ScaleOf(shown);
                await using var run = await poppler.StartAsync(Poppler.Renderer, pdf, 1, "-gray", "-r", FormattableString.Invariant($"{scale}"), pdf);
                var rendered = (await new PgmReader(run.Output).ReadAsync(int.MaxValue, int.MaxValue, CancellationToken.None))!;
                var expected = ExpectedPicture.Of(thumbnail!, shown, rendered, scale);
                var name = FormattableString.Invariant($"{Path.GetFileNameWithoutExtension(file)}-{frame.Index}");
                pages.Add((name, shown, expected, rendered));
                Console.WriteLine(FormattableString.Invariant($"{PictureDifference.Worst(expected, rendered):0.000} {name} {result.Outcome} {result.Geometry.Dpi:0} dpi, skew {result.Geometry.Skew:0.00}"));
                if (Environment.GetEnvironmentVariable("DUMP") is { } dump)
                {
                    await File.WriteAllBytesAsync(Path.Combine(dump, name + "-e.pgm"), expected.ToPgm());
                    await File.WriteAllBytesAsync(Path.Combine(dump, name + "-r.pgm"), rendered.ToPgm());
                }
            }
        }

        return new { pages.Count };
    }
}
