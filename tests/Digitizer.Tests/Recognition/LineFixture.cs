using Digitizer.Native;
using Digitizer.Recognition;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Recognition;

/// <summary>The engine as the product sets it up, and the pictures of <c>Fixtures/lines</c>.</summary>
public sealed class LineFixture : IDisposable
{
    /// <summary>Of the pictures.</summary>
    internal const int Dpi = 200;

    /// <summary>Of their letters, in pixels.</summary>
    internal const double XHeight = 17;

    public LineFixture()
    {
        NativeLibraries.Silence();
        Engine = new TesseractEngine(OcrModel.FindFolder("vie", null), "vie", new Dictionary<string, string> { ["debug_file"] = "/dev/null" });
    }

    internal TesseractEngine Engine { get; }

    /// <param name="name">Without extension.</param>
    internal static Pix Picture(string name)
    {
        using var stored = Pix.FromPng(File.ReadAllBytes(Fixture.Path($"lines/{name}.png")));
        return stored.ToGray();
    }

    public void Dispose() => Engine.Dispose();
}
