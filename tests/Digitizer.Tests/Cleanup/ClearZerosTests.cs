using Digitizer.Cleanup;
using Digitizer.Native;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Cleanup;

public sealed class ClearZerosTests
{
    private const double XHeight = 20;
    private static readonly PixBox Zero = new(40, 40, 22, 32);
    private static readonly PixBox Dot = new(49, 53, 4, 6);

    [Fact]
    public void A_dotted_zero_loses_its_dot_and_nothing_else()
    {
        using var plain = Drawn(page => page.Oval(Zero, 3));
        using var cleared = Cleared(out var applied, page =>
        {
            page.Oval(Zero, 3);
            page.Fill(Dot, 0);
        });

        Assert.True(applied);
        Assert.Equal(plain.ToBytes(), cleared.ToBytes());
    }

    public static TheoryData<string> Others => [.. Shapes.Keys];

    [Theory]
    [MemberData(nameof(Others))]
    public void Other_shapes_stay_as_they_are(string shape)
    {
        using var drawn = Drawn(Shapes[shape]);
        using var cleared = Cleared(out var applied, Shapes[shape]);

        Assert.False(applied);
        Assert.Equal(drawn.ToBytes(), cleared.ToBytes());
    }

    private static readonly Dictionary<string, Action<Pix>> Shapes = new()
    {
        ["a mark in a box"] = page =>
        {
            page.Fill(new PixBox(40, 40, 27, 29), 0);
            page.Fill(new PixBox(43, 43, 21, 23), 255);
            page.Fill(new PixBox(51, 51, 6, 7), 0);
        },
        ["a plain zero"] = page => page.Oval(Zero, 3),
        ["an 8"] = page =>
        {
            page.Oval(Zero, 3);
            page.Fill(new PixBox(40, 54, 22, 4), 0);
        },
        ["a capital O with marks above and below"] = page =>
        {
            page.Oval(Zero, 3);
            page.Fill(new PixBox(49, 32, 4, 4), 0);
            page.Fill(new PixBox(49, 76, 4, 4), 0);
        },
        ["a small o with a dot in it"] = page =>
        {
            page.Oval(new PixBox(40, 52, 18, 20), 3);
            page.Fill(new PixBox(47, 60, 4, 4), 0);
        },
        ["a dot in the hollow of a parenthesis"] = page =>
        {
            page.Oval(new PixBox(40, 40, 12, 32), 3);
            page.Fill(new PixBox(49, 43, 3, 26), 255);
            page.Fill(new PixBox(45, 54, 3, 4), 0);
        },
        ["a small digit in a circle"] = page =>
        {
            page.Oval(new PixBox(35, 40, 32, 32), 3);
            page.Fill(new PixBox(49, 52, 4, 9), 0);
        },
        ["a speck at the side of a zero"] = page =>
        {
            page.Oval(Zero, 3);
            page.Fill(new PixBox(45, 63, 4, 4), 0);
        },
    };

    private static Pix Drawn(Action<Pix> draw)
    {
        var page = Pix.White(120, 120);
        draw(page);
        return page;
    }

    private static Pix Cleared(out bool applied, Action<Pix> draw)
    {
        using var drawn = Drawn(draw);
        using var page = DrawnPage.Of(drawn, XHeight);
        applied = new ClearZeros().Apply(page).Applied;
        return page.Gray.Clone();
    }
}
