using System.Text;
using Digitizer.VietnameseText;

namespace Digitizer.Tests.VietnameseText;

public sealed class NormalTextTests
{
    [Theory]
    [InlineData("Ðiều \u0189iều ðiều \u0256iều", "Điều Điều điều điều")]
    [InlineData("Số:\u00A012\u202F500\u2007đồng", "Số: 12 500 đồng")]
    [InlineData("hành\u00ADchính\u200B \uFEFFcông\u2060\u200C\u200D", "hànhchính công")]
    [InlineData("Tie\u0302\u0301ng Vie\u0323\u0302t", "Tiếng Việt")]
    [InlineData("Tiê\u0301ng Viê\u0323t", "Tiếng Việt")]
    [InlineData("a\u200B\u0301", "á")]
    [InlineData("ươ\u0340", "ườ")]
    [InlineData("NĐ–CP — “x”…", "NĐ–CP — “x”…")]
    [InlineData("", "")]
    public void Text_has_one_form(string text, string normal) => Assert.Equal(normal, NormalText.Of(text));

    [Fact]
    public void What_has_that_form_is_not_copied()
    {
        var text = "Căn cứ Luật Tổ chức chính quyền địa phương – “sửa đổi”…";

        Assert.Same(text, NormalText.Of(text));
    }

    [Theory]
    [InlineData("20/2020/QÐ–TTg", "20/2020/QĐ-TTg")]
    [InlineData("123\u2010\u2011\u2012\u2013\u2014\u2015\u2212H27", "123-------H27")]
    public void Dashes_of_codes_are_hyphens(string code, string normal) => Assert.Equal(normal, NormalText.OfCode(code));

    [Fact]
    public void Every_character_becomes_NFC_and_stays_so()
    {
        foreach (var c in Enumerable.Range(1, 0xFFFD).Where(c => c is < 0xD800 or > 0xDFFF).Select(c => (char)c))
        {
            var normal = NormalText.Of(c.ToString());
            Assert.True(normal.IsNormalized(NormalizationForm.FormC), $"U+{(int)c:X4}");
            Assert.Equal(normal, NormalText.Of(normal));
        }
    }
}
