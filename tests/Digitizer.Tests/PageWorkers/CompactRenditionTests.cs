using Digitizer.Cleanup;
using Digitizer.Native;
using Digitizer.Pages;
using Digitizer.PageWorkers;
using Digitizer.Recognition;
using Digitizer.Tests.Architecture;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.PageWorkers;

/// <summary>Pages read with and without the leave to lose what is not needed to read them.</summary>
public sealed class CompactRenditionTests(PageReaderFixture fixture) : IClassFixture<PageReaderFixture>
{
    private const string Seal = "degraded/pages/07-red-seal.jpg";
    private const string Pattern = "degraded/pages/09-guilloche.jpg";

    // In colour, 300 dpi.
    private static readonly string Letter = Path.Combine(Repository.Root, "samples", "cong-van.jpg");

    private readonly PageCleaner cleaner = new(part => fixture.Recognizer.Trial(part, 200));

    [Fact]
    public void A_colour_scan_of_a_letter_is_shown_in_layers_and_keeps_its_text()
    {
        var file = File.ReadAllBytes(Letter);
        var (came, _, _) = fixture.Reader.Read(file, 0);
        var (small, bytes, _) = fixture.Reader.Read(file, 0, isCompact: true);

        Assert.Equal(ImageEncoding.Layers, small.Image.Encoding);
        Assert.True(small.Image is { IsCompact: true, IsSourceFile: false });
        Assert.Equal((came.Image.Width, came.Image.Height), (small.Image.Width, small.Image.Height));
        Assert.InRange(small.Image.Bytes, 1, came.Image.Bytes / 4);
        Assert.Equal(small.Image.Bytes, bytes!.Length);
        Assert.Equal(small.Image.Bytes, small.Image.Layers!.Pictures().Sum(layer => layer.Bytes));
        Assert.Equal(Words(came), Words(small));
        Assert.Equal(came.Thumbnail, small.Thumbnail);
    }

    [Fact]
    public void The_same_page_gives_the_same_bytes()
        => Assert.Equal(fixture.Reader.Read(File.ReadAllBytes(Letter), 0, isCompact: true).Image, fixture.Reader.Read(File.ReadAllBytes(Letter), 0, isCompact: true).Image);

    [Theory]
    [InlineData("000")]
    [InlineData("☒")]
    public void A_page_that_would_read_with_another_number_or_tick_in_layers_stays_as_it_came(string word)
    {
        using var misread = new PageReader(new SecondReadingRecognizer(fixture.Recognizer, text => WithWord(text, word)));

        Assert.True(misread.Read(File.ReadAllBytes(Letter), 0, isCompact: true).Result.Image is { Encoding: ImageEncoding.Jpeg, IsSourceFile: true, IsCompact: false });
    }

    [Fact]
    public void A_page_on_which_the_work_for_layers_fails_keeps_its_text_and_stays_as_it_came()
    {
        var file = File.ReadAllBytes(Letter);
        using var failing = new PageReader(new SecondReadingRecognizer(fixture.Recognizer, _ => throw new NativeException("The library refused.")));

        var (page, _, _) = failing.Read(file, 0, isCompact: true);

        Assert.True(page.Image is { Encoding: ImageEncoding.Jpeg, IsSourceFile: true, IsCompact: false });
        Assert.Equal(Words(fixture.Reader.Read(file, 0).Result), Words(page));
    }

    [Fact]
    public void A_colour_picture_without_loss_that_cannot_be_parted_becomes_a_JPEG()
    {
        var png = Png(Pattern);
        var (came, _, _) = fixture.Reader.Read(png, 0);
        var (small, bytes, _) = fixture.Reader.Read(png, 0, isCompact: true);

        Assert.Equal(ImageEncoding.Flate, came.Image.Encoding);
        Assert.True(small.Image is { Encoding: ImageEncoding.Jpeg, IsCompact: true, IsSourceFile: false });
        Assert.Equal((came.Image.Width, came.Image.Height), (small.Image.Width, small.Image.Height));
        Assert.InRange(bytes!.Length, 1, came.Image.Bytes / 2);
        Assert.Equal(Words(came), Words(small));
    }

    [Theory]
    [InlineData(Pattern)]
    [InlineData(Seal)]
    [InlineData("degraded/pages/11-phone.jpg")]
    [InlineData("degraded/pages/06-photocopy.tif")]
    [InlineData("degraded/pages/21-blank.jpg")]
    [InlineData("formats/bit1.png")]
    [InlineData("damaged/jpeg-bad-data.jpg")]
    public void Pages_that_would_read_differently_patterns_photos_bitonal_blank_and_damaged_ones_stay_as_they_came(string name)
    {
        var came = fixture.Read(name).Result.Image;

        Assert.Equal(came, Read(name).Image);
    }

    [Fact]
    public void A_page_of_a_signed_PDF_stays_as_it_came()
    {
        using var page = Decoded(out var clean, out var text);
        var compact = new CompactRendition(cleaner, fixture.Recognizer);

        Assert.NotNull(compact.Make(page, clean, text));
        Assert.Null(compact.Make(page with { Origin = new() { IsSealed = true } }, clean, text));
        clean.Dispose();
    }

    [Fact]
    public void A_page_that_looks_different_is_not_even_read()
    {
        using var page = Decoded(out var clean, out var text);
        using var white = Pix.White(page.Pixels.Width, page.Pixels.Height);
        var comparison = new CompactRendition(cleaner, fixture.Recognizer).Compare(page, clean, text, white);

        Assert.Null(comparison.Reading);
        Assert.False(comparison.Passes);
        clean.Dispose();
    }

    private static PageText WithWord(PageText text, string word)
        => text with { Lines = [text.Lines[0] with { Words = [.. text.Lines[0].Words, new TextWord(word, text.Lines[0].Quad, 1)] }, .. text.Lines.Skip(1)] };

    private DecodedPage Decoded(out CleanPage clean, out PageText text)
    {
        using var splitter = new PageSplitter(PageLimits.Default);
        var page = splitter.Decode(File.ReadAllBytes(Letter), 0);
        clean = cleaner.Clean(page);
        text = fixture.Recognizer.Read(clean);
        return page;
    }

    private PageResult Read(string name) => fixture.Reader.Read(File.ReadAllBytes(Fixture.Path(name)), 0, isCompact: true).Result;

    private static IEnumerable<string> Words(PageResult page) => page.Text.Lines.SelectMany(line => line.Words).Select(word => word.Text);

    private static byte[] Png(string jpeg)
    {
        using var pix = Pix.FromJpeg(File.ReadAllBytes(Fixture.Path(jpeg)), out _);
        return PlainPng.Create(pix.Width, pix.Height, 3, pix.ToBytes());
    }
}
