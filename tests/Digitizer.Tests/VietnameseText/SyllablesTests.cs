using Digitizer.VietnameseText;

namespace Digitizer.Tests.VietnameseText;

public sealed class SyllablesTests
{
    [Theory]
    [InlineData("Cộng hòa xã hội chủ nghĩa Việt Nam Độc lập Tự do Hạnh phúc")]
    [InlineData("Ủy ban nhân dân tỉnh Hà Tĩnh Quyết định phê duyệt")]
    [InlineData("Uỷ quyền khoẻ hoà thuỷ huỷ quý quỳ")]
    [InlineData("NGUYỄN THỊ THUÝ NGUYỆT TRƯƠNG KHUYẾN ĐƯỜNG")]
    [InlineData("gì gìn giếng giữ giấy già giết giờ giúp gịch")]
    [InlineData("yêu yến yếu yểm ý kỹ lý mỹ sỹ tỷ vỹ hy kĩ lí")]
    [InlineData("quốc quơ quán quả quýt quyển quăng quây quên quỹ")]
    [InlineData("nghiêng ngoằn ngoèo khuỷu khuya xoong oẳn huỵch tuýp quấy ghế kềnh ngưỡng")]
    [InlineData("Quới quớt quình")]
    [InlineData("a à ơ Ô ư Y")]
    public void Words_that_are_written_are_valid(string words) => Assert.All(words.Split(' '), word => Assert.True(Syllables.IsValid(word), word));

    [Theory]
    [InlineData("QUYÉT kêt Thơng ngiệp cê ghá quoàng")]
    [InlineData("ng Đ l đưc thuơng nghành kách ce gê ngê ka gha ngha")]
    [InlineData("cáć hòá ấ́n ń bánḣ")]
    [InlineData("by yang wa fan ja za gia1 Số: a-b")]
    [InlineData("hô̂ hön người\u0323 nghiêngh khuyêngx")]
    [InlineData("gram email internet palăng tivi têt Tp")]
    public void Words_that_cannot_be_written_are_none(string words) => Assert.All(words.Split(' '), word => Assert.Equal(SyllableCheck.None, Syllables.Check(word)));

    [Fact]
    public void Nothing_is_no_word() => Assert.Equal(SyllableCheck.None, Syllables.Check(""));

    [Theory]
    [InlineData("hOà")]
    [InlineData("HÒa")]
    [InlineData("tOÁN")]
    [InlineData("sO\u0302\u0301")]
    public void Mixed_case_is_told_apart(string word) => Assert.Equal(SyllableCheck.MixedCase, Syllables.Check(word));

    [Theory]
    [InlineData("tóan")]
    [InlineData("Hòang")]
    [InlineData("NGỪƠI")]
    [InlineData("qúy")]
    [InlineData("gìa")]
    [InlineData("maì")]
    public void A_misplaced_tone_is_told_apart(string word)
    {
        Assert.Equal(SyllableCheck.MisplacedTone, Syllables.Check(word));
        Assert.False(Syllables.IsValid(word));
    }
}
