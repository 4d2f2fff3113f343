using Digitizer.Failures;
using Digitizer.Pages;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Pages;

public sealed class TiffFileTests
{
    private static readonly PageLimits Limits = PageLimits.Default;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_page_of_a_chain_is_found(bool littleEndian)
    {
        var pages = TiffFile.Read(new TiffBuilder(littleEndian).Page(16, 8).Page(32, 4).ToArray(), Limits);

        Assert.Equal([(16, 8), (32, 4)], pages.Select(p => (p.Width, p.Height)));
    }

    [Fact]
    public void A_chain_that_runs_in_a_circle_is_damaged()
        => AssertRefused(new TiffBuilder().Page(16, 8).Page(16, 8).ChainBackToFirst().ToArray(), FailureKind.ImageDamaged);

    [Fact]
    public void Ten_thousand_pages_are_too_many()
    {
        var builder = new TiffBuilder();
        for (var i = 0; i < 10_000; i++)
        {
            builder.Page(1, 1);
        }

        AssertRefused(builder.ToArray(), FailureKind.TooManyPages);
    }

    [Fact]
    public void A_file_cut_anywhere_is_never_taken_for_whole()
    {
        var whole = new TiffBuilder().Page(16, 8).Page(16, 8).ToArray();

        for (var length = 8; length < whole.Length; length++)
        {
            AssertRefused(whole[..length], FailureKind.FileTruncated);
        }
    }

    [Fact]
    public void A_strip_outside_the_file_is_truncation()
        => AssertRefused(new TiffBuilder().Page(16, 8, stripOffset: 1_000_000).ToArray(), FailureKind.FileTruncated);

    [Fact]
    public void A_page_of_sixty_thousand_squared_is_too_large()
        => AssertRefused(new TiffBuilder().Page(60_000, 60_000).ToArray(), FailureKind.ImageTooLarge);

    [Fact]
    public void A_page_that_is_only_said_to_be_a_smaller_copy_is_a_page()
        => Assert.Equal(3, TiffFile.Read(new TiffBuilder().Page(16, 8).Page(16, 8, subfileType: 1).Page(4, 7, subfileType: 1).ToArray(), Limits).Count);

    [Fact]
    public void A_thumbnail_is_no_page()
        => Assert.Single(TiffFile.Read(new TiffBuilder().Page(16, 8).Page(4, 2, subfileType: 1).ToArray(), Limits));

    private static void AssertRefused(byte[] file, FailureKind kind)
        => Assert.Equal(kind, Assert.Throws<DigitizerException>(() => TiffFile.Read(file, Limits)).Kind);
}
