using Digitizer.Intake.Completeness;
using Digitizer.Tests.Support;
using Digitizer.Tests.Support.DropFolders;

namespace Digitizer.Tests.Intake.Completeness;

public sealed class FileEndTests
{
    public static TheoryData<string, byte[], int?> Whole => new()
    {
        { "JPEG", Scans.Jpeg(), 1 }, { "PNG", Scans.Png(), 1 }, { "TIFF", Scans.Tiff(3), 3 }, { "TIFF, Motorola", new TiffBuilder(false).Page(9, 9).ToArray(), 1 },
        { "TIFF with a preview", new TiffBuilder().Page(9, 9).Page(3, 3, subfileType: 1).ToArray(), null }, { "BMP", Scans.Bmp(), 1 }, { "PDF", Scans.Pdf(), null },
    };

    [Theory]
    [MemberData(nameof(Whole))]
    public void A_whole_file_is_whole_and_says_its_pages(string what, byte[] content, int? pages)
        => Assert.True(Check(content) == new Wholeness(true, pages), what);

    [Theory]
    [MemberData(nameof(Whole))]
    public void No_file_that_lacks_bytes_at_its_end_is_whole(string what, byte[] content, int? pages)
    {
        _ = pages;
        // White space after a PDF's last mark may be missing.
        for (var length = 16; length < content.Length - (what == "PDF" ? 1 : 0); length++)
        {
            Assert.False(Check(content[..length]).IsWhole, $"{what} cut to {length} of {content.Length}");
        }
    }

    [Theory]
    [MemberData(nameof(Whole))]
    public void A_file_whose_second_half_is_not_written_yet_is_not_whole(string what, byte[] content, int? pages)
    {
        _ = pages;
        content.AsSpan(content.Length / 2).Clear();
        // A BMP says how long it is and nothing of what it holds, and a chain of pages that ends early is a shorter
        // chain: quiet time and lease must do there.
        Assert.Equal(what is "BMP" or "TIFF with a preview", Check(content).IsWhole);
    }

    [Fact]
    public void Every_picture_of_the_fixtures_is_whole()
    {
        var files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Fixtures", "formats")).Where(f => !f.EndsWith(".md", StringComparison.Ordinal)).ToList();
        Assert.True(files.Count > 25);
        Assert.All(files, file => Assert.True(Check(File.ReadAllBytes(file)).IsWhole, file));
    }

    [Theory]
    [InlineData("truncated-strip.tif")]
    [InlineData("truncated.jpg")]
    [InlineData("truncated.png")]
    [InlineData("truncated.tif")]
    [InlineData("bad-crc.png")]
    public void Cut_fixtures_are_not_whole(string name) => Assert.False(Check(File.ReadAllBytes(Fixture.Path("damaged/" + name))).IsWhole);

    [Fact]
    public void A_hostile_tiff_costs_no_more_than_its_walk()
    {
        Assert.True(Check(new TiffBuilder().Page(9, 9).Page(9, 9).ChainBackToFirst().ToArray()).IsWhole);
        var random = new Random(5);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = Scans.Tiff(4);
            for (var n = 0; n < 8; n++)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            "II*\0"u8.CopyTo(bytes);
            _ = Check(bytes);
        }
    }

    private static Wholeness Check(byte[] content) => FileEnd.Check(new MemoryStream(content));
}
