using Digitizer.Native;
using Digitizer.Recognition;

namespace Digitizer.Tests.Recognition;

public sealed class CheckBoxesTests
{
    private const double XHeight = 20;

    [Fact]
    public void Empty_and_ticked_boxes_are_found_and_letters_are_not()
    {
        using var page = Pix.White(500, 100);
        Frame(page, 20);
        Frame(page, 100);
        page.Fill(new PixBox(110, 40, 12, 12), 0);
        Letter(page, 180, withTop: false);
        Letter(page, 240, withTop: true);
        page.Fill(new PixBox(300, 30, 32, 32), 0);

        using var ink = page.Threshold(128);
        var found = CheckBoxes.Find(ink, ink.Components(), XHeight);

        Assert.Equal([(20, false), (100, true), (300, true)], found.Select(f => (f.Box.X, f.IsTicked)).Order());
    }

    [Fact]
    public void A_frame_that_is_no_square_or_too_large_is_none()
    {
        using var page = Pix.White(500, 200);
        Frame(page, 20, width: 60);
        Frame(page, 120, width: 120, height: 120);
        using var ink = page.Threshold(128);
        Assert.Empty(CheckBoxes.Find(ink, ink.Components(), XHeight));
    }

    [Fact]
    public void An_n_whose_serifs_nearly_meet_is_none()
    {
        using var page = Pix.White(100, 100);
        page.Fill(new PixBox(30, 40, 22, 22), 0);
        page.Fill(new PixBox(36, 45, 10, 17), 255);
        page.Fill(new PixBox(30, 60, 10, 2), 0);
        page.Fill(new PixBox(43, 60, 9, 2), 0);
        using var ink = page.Threshold(128);
        Assert.Empty(CheckBoxes.Find(ink, ink.Components(), XHeight));
    }

    // H without top and bottom, Π with a top.
    private static void Letter(Pix page, int x, bool withTop)
    {
        page.Fill(new PixBox(x, 30, 4, 32), 0);
        page.Fill(new PixBox(x + 28, 30, 4, 32), 0);
        page.Fill(new PixBox(x, withTop ? 30 : 44, 32, 4), 0);
    }

    private static void Frame(Pix page, int x, int width = 32, int height = 32)
    {
        page.Fill(new PixBox(x, 30, width, height), 0);
        page.Fill(new PixBox(x + 3, 33, width - 6, height - 6), 255);
    }
}
