using Digitizer.Failures;
using Digitizer.PageWorkers;
using Digitizer.Recognition;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.PageWorkers;

/// <summary>The child's stages, here in the test's own process: the fixtures are ours.</summary>
public sealed class PageReaderTests(PageReaderFixture fixture) : IClassFixture<PageReaderFixture>
{
    private static readonly string Truth = Plain(File.ReadAllText(Fixture.Path("truth/formats.txt")));

    public static TheoryData<string> OnePagePictures => [.. Directory
        .EnumerateFiles(Path.GetDirectoryName(Fixture.Path("formats/gray8.png"))!)
        .Select(path => Path.GetFileName(path)!)
        .Where(name => !name.StartsWith("multi-", StringComparison.Ordinal) && !name.EndsWith(".bmp", StringComparison.Ordinal) && name != "tiled.tif")
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(OnePagePictures))]
    public void Every_format_colour_depth_and_orientation_gives_the_same_text(string name)
    {
        var (result, _, _) = fixture.Read("formats/" + name);

        Assert.Equal(PageOutcome.Read, result.Outcome);
        Assert.Equal(Truth, TextOf(result));
    }

    [Fact]
    public void Every_page_of_a_file_is_found_and_read()
    {
        var file = File.ReadAllBytes(Fixture.Path("formats/multi-mixed.tif"));
        var frames = fixture.Reader.Inspect(file).Frames;

        Assert.Equal(3, frames.Count);
        Assert.All(frames, frame => Assert.NotEmpty(fixture.Reader.Read(file, frame.Index).Result.Text.Lines));
    }

    [Theory]
    [InlineData("damaged/truncated.jpg", FailureKind.FileTruncated)]
    [InlineData("damaged/truncated.png", FailureKind.FileTruncated)]
    [InlineData("damaged/truncated.tif", FailureKind.FileTruncated)]
    [InlineData("damaged/truncated-strip.tif", FailureKind.FileTruncated)]
    [InlineData("damaged/bad-crc.png", FailureKind.ImageDamaged)]
    [InlineData("damaged/ifd-loop.tif", FailureKind.ImageDamaged)]
    [InlineData("damaged/text.jpg", FailureKind.FormatUnknown)]
    [InlineData("formats/tiled.tif", FailureKind.FormatNotSupported)]
    public void A_file_that_is_not_whole_is_refused_before_anything_is_decoded(string name, FailureKind kind)
        => Assert.Equal(kind, Assert.Throws<DigitizerException>(() => fixture.Reader.Inspect(File.ReadAllBytes(Fixture.Path(name)))).Kind);

    [Theory]
    [InlineData("damaged/corrupt-lzw.tif")]
    [InlineData("damaged/corrupt-lzw-gray.tif")]
    public void Damage_that_a_decoder_would_pass_over_is_found(string name)
        => Assert.Equal(FailureKind.ImageDamaged, Assert.Throws<DigitizerException>(() => fixture.Read(name)).Kind);

    [Fact]
    public void Strips_of_jpeg_in_a_tiff_become_one_jpeg_with_the_same_pixels()
    {
        var (joined, image, _) = fixture.Read("formats/jpeg-ycbcr-strips.tif");

        Assert.Equal(Digitizer.Pages.ImageEncoding.Jpeg, joined.Image.Encoding);
        Assert.True(image!.Length < new FileInfo(Fixture.Path("formats/jpeg-ycbcr-strips.tif")).Length);
    }

    [Fact]
    public void Words_lie_where_they_are_printed_whatever_the_orientation_tag()
    {
        var (upright, _, _) = fixture.Read("formats/exif-1.jpg");
        var (turned, _, _) = fixture.Read("formats/exif-6.jpg");

        // Tag 6: the stored picture is turned clockwise to be seen, so stored x grows with what is seen as y.
        var seen = upright.Text.Lines[0].Words[0].Quad;
        var shown = turned.Geometry.Matrix.Apply(turned.Text.Lines[0].Words[0].Quad);
        Assert.Equal(90, turned.Geometry.Orientation);
        Assert.Equal(seen.MinX, shown.MinX, 4.0);
        Assert.Equal(seen.MinY, shown.MinY, 4.0);
    }

    private static string TextOf(PageResult result)
        => Plain(string.Join(' ', result.Text.Lines.SelectMany(line => line.Words).Select(word => word.Text)));

    private static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>One engine for the class.</summary>
public sealed class PageReaderFixture : IDisposable
{
    public PageReaderFixture()
    {
        Recognizer = new TesseractRecognizer("vie", OcrModel.FindFolder("vie", null));
        Reader = new PageReader(Recognizer);
    }

    internal TesseractRecognizer Recognizer { get; }

    internal PageReader Reader { get; }

    public void Dispose() => Reader.Dispose();

    internal (PageResult Result, byte[]? Image, byte[] Thumbnail) Read(string name) => Reader.Read(File.ReadAllBytes(Fixture.Path(name)), 0);
}
