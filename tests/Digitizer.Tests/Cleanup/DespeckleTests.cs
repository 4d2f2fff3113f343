using Digitizer.Cleanup;
using Digitizer.Native;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Cleanup;

/// <summary>A line of letters drawn as boxes on a strewn page, and one dot that is a speck or is not.</summary>
public sealed class DespeckleTests
{
    private const int XHeight = 20;
    private const int Baseline = 100;
    private const int Strewn = 120;

    // Letters of 14 pixels with gaps of 14: the fourth gap is left of x = 142.
    private const int Gap = 128;

    [Fact]
    public void A_speck_that_floats_between_letters_goes() => Assert.False(Stays(new PixBox(Gap + 5, Baseline - 13, 4, 5)));

    [Fact]
    public void A_crumb_smaller_than_any_dot_goes_even_beside_a_letter() => Assert.False(Stays(new PixBox(Gap + 2, Baseline - 2, 2, 2)));

    [Fact]
    public void A_full_stop_behind_a_letter_with_descender_stays() => Assert.True(Stays(new PixBox(Gap + 5, Baseline - 5, 5, 5)));

    [Fact]
    public void Both_dots_of_a_colon_stay()
        => Assert.True(Stays(new PixBox(Gap + 5, Baseline - 18, 5, 5), new PixBox(Gap + 5, Baseline - 5, 5, 5)));

    [Fact]
    public void The_dot_of_a_slanting_semicolon_stays()
        => Assert.True(Stays(new PixBox(Gap + 7, Baseline - 18, 5, 5), new PixBox(Gap + 1, Baseline - 5, 4, 9)));

    [Fact]
    public void The_dot_of_an_i_stays()
        => Assert.True(Stays(new PixBox(Gap + 5, Baseline - 28, 5, 5), new PixBox(Gap + 5, Baseline - XHeight, 5, XHeight)));

    [Theory]
    [InlineData(Baseline - XHeight - 8)]
    [InlineData(Baseline + 3)]
    public void Marks_above_and_below_a_letter_stay(int top) => Assert.True(Stays(new PixBox(119, top, 5, 5)));

    [Fact]
    public void A_dot_far_from_letters_goes() => Assert.False(Stays(new PixBox(500, Baseline - 13, 5, 5)));

    [Fact]
    public void A_dot_beside_the_only_letter_far_and_wide_does_not_float()
    {
        // On the corner of four cells of the search: still one letter.
        using var page = Strew(Strewn);
        page.Fill(new PixBox(595, 170, 14, 30), 0);
        page.Fill(new PixBox(614, 182, 5, 5), 0);

        Assert.True(StaysOn(page, new PixBox(614, 182, 5, 5)));
    }

    [Fact]
    public void A_page_with_few_specks_is_left_alone()
    {
        using var page = Strew(60);
        var speck = new PixBox(Gap + 5, Baseline - 13, 4, 5);
        page.Fill(speck, 0);

        Assert.True(StaysOn(page, speck));
    }

    private static bool Stays(PixBox dot, params PixBox[] others)
    {
        using var page = Strew(Strewn);
        foreach (var box in others.Append(dot))
        {
            page.Fill(box, 0);
        }

        return StaysOn(page, dot);
    }

    private static bool StaysOn(Pix drawn, PixBox dot)
    {
        using var page = DrawnPage.Of(drawn, XHeight);
        new Despeckle().Apply(page);
        using var there = page.Gray.Crop(dot);
        return there.ToBytes().All(level => level == 0);
    }

    /// <summary>Ten letters on a line, every other with a descender, and crumbs far below.</summary>
    private static Pix Strew(int crumbs)
    {
        var page = Pix.White(700, 700);
        for (var i = 0; i < 10; i++)
        {
            page.Fill(new PixBox(30 + (28 * i), Baseline - XHeight, 14, i % 2 == 1 ? XHeight + 6 : XHeight), 0);
        }

        for (var i = 0; i < crumbs; i++)
        {
            page.Fill(new PixBox(20 + (i % 20 * 30), 400 + (i / 20 * 30), 2, 2), 0);
        }

        return page;
    }
}
