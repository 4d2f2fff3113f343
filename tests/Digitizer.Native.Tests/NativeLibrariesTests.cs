namespace Digitizer.Native.Tests;

public sealed class NativeLibrariesTests
{
    [Fact]
    public void The_engines_are_found_and_of_the_lines_that_the_bindings_fit()
    {
        var versions = NativeLibraries.Check();

        Assert.StartsWith("5.", versions.Tesseract, StringComparison.Ordinal);
        Assert.StartsWith("1.", versions.Leptonica, StringComparison.Ordinal);
        Assert.Matches("^1[12]\\.", versions.Qpdf);
    }

    [Fact]
    public void A_model_that_is_not_there_is_said_by_name()
    {
        var refusal = Assert.Throws<NativeException>(() => new TesseractEngine("/nowhere", "xyz", new Dictionary<string, string> { ["debug_file"] = "/dev/null" }));

        Assert.Contains("xyz", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("/nowhere", refusal.Message, StringComparison.Ordinal);
    }
}
