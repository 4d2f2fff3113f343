using Digitizer.Cleanup;
using Digitizer.Native;

namespace Digitizer.Tests.Cleanup;

/// <summary>Measures of pixels that were drawn to measure.</summary>
public sealed class MeasureTests
{
    private const int Width = 800;
    private const int Height = 640;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(33)]
    [InlineData(64)]
    public void The_width_of_strokes_is_that_of_most_and_no_picture_changes_it(int width)
    {
        var pixels = Enumerable.Repeat((byte)255, Width * Height).ToArray();
        for (var y = 0; y < Height; y++)
        {
            for (var left = 5; left + width < 500; left += width + 7)
            {
                pixels.AsSpan((y * Width) + left, width).Clear();
            }

            pixels.AsSpan((y * Width) + 550, 250).Clear();
        }

        using var page = Pix.FromGray(pixels, Width, Height);
        using var ink = page.Threshold(128);
        Assert.Equal(width, StrokeWidth.Of(ink), 0.5);
    }

    [Fact]
    public void A_page_without_ink_has_no_strokes()
    {
        using var page = Pix.White(Width, Height);
        using var ink = page.Threshold(128);
        Assert.Equal(0, StrokeWidth.Of(ink));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(12)]
    public void The_grain_is_the_deviation_of_the_paper_and_print_does_not_count(double deviation)
    {
        var random = new Random(11);
        var pixels = new byte[Width * Height];
        for (var i = 0; i < pixels.Length; i++)
        {
            var noise = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            var paper = i % Width % 60 < 4 ? 40 : 200 - (i % Width / 20.0);
            pixels[i] = (byte)Math.Clamp(Math.Round(paper + (deviation * noise)), 0, 255);
        }

        Assert.InRange(PaperGrain.Of(pixels, Width, Height), 0.9 * deviation, 1.25 * deviation);
    }

    [Fact]
    public void Smooth_paper_has_no_grain()
        => Assert.InRange(PaperGrain.Of(Enumerable.Repeat((byte)240, Width * Height).ToArray(), Width, Height), 0, 0.2);
}
