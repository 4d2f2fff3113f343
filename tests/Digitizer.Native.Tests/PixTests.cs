namespace Digitizer.Native.Tests;

public sealed class PixTests
{
    public PixTests() => NativeLibraries.Silence();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(64, 48)]
    [InlineData(1001, 7)]
    public void Grey_pixels_go_in_and_come_out_as_they_are(int width, int height)
    {
        var pixels = Enumerable.Range(0, width * height).Select(i => (byte)(i * 37)).ToArray();
        using var pix = Pix.FromGray(pixels, width, height);

        Assert.Equal((width, height, 8), (pix.Width, pix.Height, pix.Depth));
        Assert.Equal(pixels, pix.ToBytes());
    }

    [Fact]
    public void A_quarter_turn_clockwise_brings_the_left_column_to_the_top()
    {
        using var pix = Pix.FromGray([1, 2, 3, 4, 5, 6], 3, 2);
        using var turned = pix.RotateQuarters(1);

        Assert.Equal((2, 3), (turned.Width, turned.Height));
        Assert.Equal([4, 1, 5, 2, 6, 3], turned.ToBytes());
    }

    [Fact]
    public void Dark_pixels_are_set_after_thresholding()
    {
        using var pix = Pix.FromGray([0, 99, 100, 255], 4, 1);
        using var binary = pix.Threshold(100);

        Assert.Equal(2, binary.CountPixels());
    }

    [Fact]
    public void Components_are_boxed_apart()
    {
        using var pix = Pix.FromGray([0, 255, 255, 0, 0, 255, 255, 255, 255, 255, 255, 0], 4, 3);
        using var binary = pix.Threshold(128);

        Assert.Equal([new PixBox(0, 0, 1, 2), new PixBox(3, 0, 1, 1), new PixBox(3, 2, 1, 1)], binary.Components().OrderBy(b => b.X).ThenBy(b => b.Y));
    }

    [Fact]
    public void A_crop_that_lies_outside_is_refused()
    {
        using var pix = Pix.FromGray(new byte[100], 10, 10);

        Assert.Throws<NativeException>(() => pix.Crop(new PixBox(20, 20, 5, 5)));
    }

    [Fact]
    public void Bytes_that_are_no_picture_are_refused_by_every_decoder()
    {
        byte[] rubbish = [.. Enumerable.Range(0, 4000).Select(i => (byte)(i * 31))];

        Assert.Throws<NativeException>(() => Pix.FromPng(rubbish));
        Assert.Throws<NativeException>(() => Pix.FromBmp(rubbish));
        Assert.Throws<NativeException>(() => Pix.FromWebP(rubbish));
        Assert.Throws<NativeException>(() => Pix.FromJpeg(rubbish, out _));
        Assert.Throws<NativeException>(() => Pix.FromTiff(rubbish, 8));
    }

    [Fact]
    public void G4_keeps_every_pixel()
    {
        var pixels = Enumerable.Range(0, 200 * 100).Select(i => (i * 2654435761L) % 7 == 0 ? (byte)0 : (byte)255).ToArray();
        using var gray = Pix.FromGray(pixels, 200, 100);
        using var binary = gray.Threshold(128);
        var tiff = binary.ToTiffG4();
        using var back = Pix.FromTiff(tiff, BitConverter.ToUInt32(tiff, 4));
        using var grayBack = back.ToGray();

        Assert.Equal(1, back.Depth);
        Assert.Equal(pixels, grayBack.ToBytes());
    }

    [Fact]
    public void Images_are_given_back()
    {
        // 60 pages of 26 MB: without release the process would grow by more than a gigabyte.
        var pixels = new byte[5000 * 5000];
        Pix.FromGray(pixels, 5000, 5000).Dispose();
        var before = Environment.WorkingSet;
        for (var i = 0; i < 60; i++)
        {
            using var pix = Pix.FromGray(pixels, 5000, 5000);
        }

        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 300L << 20);
    }
}
