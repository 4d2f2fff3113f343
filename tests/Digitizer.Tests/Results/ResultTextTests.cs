using Digitizer.Results;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Results;

public sealed class ResultTextTests
{
    [Fact]
    public void Pages_are_separated_by_form_feeds_also_where_one_is_empty()
    {
        var pages = new[] { SomeDocument.Page(0, "Kính", "gửi"), SomeDocument.Page(1), SomeDocument.Page(2, "hết") };
        Assert.Equal("Kính gửi\f\fhết", ResultText.Of(pages.Select(p => p.Text)));
    }

    [Fact]
    public void Letters_and_their_marks_are_one_character()
        => Assert.Equal("Quyết", ResultText.Of([SomeDocument.Page(0, "Quyê\u0301t").Text]));
}
