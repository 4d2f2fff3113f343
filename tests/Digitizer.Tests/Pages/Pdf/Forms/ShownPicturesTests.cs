using Digitizer.Assembly;
using Digitizer.Pages;
using Digitizer.Pages.Jbig2;
using Digitizer.Pages.Pdf;
using Digitizer.Tests.Assembly;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Pages.Pdf.Forms;

/// <summary>Pages with text and a picture beside it that cannot be decoded: renderers pass over such pictures.</summary>
public sealed class ShownPicturesTests
{
    private const string Drawn = "q 200 0 0 100 9 9 cm /Im0 Do Q BT /F1 9 Tf 9 150 Td (chu) Tj ET";

    public static TheoryData<int> Pictures => [.. Enumerable.Range(0, TestPictures.All.Count)];

    [Theory]
    [MemberData(nameof(Pictures))]
    public void A_whole_picture_is_sound_and_one_that_is_cut_is_not(int picture)
    {
        var (image, bytes) = (TestPictures.All[picture].Image, TestPictures.All[picture].Bytes);

        Assert.False(IsDamaged(image, bytes));
        Assert.True(IsDamaged(image, bytes[..(bytes.Length / 2)]));
    }

    [Fact]
    public void What_readers_pass_over_without_loss_is_no_damage()
    {
        var (image, bytes) = (TestPictures.GrayFlate.Image, TestPictures.GrayFlate.Bytes);

        Assert.False(IsDamaged(image with { Height = image.Height - 3 }, bytes));
        Assert.False(IsDamaged(image, bytes, Drawn + " Q Q"));
        Assert.False(IsDamaged(image, bytes, "/Nothing gs " + Drawn));
        Assert.False(IsDamaged(TestPictures.GrayJpeg.Image with { Width = 9 }, TestPictures.GrayJpeg.Bytes));
    }

    [Fact]
    public void What_stands_behind_an_odd_instruction_may_be_lost()
    {
        Assert.True(IsDamaged(TestPictures.GrayJpeg.Image, TestPictures.GrayJpeg.Bytes, Drawn + " /Nothing Do"));
        Assert.True(IsDamaged(TestPictures.GrayJpeg.Image, TestPictures.GrayJpeg.Bytes, Drawn + " ] BT (mat) Tj ET"));
    }

    [Fact]
    public void Segments_are_told_to_be_whole_whatever_their_form()
    {
        var whole = TestPictures.Jbig2.Bytes;

        Assert.True(Jbig2Segments.AreWhole(whole));
        Assert.True(Jbig2Segments.AreWhole([.. whole, (byte)'\n']));

        // Behind the segment that describes the page it may be empty.
        const int PageAlone = 30;
        Assert.All(Enumerable.Range(0, whole.Length), length => Assert.Equal(length is >= PageAlone and <= PageAlone + 2, Jbig2Segments.AreWhole(whole.AsSpan(0, length))));

        // A dictionary with the number 300, which refers to six others: two bytes each, and a long count of them (ITU-T T.88, 7.2.4).
        byte[] far = [0, 0, 1, 44, 0, 0xE0, 0, 0, 6, 0, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 1, 0, 0, 0, 2, 9, 9];
        Assert.True(Jbig2Segments.AreWhole([.. whole, .. far]));
        Assert.False(Jbig2Segments.AreWhole([.. whole, .. far[..^1]]));
    }

    private static bool IsDamaged(PageImage image, byte[] bytes, string content = Drawn)
    {
        var entries = ImageStream.Entries(image).Replace("/Type /XObject /Subtype /Image", "", StringComparison.Ordinal);
        using var pdf = PdfPages.Open(ScanPdf.Of(new ScanPage(entries, bytes) { Content = content }), PageLimits.Default, PdfPolicy.Default);
        using var page = pdf.Decode(0, TakenPage.White);
        return page.Damaged;
    }
}
