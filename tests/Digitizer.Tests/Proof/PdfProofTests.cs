using Digitizer.Failures;
using Digitizer.Proof;
using Digitizer.Tests.Assembly;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Proof;

/// <summary>PDFs that hold what was scanned and read: all pass.</summary>
public sealed class PdfProofTests(ReadPages read) : IClassFixture<ReadPages>
{
    [Fact]
    public async Task The_samples_pass_with_room_to_spare()
    {
        using var test = new PdfUnderProof();

        var proven = await test.ProveAsync(test.Write(read.Samples.Select(p => p.Shown)), read.Samples);

        Assert.Equal(7, proven.PagesCompared);
        Assert.InRange(proven.WorstDifference, 0.0001, PictureProof.Limit / 1.5);
    }

    [Fact]
    public async Task Pages_of_every_format_and_coding_pass()
    {
        using var test = new PdfUnderProof();
        var folder = Path.GetDirectoryName(Fixture.Path("formats/g4.tif"))!;
        ProofPage[] pages = [.. Directory.GetFiles(folder).Where(f => Path.GetFileName(f) != "tiled.tif").Order(StringComparer.Ordinal).SelectMany(read.Read)];

        var proven = await test.ProveAsync(test.Write(pages.Select(p => p.Shown)), pages);

        Assert.Equal(pages.Length, proven.PagesCompared);
        Assert.True(pages.Length > 30);
    }

    [Theory]
    [InlineData(40, 2000)]
    [InlineData(2000, 40)]
    [InlineData(300, 200)]
    [InlineData(1, 1)]
    [InlineData(5, 3000)]
    [InlineData(9000, 6000)]
    public async Task Pages_of_odd_sizes_pass(int width, int height)
    {
        using var test = new PdfUnderProof();
        using var folder = new TempFolder();
        var pages = read.Read(folder.File("odd.png", PlainPng.Create(width, height, 3)));

        var proven = await test.ProveAsync(test.Write(pages.Select(p => p.Shown)), pages);

        Assert.Equal(1, proven.PagesCompared);
    }

    [Fact]
    public async Task A_page_without_picture_must_be_crossed_out()
    {
        using var test = new PdfUnderProof();
        var without = new ProofPage(TestPages.Blank(2480, 3508, 300), null);
        var sample = read.Samples[0];

        var proven = await test.ProveAsync(test.Write(sample.Shown, without.Shown), sample, without);
        var failure = await test.FailureAsync(test.PaintOver(test.Write(sample.Shown with { Geometry = without.Shown.Geometry, Lines = [] }), "1 g 0 0 999 999 re f"), without);

        Assert.Equal(2, proven.PagesCompared);
        Assert.Equal(FailureKind.ProofFailed, failure!.Kind);
    }

    [Fact]
    public async Task A_picture_that_nobody_could_decode_is_not_counted_as_compared()
    {
        using var test = new PdfUnderProof();
        var sample = read.Samples[0];

        var proven = await test.ProveAsync(test.Write(sample.Shown, sample.Shown), sample, sample with { ThumbnailFile = null });

        Assert.Equal(1, proven.PagesCompared);
    }

    [Fact]
    public async Task A_damaged_picture_that_is_shown_as_it_was_decoded_passes_only_if_its_damage_is_known()
    {
        using var test = new PdfUnderProof();
        var page = read.Read(Fixture.Path("damaged/jpeg-bad-data.jpg"))[0];
        Assert.True(page.SourceIsDamaged);
        var pdf = test.Write(page.Shown);

        var proven = await test.ProveAsync(pdf, page);
        var failure = await test.FailureAsync(pdf, page with { SourceIsDamaged = false });

        Assert.Equal(1, proven.PagesCompared);
        Assert.Contains("Corrupt JPEG data", failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_another_size_is_refused()
    {
        using var test = new PdfUnderProof();
        var right = new ProofPage(TestPages.Blank(2480, 3508, 300), null);

        var wider = await test.FailureAsync(test.Write(TestPages.Blank(2540, 3508, 300)), right);
        var shorter = await test.FailureAsync(test.Write(TestPages.Blank(2480, 3400, 300)), right);

        Assert.Equal((FailureKind.ProofFailed, FailureKind.ProofFailed), (wider!.Kind, shorter!.Kind));
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.6)]
    [InlineData(0.98)]
    public async Task A_file_cut_short_is_refused(double part)
    {
        using var test = new PdfUnderProof();
        var pdf = test.Write(read.Samples.Select(p => p.Shown));
        using (var file = File.OpenWrite(pdf))
        {
            file.SetLength((long)(file.Length * part));
        }

        var failure = await test.FailureAsync(pdf, read.Samples);

        Assert.Equal(FailureKind.ProofFailed, failure!.Kind);
        Assert.DoesNotContain(failure.Message, char.IsControl);
    }

    [Fact]
    public async Task A_reader_that_takes_too_long_is_killed_and_the_proof_has_failed()
    {
        using var test = new PdfUnderProof(new ProofOptions { PageTimeout = TimeSpan.FromMilliseconds(1) });
        var sample = read.Samples[0];

        var failure = await test.FailureAsync(test.Write(sample.Shown), sample);

        Assert.Equal(FailureKind.ProofFailed, failure!.Kind);
    }

    [Fact]
    public async Task Cancelling_gives_no_verdict()
    {
        using var test = new PdfUnderProof();
        using var proof = new PdfProof(new ProofOptions(), new Confinement.Sandbox(allowUnconfined: false), TimeProvider.System);
        var sample = read.Samples[0];

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => proof.ProveAsync(test.Write(sample.Shown), [sample], new CancellationToken(canceled: true)));
    }
}
