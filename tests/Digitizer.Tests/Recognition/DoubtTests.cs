using Digitizer.Recognition;

namespace Digitizer.Tests.Recognition;

public sealed class DoubtTests
{
    [Theory]
    [InlineData("sửa đối bổ", 1, "đổi")]
    [InlineData("SỬA ĐỐI BỔ SUNG", 1, "đổi")]
    [InlineData("thay đối,", 1, "đổi")]
    [InlineData("(bố sung", 0, "bổ")]
    [InlineData("Tố chức họp", 0, "tổ")]
    [InlineData("CỌNG HÒA XÃ HỘI", 0, "cộng")]
    [InlineData("qua Cống Dịch vụ", 1, "cổng")]
    public void A_word_is_doubtful_where_its_neighbours_go_with_another(string line, int at, string better)
        => Assert.Contains(better, Doubt.Of(Read.Line(line), at)!.Better);

    [Theory]
    [InlineData("sửa đổi bổ", 1)]
    [InlineData("sửa, đối", 1)]
    [InlineData("sửa (đối", 1)]
    [InlineData("bàn ghế", 1)]
    [InlineData("tổng cộng", 1)]
    [InlineData("cao nhất", 1)]
    [InlineData("từ trong ra", 1)]
    [InlineData("lần thứ", 1)]
    public void A_word_that_goes_with_its_neighbours_or_that_they_say_nothing_of_is_not(string line, int at)
        => Assert.Null(Doubt.Of(Read.Line(line), at));

    [Theory]
    [InlineData("Lê Thi Hoa")]
    [InlineData("Vũ My")]
    [InlineData("Nguyễn Đặng Khoa")]
    [InlineData("Lê Thủy")]
    [InlineData("Võ Thể")]
    [InlineData("Nguyễn Vân Anh")]
    [InlineData("Trần Việt Hà")]
    [InlineData("Thanh Hoa")]
    [InlineData("bà Thanh Hoa ở")]
    [InlineData("Lê Công Khái")]
    [InlineData("NGUYỄN VĂN PHÓNG")]
    [InlineData("Trần Văn Hoá viết đơn")]
    [InlineData("năm mươi hai")]
    [InlineData("sáu mươi lăm")]
    [InlineData("Tám mươi hai triệu")]
    [InlineData("có quan hệ")]
    public void Names_and_numbers_in_words_are_left_alone(string line)
        => Assert.All(Enumerable.Range(0, line.Split(' ').Length), at => Assert.Null(Doubt.Of(Read.Line(line), at)));

    [Theory]
    [InlineData("quyét")]
    [InlineData("“kêt”")]
    [InlineData("QUYÉT")]
    public void A_word_that_is_no_Vietnamese_may_be_any_syllable(string word)
    {
        var doubt = Doubt.Of(Read.Line($"các {word} tại"), 1)!;

        Assert.Equal((true, 0), (doubt.AnySyllable, doubt.Better.Count));
    }

    [Fact]
    public void A_strange_word_with_a_capital_within_a_line_may_be_a_name()
    {
        Assert.Null(Doubt.Of(Read.Line("ông Thơng ở"), 1));
        Assert.NotNull(Doubt.Of(Read.Line("Thơng ở"), 0));
    }

    [Theory]
    [InlineData("12/3")]
    [InlineData("sửa2")]
    [InlineData("QĐ-UBND")]
    [InlineData("UBND")]
    [InlineData("CCCD:")]
    [InlineData("VIII")]
    [InlineData("www.kêt.vn")]
    [InlineData("Pleiku")]
    [InlineData("m²")]
    [InlineData("kê-t")]
    [InlineData("à")]
    [InlineData("–")]
    public void Numbers_codes_abbreviations_names_and_single_letters_are_never_doubtful(string word)
        => Assert.All(["các", "sửa", "đề"], before => Assert.Null(Doubt.Of(Read.Line($"{before} {word} sung"), 1)));

    [Fact]
    public void Only_accents_change_and_punctuation_stays_as_it_was()
    {
        var doubt = Doubt.Of(Read.Line("sửa “Đối”,"), 1);
        Assert.Null(doubt);

        doubt = Doubt.Of(Read.Line("sửa đối”,"), 1)!;
        Assert.Equal("đổi”,", doubt.Accept("đổi\","));
        Assert.Equal("đổi”,", doubt.Accept("đo\u0302\u0309i"));
        Assert.All(["Đổi", "đôi", "đối", "dổi", "đổ", "đổi1", ""], reading => Assert.Null(doubt.Accept(reading)));
    }

    [Fact]
    public void What_is_no_Vietnamese_becomes_nothing_that_is_none_either()
    {
        var doubt = Doubt.Of(Read.Line("kêt,"), 0)!;

        Assert.Equal("kết,", doubt.Accept("kết."));
        Assert.All(["kêt", "kềt", "két9", "Kết"], reading => Assert.Null(doubt.Accept(reading)));
    }
}
