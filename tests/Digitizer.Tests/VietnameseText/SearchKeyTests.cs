using Digitizer.VietnameseText;

namespace Digitizer.Tests.VietnameseText;

public sealed class SearchKeyTests
{
    private const string Small = "aáàảãạăắằẳẵặâấầẩẫậbcdđeéèẻẽẹêếềểễệghiíìỉĩịklmnoóòỏõọôốồổỗộơớờởỡợpqrstuúùủũụưứừửữựvxyýỳỷỹỵ";
    private const string Capitals = "AÁÀẢÃẠĂẮẰẲẴẶÂẤẦẨẪẬBCDĐEÉÈẺẼẸÊẾỀỂỄỆGHIÍÌỈĨỊKLMNOÓÒỎÕỌÔỐỒỔỖỘƠỚỜỞỠỢPQRSTUÚÙỦŨỤƯỨỪỬỮỰVXYÝỲỶỸỴ";

    [Theory]
    [InlineData("Nguyễn Thị Thuỷ", "nguyen thi thuy")]
    [InlineData("  ĐƯỜNG\tHOÀ \u00A0 BÌNH\n", "duong hoa binh")]
    [InlineData("\u00D0ặng Thu\u031Bo\u031B\u0300ng", "dang thuong")]
    [InlineData("Số 20/2020/QĐ-TTg", "so 20/2020/qd-ttg")]
    [InlineData(" \t ", "")]
    public void Keys_have_no_accents_no_capitals_and_single_blanks(string text, string key) => Assert.Equal(key, SearchKey.Of(text));

    [Theory]
    [InlineData("HOÀ BÌNH", "hòa bình")]
    [InlineData("Hòa  Bình", "hòa bình")]
    [InlineData("UỶ BAN, khoẻ; QUÝ toàn", "ủy ban, khỏe; quý toàn")]
    public void Keys_with_accents_have_tones_in_one_place(string text, string key) => Assert.Equal(key, SearchKey.WithAccents(text));

    [Fact]
    public void All_letters_have_one_case() => Assert.Equal(Small, SearchKey.WithAccents(Capitals));

    [Fact]
    public void All_letters_lose_their_accents()
    {
        Assert.Equal(Capitals.Length, Accents.Dropped(Capitals).Length);
        Assert.All(Accents.Dropped(Capitals), c => Assert.InRange(c, 'A', 'Z'));
        Assert.All(Accents.Dropped(Small), c => Assert.InRange(c, 'a', 'z'));
        Assert.Equal("AaDd", Accents.Dropped("ẬậĐđ"));
    }

    [Fact]
    public void The_key_of_a_key_is_itself_and_both_styles_have_one()
    {
        foreach (var syllable in Spelling.Toned)
        {
            var key = SearchKey.Of(syllable.Written(ToneStyle.New));
            Assert.Equal(key, SearchKey.Of(key));
            Assert.Equal(key, Accents.Dropped(key));
            Assert.Equal(SearchKey.WithAccents(syllable.Written(ToneStyle.Old)), SearchKey.WithAccents(syllable.Written(ToneStyle.New).ToUpperInvariant()));
        }
    }
}
