using Digitizer.Cleanup;
using Digitizer.Native;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Cleanup;

public sealed class LineSlopeTests
{
    private const int LinePitch = 60;
    private const int LetterPitch = 14;
    private const int XHeight = 14;
    private const int LettersALine = 16;

    [Theory]
    [InlineData(-2)]
    [InlineData(-0.4)]
    [InlineData(0)]
    [InlineData(1.5)]
    public void The_feet_of_letters_tell_the_slope_and_descenders_do_not_matter(double falling)
    {
        var letters = Lines(8, 50, falling);

        Assert.Equal(-falling, LineSlope.Degrees(letters)!.Value, 0.08);
    }

    [Fact]
    public void Columns_whose_lines_stand_at_different_heights_do_not_matter()
    {
        var letters = Lines(8, 20, 1).Concat(Lines(8, 20, 1, left: 700, top: 113)).ToList();

        Assert.Equal(-1, LineSlope.Degrees(letters)!.Value, 0.08);
    }

    [Fact]
    public void Few_lines_short_lines_and_lines_that_do_not_agree_tell_nothing()
    {
        Assert.Null(LineSlope.Degrees([]));
        Assert.Null(LineSlope.Degrees(Lines(5, 50, 1)));
        Assert.Null(LineSlope.Degrees(Lines(8, 11, 1)));
        Assert.Null(LineSlope.Degrees([.. Lines(4, 50, 1), .. Lines(4, 50, -1, top: 700)]));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(-1.2)]
    public void Two_narrow_columns_are_made_level_where_the_sharpest_rows_would_mislead(double tilt)
    {
        using var drawn = Columns();
        using var page = DrawnPage.Of(drawn, XHeight);
        page.Level(tilt);
        var sharpest = page.Ink.TextOnly.FindSkew(12).Degrees;

        new Deskew().Apply(page);

        Assert.NotInRange(sharpest + tilt, -0.3, 0.3);
        Assert.Equal(0, page.Skew, 0.12);
    }

    /// <summary>Boxes of letters, each fourth of a line with a descender; a word has five.</summary>
    /// <param name="count">Lines.</param>
    /// <param name="letters">In a line.</param>
    /// <param name="falling">Degrees by which lines fall to the right.</param>
    /// <param name="left">Where they start.</param>
    /// <param name="top">Where the letters of the first one start.</param>
    private static List<PixBox> Lines(int count, int letters, double falling, int left = 60, int top = 100)
        => [.. from line in Enumerable.Range(0, count)
               from i in Enumerable.Range(0, letters)
               let x = left + (i * LetterPitch) + (i / 5 * 8)
               let y = top + (line * LinePitch) + (int)Math.Round(x * Math.Tan(falling * Math.PI / 180))
               select new PixBox(x, y, 10, (i + (3 * line)) % 4 == 3 ? XHeight + 5 : XHeight)];

    /// <summary>Two columns far apart; the lines of the right one stand a little lower, so that a turn by about one degree brings them onto those of the left.</summary>
    private static Pix Columns()
    {
        var page = Pix.White(1240, 1754);
        foreach (var letter in Lines(24, LettersALine, 0).Concat(Lines(24, LettersALine, 0, left: 900, top: 116)))
        {
            page.Fill(letter, 0);
        }

        return page;
    }
}
