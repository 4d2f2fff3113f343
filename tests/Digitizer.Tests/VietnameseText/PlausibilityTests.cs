using Digitizer.VietnameseText;

namespace Digitizer.Tests.VietnameseText;

public sealed class PlausibilityTests
{
    [Theory]
    [InlineData("Điều", nameof(WordKind.Syllable))]
    [InlineData("“phê", nameof(WordKind.Syllable))]
    [InlineData("HÒA,", nameof(WordKind.Syllable))]
    [InlineData("tóan", nameof(WordKind.Syllable))]
    [InlineData("A.", nameof(WordKind.Syllable))]
    [InlineData("ngày…tháng", nameof(WordKind.Syllable))]
    [InlineData("UBND", nameof(WordKind.Abbreviation))]
    [InlineData("HĐND;", nameof(WordKind.Abbreviation))]
    [InlineData("QĐ-TTg", nameof(WordKind.Abbreviation))]
    [InlineData("CCCD:", nameof(WordKind.Abbreviation))]
    [InlineData("TP.HCM", nameof(WordKind.Abbreviation))]
    [InlineData("TX.", nameof(WordKind.Abbreviation))]
    [InlineData("THCS", nameof(WordKind.Abbreviation))]
    [InlineData("KT.", nameof(WordKind.Abbreviation))]
    [InlineData("P.", nameof(WordKind.Abbreviation))]
    [InlineData("X.", nameof(WordKind.Abbreviation))]
    [InlineData("Tp", nameof(WordKind.Abbreviation))]
    [InlineData("V/v", nameof(WordKind.Abbreviation))]
    [InlineData("v.v.", nameof(WordKind.Abbreviation))]
    [InlineData("Đ/c", nameof(WordKind.Abbreviation))]
    [InlineData("Ô/B:", nameof(WordKind.Abbreviation))]
    [InlineData("(b/c);", nameof(WordKind.Abbreviation))]
    [InlineData("kg", nameof(WordKind.Abbreviation))]
    [InlineData("UBND-HCC", nameof(WordKind.Abbreviation))]
    [InlineData("Đắk", nameof(WordKind.Name))]
    [InlineData("LẮK", nameof(WordKind.Name))]
    [InlineData("Krông", nameof(WordKind.Name))]
    [InlineData("Pleiku,", nameof(WordKind.Name))]
    [InlineData("Ea", nameof(WordKind.Name))]
    [InlineData("Niê", nameof(WordKind.Name))]
    [InlineData("H’Hen", nameof(WordKind.Name))]
    [InlineData("R'Lấp", nameof(WordKind.Name))]
    [InlineData("Jrai-Bahnar", nameof(WordKind.Name))]
    [InlineData("Email:", nameof(WordKind.Name))]
    [InlineData("website", nameof(WordKind.Name))]
    [InlineData("birth:", nameof(WordKind.Name))]
    [InlineData("20/2020/QĐ-TTg", nameof(WordKind.Code))]
    [InlineData("000.00.01.H29-260310-0420", nameof(WordKind.Code))]
    [InlineData("12.500.000đ", nameof(WordKind.Code))]
    [InlineData("m²", nameof(WordKind.Code))]
    [InlineData("½", nameof(WordKind.Code))]
    [InlineData("III.", nameof(WordKind.Code))]
    [InlineData("XIV", nameof(WordKind.Code))]
    [InlineData("a)", nameof(WordKind.Code))]
    [InlineData("q)", nameof(WordKind.Code))]
    [InlineData("đ.", nameof(WordKind.Code))]
    [InlineData("b", nameof(WordKind.Code))]
    [InlineData("vanthu@hatinh.gov.vn", nameof(WordKind.Code))]
    [InlineData("www.chinhphu.vn", nameof(WordKind.Code))]
    [InlineData("https://dichvucong.gov.vn/", nameof(WordKind.Code))]
    [InlineData("......", nameof(WordKind.Punctuation))]
    [InlineData("☐", nameof(WordKind.Punctuation))]
    [InlineData("-", nameof(WordKind.Punctuation))]
    [InlineData("", nameof(WordKind.Punctuation))]
    [InlineData("QUYÉT", nameof(WordKind.Implausible))]
    [InlineData("kêt", nameof(WordKind.Implausible))]
    [InlineData("Thơng", nameof(WordKind.Implausible))]
    [InlineData("hOà", nameof(WordKind.Implausible))]
    [InlineData("l", nameof(WordKind.Implausible))]
    [InlineData("ng", nameof(WordKind.Implausible))]
    [InlineData("đắk", nameof(WordKind.Implausible))]
    [InlineData("kRông", nameof(WordKind.Implausible))]
    [InlineData("Q'uyết", nameof(WordKind.Implausible))]
    [InlineData("R'L-", nameof(WordKind.Implausible))]
    [InlineData("QĐ-TTq", nameof(WordKind.Implausible))]
    [InlineData("HĐNDTĐQBT", nameof(WordKind.Implausible))]
    [InlineData("ЖЗБ", nameof(WordKind.Implausible))]
    [InlineData("x\u0323a", nameof(WordKind.Implausible))]
    [InlineData("Pleikupleikupleikupleiku", nameof(WordKind.Implausible))]
    public void A_word_is_of_a_kind(string word, string kind) => Assert.Equal(kind, WordKinds.Of(word).ToString());

    [Fact]
    public void A_line_of_a_letter_is_plausible()
        => Assert.Equal(new Plausibility(13, 8, 3, 2, 0), Plausibility.Of("UBND tỉnh Đắk Lắk – căn cứ Nghị định số 30/2020/NĐ-CP (V/v hồ sơ TTHC)"));

    [Fact]
    public void A_misread_line_is_less_so()
    {
        var misread = Plausibility.Of("QUYÉT ĐỊNH: kêt quả Thơng tin, 12 tờ l");

        Assert.Equal((8, 4, 4), (misread.Words, misread.Syllables, misread.Suspicious));
        Assert.Equal(.5, misread.Share);
    }

    [Fact]
    public void Normal_forms_and_blanks_do_not_matter()
        => Assert.Equal(
            Plausibility.Of("Điều khoản Ðiều kêt"),
            Plausibility.Of(" \u0110ie\u0302\u0300u\u00A0khoa\u0309n \t Điều ke\u0302t\u3000"));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("12/3/2026 – III … H29.1")]
    public void Nothing_speaks_against_a_line_without_words(string line)
    {
        var plausibility = Plausibility.Of(line);

        Assert.Equal((0, 1.0), (plausibility.Words, plausibility.Share));
    }
}
