using Digitizer.Native;
using Digitizer.Recognition;

namespace Digitizer.Tests.Recognition;

/// <summary>Capitals are 30 pixels high, small letters 20; the baseline is at 100.</summary>
public sealed class MisreadShapesTests
{
    private const double XHeight = 20;

    [Theory]
    [InlineData("0ó/4", "06/4")]
    [InlineData("2.ó50,", "2.650,")]
    [InlineData("ó1ó", "616")]
    [InlineData("3ó/QĐ-UBND", "36/QĐ-UBND")]
    [InlineData("1ó-Hóa", "16-Hóa")]
    public void An_o_with_acute_among_digits_is_a_six(string read, string mended)
    {
        var word = Mend([], Read.At(read, new PixBox(100, 70, 80, 30)))[0];

        Assert.Equal((mended, read), (word.Text, word.Raw));
    }

    [Theory]
    [InlineData("có")]
    [InlineData("ó")]
    [InlineData("Thóc/2")]
    [InlineData("8-Hóa")]
    [InlineData("2/Bón")]
    [InlineData("3m")]
    [InlineData("60")]
    public void Words_and_numbers_stay(string read) => AssertStays(read, []);

    [Theory]
    [InlineData("120m?", "120m²")]
    [InlineData("120m", "120m²")]
    [InlineData("1.200,5m2;", "1.200,5m²;")]
    public void Square_metres_are_known_by_a_raised_mark(string read, string mended)
    {
        var raised = new PixBox(182, 70, 8, 12);
        var word = Mend([new PixBox(160, 80, 20, 20), raised], Read.At(read, new PixBox(100, 70, 82, 30)))[0];

        Assert.Equal((mended, read), (word.Text, word.Raw));
        Assert.Equal(raised.Right, word.Box.Right);
    }

    [Fact]
    public void A_number_may_stand_apart_from_its_square_metres()
    {
        PixBox[] marks = [new(160, 80, 20, 20), new(182, 70, 8, 12)];
        var unit = new PixBox(160, 80, 20, 20);

        Assert.Equal("m²", Mend(marks, Read.At("120", new PixBox(100, 70, 40, 30)), Read.At("m", unit))[1].Text);
        Assert.Equal("m", Mend(marks, Read.At("dài", new PixBox(100, 70, 40, 30)), Read.At("m", unit))[1].Text);
        Assert.Equal("m", Mend(marks, Read.At("120", new PixBox(100, 70, 40, 30)), Read.At("m", unit, startsLine: true))[1].Text);
    }

    public static TheoryData<int, int, int, int> NotRaised => new() { { 182, 80, 8, 20 }, { 182, 94, 4, 6 }, { 182, 66, 8, 5 }, { 260, 70, 8, 12 } };

    [Theory]
    [MemberData(nameof(NotRaised))]
    public void Without_a_raised_mark_a_metre_stays(int x, int y, int width, int height)
        => Assert.Equal("120m", Mend([new PixBox(x, y, width, height)], Read.At("120m", new PixBox(100, 70, 82, 30)))[0].Text);

    [Theory]
    [InlineData("I", 2, "II")]
    [InlineData("Il.", 3, "III.")]
    public void Roman_numerals_have_as_many_bars_as_there_are(string read, int bars, string mended)
    {
        var marks = Bars(bars);
        var word = Mend(marks, Read.At(read, new PixBox(marks[^1].X - 4, 70, 10, 30)))[0];

        Assert.Equal((mended, read), (word.Text, word.Raw));
        Assert.Equal(marks[0].X, word.Box.X);
    }

    [Fact]
    public void An_H_without_its_bar_is_a_numeral_only_at_the_head_of_a_line()
    {
        var box = new PixBox(106, 70, 10, 30);

        Assert.Equal("II.", Mend(Bars(2), Read.At("H.", box, startsLine: true))[0].Text);
        Assert.Equal("H.", Mend(Bars(2), Read.At("H.", box))[0].Text);
        Assert.Equal("H", Mend(Bars(2), Read.At("H", box, startsLine: true))[0].Text);
        Assert.Equal("H.", Mend(Bars(1), Read.At("H.", new PixBox(96, 70, 10, 30), startsLine: true))[0].Text);
    }

    [Theory]
    [InlineData("120m?", "3", "120m³")]
    [InlineData("120m°,", "2", "120m²,")]
    [InlineData("120m2", "z", "120m²")]
    [InlineData("120m?", "a", "120m?")]
    [InlineData("120m", "", "120m")]
    public void What_the_raised_mark_is_it_says_itself(string read, string alone, string mended)
        => Assert.Equal(mended, Mend([new PixBox(182, 70, 8, 12)], alone, Read.At(read, new PixBox(100, 70, 82, 30)))[0].Text);

    [Fact]
    public void A_mended_word_is_not_quite_sure()
        => Assert.Equal(EngineWord.MostOfMended, Mend([], Read.At("0ó", new PixBox(100, 70, 80, 30)))[0].Confidence);

    [Fact]
    public void An_H_is_one_mark_and_stays() => AssertStays("H", [new PixBox(100, 70, 26, 30)]);

    [Fact]
    public void Bars_that_stand_beside_another_letter_are_no_numeral()
        => AssertStays("I", [new PixBox(84, 80, 14, 20), .. Bars(2)]);

    [Fact]
    public void Four_bars_are_no_numeral() => AssertStays("III", Bars(4));

    [Theory]
    [InlineData("|")]
    [InlineData("l")]
    [InlineData("||")]
    public void A_stroke_beside_a_table_is_no_numeral(string read) => AssertStays(read, Bars(1));

    private static PixBox[] Bars(int count) => [.. Enumerable.Range(0, count).Select(i => new PixBox(100 + (10 * i), 70, 5, 30))];

    private static void AssertStays(string read, PixBox[] marks)
    {
        var word = Read.At(read, new PixBox(100, 70, 40, 30));

        Assert.Equal([word], Mend(marks, word));
    }

    private static List<EngineWord> Mend(PixBox[] marks, params EngineWord[] words) => Mend(marks, "2", words);

    private static List<EngineWord> Mend(PixBox[] marks, string alone, params EngineWord[] words) => new MisreadShapes(marks, XHeight, _ => alone).Mend(words);
}
