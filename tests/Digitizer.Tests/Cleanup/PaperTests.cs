using Digitizer.Cleanup;

namespace Digitizer.Tests.Cleanup;

/// <summary>What is taken for paper, for print, and for neither, on pages of strokes drawn for the purpose.</summary>
public sealed class PaperTests
{
    private const int Width = 1000;
    private const int Height = 1400;

    [Fact]
    public void A_shadow_goes_and_strokes_keep_their_strength_in_proportion()
    {
        var page = Strokes(ink: 0.4, paper: x => 250 - (x / 10));
        var flat = PaperMap.Of(page, Width, Height).Flatten(page, Width, Height);
        Assert.All(Enumerable.Range(2, 6), i => Assert.InRange(flat[(690 * Width) + (i * 100) + 50], 245, 255));
        Assert.All(Enumerable.Range(2, 6), i => Assert.InRange(flat[(700 * Width) + (i * 100) + 50], 95, 112));
    }

    [Fact]
    public void What_lies_around_the_paper_turns_white_and_dark_print_within_it_does_not()
    {
        var page = Strokes(ink: 0.2, paper: x => x is < 120 or > 880 ? 40 : 240);
        var map = PaperMap.Of(page, Width, Height);
        var flat = map.Flatten(page, Width, Height);
        Assert.InRange(map.Outside, 0.2, 0.3);
        Assert.Equal(255, flat[(700 * Width) + 60]);
        Assert.InRange(flat[(700 * Width) + 450], 40, 60);
        Assert.Equal(0, PaperMap.Of(Strokes(ink: 0.2, paper: _ => 240), Width, Height).Outside);
    }

    [Theory]
    [InlineData(0.15, 150, 175)]
    [InlineData(0.8, 215, 230)]
    public void The_limit_of_ink_follows_the_print(double ink, int least, int most)
    {
        var levels = LevelsOf(Strokes(ink, paper: _ => 250));
        Assert.InRange(levels.Limit, least, most);
        Assert.Null(levels.Pale);
    }

    [Fact]
    public void What_is_paler_than_print_is_told_from_it_and_a_little_of_it_does_not_count()
    {
        var both = LevelsOf(Strokes(0.15, _ => 250, every: 2, other: 0.78));
        Assert.NotNull(both.Pale);
        Assert.InRange(both.Limit, 100, 190);
        Assert.InRange(both.Pale.Value, 190, 210);
        Assert.Null(LevelsOf(Strokes(0.15, _ => 250, every: 30, other: 0.78)).Pale);
    }

    private static InkLevels LevelsOf(byte[] page) => InkLevels.Of(PaperMap.Of(page, Width, Height).Flatten(page, Width, Height), Width, Height);

    /// <summary>Rows of level strokes, three pixels thick.</summary>
    /// <param name="ink">Share of the paper's level that the ink leaves.</param>
    /// <param name="paper">Level of the paper at a column.</param>
    /// <param name="every">Each so-manieth row is drawn in the other ink.</param>
    /// <param name="other">Of the other ink.</param>
    private static byte[] Strokes(double ink, Func<int, int> paper, int every = int.MaxValue, double other = 1)
    {
        var page = new byte[Width * Height];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var isStroke = y % 25 is 24 or 0 or 1 && x % 25 < 15 && x is > 125 and < 875;
                page[(y * Width) + x] = (byte)(paper(x) * (isStroke ? ((y + 1) / 25) % every == 1 ? other : ink : 1));
            }
        }

        return page;
    }
}
