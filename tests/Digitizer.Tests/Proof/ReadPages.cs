using Digitizer.Assembly;
using Digitizer.Cleanup;
using Digitizer.PageWorkers;
using Digitizer.Proof;
using Digitizer.Recognition;
using Digitizer.Tests.Architecture;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Proof;

/// <summary>The pages of the samples, read as a page-worker reads them, once for the class.</summary>
public sealed class ReadPages : IDisposable
{
    private readonly PageReader reader = new(new TesseractRecognizer("vie", OcrModel.FindFolder("vie", null)));
    private readonly TempFolder folder = new();
    private readonly Lazy<IReadOnlyList<ProofPage>> samples;
    private int count;

    public ReadPages() => samples = new(() => [.. Directory.GetFiles(Path.Combine(Repository.Root, "samples"))
        .Where(file => Path.GetExtension(file) is ".jpg" or ".tif").Order(StringComparer.Ordinal).SelectMany(Read)]);

    /// <summary>Six scans and photos, seven pages: JPEG, G4, tilted, turned, coloured.</summary>
    internal IReadOnlyList<ProofPage> Samples => samples.Value;

    /// <summary>All pages of a file.</summary>
    internal IReadOnlyList<ProofPage> Read(string file)
        => [.. reader.Inspect(File.ReadAllBytes(file)).Frames.Select(frame => Read(file, frame.Index))];

    public void Dispose()
    {
        reader.Dispose();
        folder.Dispose();
    }

    private ProofPage Read(string file, int index)
    {
        var (result, image, thumbnail) = reader.Read(File.ReadAllBytes(file), index);
        var imageFile = image is null ? file : folder.File($"{++count}.bin", image);
        return new ProofPage(
            new ShownPage(result.Image, imageFile, result.Geometry, result.Text.Lines),
            folder.File($"{++count}.pgm", thumbnail),
            result.Warnings.Contains(PageWarning.Damaged));
    }
}
