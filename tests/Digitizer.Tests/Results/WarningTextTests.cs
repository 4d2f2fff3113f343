using Digitizer.Cleanup;
using Digitizer.Results;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Results;

public sealed class WarningTextTests
{
    private static readonly PageQuality Bad = new()
    {
        XHeight = 9.06, Background = 100, BackgroundSpread = 60, Contrast = 31, Specks = 0.846, Skew = -4.2, BleedThrough = 51,
    };

    public static TheoryData<string, string, string> Texts => new()
    {
        { PageWarning.LowResolution, "150 dpi", "150 dpi" },
        { PageWarning.SmallLetters, "9,1 điểm ảnh", "9.1 pixels" },
        { PageWarning.WrongTag, "khoảng 150 dpi", "about 150 dpi" },
        { PageWarning.Faint, "mờ, độ tương phản chỉ 31 %", "faint print, 31 % contrast" },
        { PageWarning.Dark, "thiếu sáng, nền giấy chỉ sáng 39 %", "paper at 39 % of white" },
        { PageWarning.Uneven, "sáng không đều, nền giấy chênh nhau 24 %", "paper differs by 24 %" },
        { PageWarning.Skewed, "nghiêng 4,2°", "askew by 4.2°" },
        { PageWarning.BleedThrough, "mặt sau hằn qua, đậm 20 %", "the other side shines through at 20 %" },
        { PageWarning.Dirty, "nhiều vết bẩn, 85 vết trên 100 chữ cái", "85 specks for 100 letters" },
        { PageWarning.TextReplaced, "không đúng với chữ nhìn thấy", "not what is seen" },
        { PageWarning.Handwriting, "chữ viết tay", "handwriting" },
        { PageWarning.Damaged, "bị hỏng", "bad data" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_warning_tells_its_figure_to_the_clerk_and_to_the_administrator(string id, string vietnamese, string english)
    {
        var page = Page();
        Assert.Contains(vietnamese, WarningText.Vietnamese(id, page), StringComparison.Ordinal);
        Assert.Contains(english, WarningText.English(id, page), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_warning_has_its_words_and_nothing_else_has()
    {
        Assert.Equal(PageWarning.All.Order(StringComparer.Ordinal), Texts.Select(row => (string)row[0]).Order(StringComparer.Ordinal));
        Assert.Null(WarningText.Vietnamese("PageTimedOut", Page()));
        Assert.Null(WarningText.English("PageTimedOut", Page()));
    }

    [Fact]
    public void The_warnings_of_a_page_make_one_note_and_a_page_without_makes_none()
    {
        var result = SomeDocument.Of(1, "", SomeDocument.Page(0, "a"), SomeDocument.Unreadable(1));
        var page = Page() with { Number = 2, Warnings = [PageWarning.Skewed, PageWarning.Faint, PageWarning.Damaged] };

        var summary = DocumentSummary.Of(result with { Pages = [result.Pages[0] with { Warnings = [] }, page, result.Pages[1]] }, "");

        Assert.Equal([new PageNote(2, "askew by 4.2° [SCAN-SKEW]; faint print, 31 % contrast [SCAN-FAINT]")], summary.Notes);
    }

    [Fact]
    public void What_is_to_be_known_of_the_document_comes_before_its_pages()
    {
        var result = SomeDocument.Of(1, "", SomeDocument.Page(0, "a"));
        string[] ids = [ReceivedPdfs.Stripped, ReceivedPdfs.NotArchival, SizeRules.FileTooLarge];

        var summary = DocumentSummary.Of(result with { Pages = [Page() with { Warnings = [PageWarning.Skewed] }], Rules = [.. ids.Select(id => new RuleResult(id, RuleResult.Warning, null, "")), new RuleResult(PageWarning.Skewed, RuleResult.Warning, 1, "")] }, "");

        Assert.Equal([new PageNote(null, "scripts, actions or attachments were left out [PDF-STRIPPED]; it is no PDF/A [PDF-NOT-ARCHIVAL]"), new PageNote(1, "askew by 4.2° [SCAN-SKEW]")], summary.Notes);
    }

    private static PageEntry Page() => SomeDocument.Of(1, "", SomeDocument.Page(0, "a")).Pages[0] with { Quality = Bad, Dpi = 150 };
}
