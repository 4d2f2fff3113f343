using Digitizer.Cleanup;
using Digitizer.Native;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Cleanup;

/// <summary>A dotted line with letters on it, drawn as boxes.</summary>
public sealed class RemoveLeadersTests
{
    private const int XHeight = 20;
    private const int Line = 104;

    [Fact]
    public void The_dots_of_a_fill_in_line_go()
    {
        using var page = Drawn(new PixBox(200, 70, 24, 28));

        Assert.False(HasInk(page, new PixBox(100, Line, 400, 4)));
    }

    [Fact]
    public void The_dot_of_a_tone_under_a_letter_stays()
    {
        var tone = new PixBox(208, Line - 2, 7, 7);
        using var page = Drawn(new PixBox(200, 70, 24, 28), tone);

        Assert.True(HasInk(page, tone));
        Assert.False(HasInk(page, new PixBox(100, Line, 80, 4)));
    }

    [Theory]
    [InlineData(170)]
    [InlineData(219)]
    public void A_thick_dot_that_stands_under_no_letters_middle_goes(int x)
    {
        var blot = new PixBox(x, Line - 2, 7, 7);
        using var page = Drawn(new PixBox(200, 70, 24, 28), blot);

        Assert.False(HasInk(page, blot));
    }

    private static Pix Drawn(params PixBox[] marks)
    {
        using var drawn = Pix.White(700, 200);
        for (var x = 100; x < 500; x += 10)
        {
            drawn.Fill(new PixBox(x, Line, 3, 3), 0);
        }

        foreach (var mark in marks)
        {
            // A mark takes the place of the dots that it touches.
            drawn.Fill(mark.Grown(2), 255);
            drawn.Fill(mark, 0);
        }

        using var page = DrawnPage.Of(drawn, XHeight);
        Assert.True(new RemoveLeaders().Apply(page).Applied);
        return page.Gray.Clone();
    }

    private static bool HasInk(Pix page, PixBox box)
    {
        using var part = page.Crop(box);
        return part.ToBytes().Any(level => level < 128);
    }
}
