using Digitizer.Conformance;
using Digitizer.Intake;
using Digitizer.PageWorkers;
using Digitizer.Pages;
using Digitizer.Pages.Pdf;
using Digitizer.Pages.Pdf.Forms;
using Digitizer.Pages.Smaller;
using Digitizer.Tests.Assembly;

namespace Digitizer.Tests.PageWorkers;

/// <summary>What workers may say of PDFs, and ask for while they read them.</summary>
public sealed class PdfAnswersTests
{
    public static TheoryData<string, object> Origins => new()
    {
        { "no signature", new PdfOrigin { Signatures = [null!] } },
        { "a field without a name", new PdfOrigin { Signatures = [new(null!, CoversAll: true)] } },
        { "a field that speaks to terminals", new PdfOrigin { Signatures = [new("\u001b[31m", CoversAll: true)] } },
        { "an endless field", new PdfOrigin { Signatures = [new(new string('x', 501), CoversAll: true)] } },
        { "countless signatures", new PdfOrigin { Signatures = [.. Enumerable.Repeat(new PdfSignature("x", CoversAll: true), 1001)] } },
        { "nothing left out", new PdfOrigin { LeftOut = [null!] } },
        { "a line end left out", new PdfOrigin { LeftOut = ["a\nb"] } },
        { "something endless left out", new PdfOrigin { LeftOut = [new string('x', 501)] } },
    };

    [Theory]
    [MemberData(nameof(Origins))]
    public void An_origin_that_cannot_be_shown_to_people_is_refused(string what, object origin)
        => Assert.False(AnswerCheck.IsPossible(Contents((PdfOrigin)origin)), what);

    [Fact]
    public void What_our_own_reader_says_is_taken()
    {
        var origin = new PdfOrigin { Signatures = [new("Ký số", CoversAll: true)], IsSealed = true, LeftOut = ["scripts"] };
        Assert.True(AnswerCheck.IsPossible(Contents(origin)));
        Assert.True(AnswerCheck.IsPossible(Contents(null)));
    }

    [Theory]
    [InlineData(3, 300, 2480, 3508, true)]
    [InlineData(4, 300, 2480, 3508, false)]
    [InlineData(-1, 300, 2480, 3508, false)]
    [InlineData(3, 0, 2480, 3508, false)]
    [InlineData(3, double.NaN, 2480, 3508, false)]
    [InlineData(3, double.PositiveInfinity, 2480, 3508, false)]
    [InlineData(3, 300, 0, 3508, false)]
    [InlineData(3, 300, -5, 3508, false)]
    [InlineData(3, 300, 40_000, 10, false)]
    [InlineData(3, 300, 30_000, 30_000, false)]
    public void A_rendering_is_made_only_of_the_page_at_hand_and_within_bounds(int index, double dpi, int width, int height, bool isPossible)
        => Assert.Equal(isPossible, AnswerCheck.IsPossible(new RenderRequest(index, dpi, width, height, WantsText: true), 3));

    [Theory]
    [InlineData("6.1.2", "it is empty", true)]
    [InlineData("", "it is empty", false)]
    [InlineData("6.1.2", "", false)]
    [InlineData("6.1.2", "a\u0007", false)]
    [InlineData("6.1\n2", "a", false)]
    public void Findings_are_lines_that_people_can_read(string clause, string what, bool isPossible)
        => Assert.Equal(isPossible, AnswerCheck.IsPossible(new ConformanceReport([new(clause, what, "the file")])));

    [Fact]
    public void Findings_are_bounded_and_none_is_nothing()
    {
        Assert.False(AnswerCheck.IsPossible(new ConformanceReport([null!])));
        Assert.False(AnswerCheck.IsPossible(new ConformanceReport([.. Enumerable.Repeat(new PdfAFinding("6", "x", "page 1"), 1001)])));
        Assert.False(AnswerCheck.IsPossible(new ConformanceReport([new("6", new string('x', 501), "page 1")])));
    }

    [Fact]
    public void A_picture_that_was_made_smaller_is_what_it_says()
    {
        var picture = TestPictures.GrayJpeg.Image with { IsSourceFile = false };
        var honest = new ShrunkPicture(picture, new Rung(225, 70));
        Assert.True(AnswerCheck.IsPossible(honest, picture.Bytes));
        Assert.True(AnswerCheck.IsPossible(honest with { Rung = new Rung(225, null) }, picture.Bytes));

        Assert.False(AnswerCheck.IsPossible(honest, picture.Bytes + 1));
        Assert.False(AnswerCheck.IsPossible(honest with { Image = picture with { IsSourceFile = true } }, picture.Bytes));
        Assert.False(AnswerCheck.IsPossible(honest with { Image = picture with { Width = 0 } }, picture.Bytes));
        Assert.False(AnswerCheck.IsPossible(honest with { Image = picture with { IsCompact = true } }, picture.Bytes));
        Assert.False(AnswerCheck.IsPossible(honest with { Rung = new Rung(double.NaN, 70) }, picture.Bytes));
        Assert.False(AnswerCheck.IsPossible(honest with { Rung = new Rung(225, 12) }, picture.Bytes));
    }

    private static UnitContents Contents(PdfOrigin? origin) => new(SourceFormat.Pdf, [new FrameInfo(0, 10, 10) { Origin = origin }]);
}
