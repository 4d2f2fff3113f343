using Digitizer.Benchmarks.Scoring;

namespace Digitizer.Tests.Scoring;

public sealed class PageScoreTests
{
    private const string Truth = "SỞ NỘI VỤ\nCỘNG HÒA XÃ HỘI\nKính gửi: Các sở\n";

    [Fact]
    public void What_is_read_right_has_no_errors()
    {
        var score = PageScore.Of(Truth, Truth, ["Các sở"]);

        Assert.Equal((0, 0, 0, 0), (score.Errors, score.ShapeErrors, score.FreeErrors, score.WordErrors));
        Assert.Equal((1, 1), (score.Fields, score.FieldsFound));
    }

    [Fact]
    public void Lines_in_another_order_cost_nothing_in_the_order_free_count()
    {
        var score = PageScore.Of(Truth, "CỘNG HOÀ XÃ HỘI SỞ NỘI VỤ\nKính gửi: Các sở", []);

        Assert.Equal(0, score.FreeErrors);
        Assert.InRange(score.Errors, 15, 25);
    }

    [Fact]
    public void A_wrong_tone_is_an_error_but_none_of_shape()
    {
        var score = PageScore.Of(Truth, Truth.Replace("Các", "Cắc", StringComparison.Ordinal), ["Các sở"]);

        Assert.Equal((1, 0, 1, 1, 0), (score.Errors, score.ShapeErrors, score.FreeErrors, score.WordErrors, score.FieldsFound));
    }

    [Fact]
    public void A_line_that_was_left_out_and_rubbish_in_its_place_pair_up()
    {
        var left = PageScore.Of(Truth, "SỞ NỘI VỤ\nKính gửi: Các sở", []);
        var wrong = PageScore.Of(Truth, "SỞ NỘI VỤ\nxxxxx xxxx\nKính gửi: Các sở", []);
        var more = PageScore.Of(Truth, Truth + "xxxxx xxxx", []);

        Assert.Equal((15, 15, 9), (left.FreeErrors, wrong.FreeErrors, more.FreeErrors));
    }

    [Fact]
    public void A_blank_page_counts_what_was_read_on_it()
    {
        var score = PageScore.Of("", "I , l", []);

        Assert.Equal((0, 5), (score.Length, score.Read));
    }

    [Fact]
    public void Sums_weigh_every_character_alike()
    {
        var sum = PageScore.Sum([PageScore.Of("abcd", "abxd", []), PageScore.Of("ab", "ab", [])]);

        Assert.Equal(1.0 / 6, sum.Rate, 9);
    }
}
