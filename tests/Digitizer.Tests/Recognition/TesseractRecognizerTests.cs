using Digitizer.Cleanup;
using Digitizer.Native;
using Digitizer.Pages;
using Digitizer.Recognition;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Recognition;

/// <summary>A page of <c>Fixtures/formats</c> with more drawn onto it.</summary>
public sealed class TesseractRecognizerTests : IDisposable
{
    private readonly TesseractRecognizer recognizer = new("vie", OcrModel.FindFolder("vie", null));

    [Fact]
    public void A_cross_within_a_check_box_ticks_it_and_is_no_letter()
    {
        var plain = Words(_ => { });
        var ticked = Words(gray =>
        {
            // Left of the first letter of the second line.
            gray.Ring(new PixBox(12, 195, 30, 30), 2);
            Cross(gray, 18, 201, 18);
        });

        Assert.Equal(CheckBoxes.Ticked, Assert.Single(ticked.Except(plain)));
        Assert.Equal(plain.Count + 1, ticked.Count);
    }

    [Fact]
    public void The_same_cross_without_a_box_is_read()
        => Assert.NotEqual(Words(_ => { }), Words(gray => Cross(gray, 18, 201, 18)));

    public void Dispose() => recognizer.Dispose();

    private List<string> Words(Action<Pix> draw)
    {
        using var decoded = new PageSplitter(PageLimits.Default).Decode(File.ReadAllBytes(Fixture.Path("formats/gray8.png")), 0);
        using var clean = new PageCleaner(_ => 90).Clean(decoded);
        using var gray = clean.Gray.Crop(new PixBox(0, 0, clean.Gray.Width, clean.Gray.Height));
        draw(gray);
        return [.. recognizer.Read(clean with { Gray = gray }).Lines.SelectMany(line => line.Words).Select(word => word.Text)];
    }

    private static void Cross(Pix gray, int x, int y, int size)
    {
        for (var i = 0; i <= size - 3; i++)
        {
            gray.Fill(new PixBox(x + i, y + i, 3, 3), 0);
            gray.Fill(new PixBox(x + size - 3 - i, y + i, 3, 3), 0);
        }
    }
}
