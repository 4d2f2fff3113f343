using static Digitizer.Native.LeptonicaImports;

namespace Digitizer.Native;

/// <summary>The raster operations of the clean-up steps.</summary>
internal sealed partial class Pix
{
    private const int RotateByAreaMap = 1;
    private const int BringInWhite = 1;
    private const int RemoveBasedOnSource = 4;
    private const int MostSignificantByte = 1;
    private const int CopySource = 0xC;

    /// <summary>Without palette, 16-bit samples and alpha (blended onto white): 1, 8 or 32 bits a pixel.</summary>
    public Pix Flatten()
    {
        if (HasPalette)
        {
            using var plain = Ok(pixRemoveColormap(this, RemoveBasedOnSource));
            return plain.Flatten();
        }

        return (Depth, SamplesPerPixel) switch
        {
            (1, _) => Clone(),
            (32, 4) => Ok(pixAlphaBlendUniform(this, 0xFFFFFF00)),
            (32, _) => Clone(),
            (16, _) => Ok(pixConvert16To8(this, MostSignificantByte)),
            _ => Ok(pixConvertTo8(this, 0)),
        };
    }

    /// <summary>Light and dark turned round.</summary>
    public Pix Inverted() => Ok(pixInvert(0, this));

    /// <summary>Another handle to the same pixels.</summary>
    public Pix Clone() => Ok(pixClone(this));

    /// <summary>A copy of a part.</summary>
    public Pix Crop(PixBox part) => Ok(Clip(this, part));

    /// <summary>An 8-bit page on a larger white sheet.</summary>
    /// <param name="x">Where its left side comes to lie.</param>
    /// <param name="y">Where its upper side comes to lie.</param>
    /// <param name="width">Of the sheet.</param>
    /// <param name="height">Of the sheet.</param>
    public Pix Framed(int x, int y, int width, int height)
    {
        var sheet = White(width, height);
        sheet.CopyFrom(this, new PixBox(0, 0, Width, Height), x, y);
        return sheet;
    }

    /// <summary>A white 8-bit page.</summary>
    public static Pix White(int width, int height)
    {
        var sheet = Ok(pixCreate(width, height, 8));
        sheet.Fill(new PixBox(0, 0, width, height), 255);
        return sheet;
    }

    /// <summary>8 bits a pixel; colour by luminance.</summary>
    public Pix ToGray() => Ok(pixConvertTo8(this, 0));

    /// <summary>Turned clockwise by quarters.</summary>
    public Pix RotateQuarters(int quarters) => Ok(pixRotateOrth(this, quarters & 3));

    public Pix FlipLeftRight() => Ok(pixFlipLR(0, this));

    /// <summary>Turned clockwise about the centre, same size, white brought in.</summary>
    public Pix RotateClockwise(double degrees)
        => Ok(pixRotate(this, (float)(degrees * Math.PI / 180), RotateByAreaMap, BringInWhite, 0, 0));

    /// <summary>Scaled; reduction averages areas, enlargement interpolates.</summary>
    public Pix Scale(double x, double y) => Ok(pixScale(this, (float)x, (float)y));

    /// <summary>Made smaller by averaging areas, 8 or 32 bits a pixel, nothing sharpened.</summary>
    /// <remarks>The new sides are the old ones times the factors, rounded; at factors of 0.7 and more it interpolates.</remarks>
    public Pix Shrink(double x, double y)
    {
        if (Depth == 1)
        {
            using var gray = ToGray();
            return gray.Shrink(x, y);
        }

        return Ok(pixScaleAreaMap(this, (float)x, (float)y));
    }

    /// <summary>1 bit a pixel: set where the grey level is below <paramref name="threshold"/>.</summary>
    public Pix Threshold(int threshold) => Ok(pixThresholdToBinary(this, threshold));

    /// <summary>Angle by which a 1-bit page must be turned clockwise to be level, and how sure that is (above 3: sure).</summary>
    public (double Degrees, double Confidence) FindSkew(double range)
    {
        Check(pixFindSkewSweepAndSearch(this, out var angle, out var confidence, 4, 2, (float)range, 1, 0.01f));
        return (angle, confidence);
    }

    /// <summary>Whether ascenders of a 1-bit page (150–300 dpi) stand up (positive) or down, and left or right.</summary>
    public (double Up, double Left) DetectOrientation()
    {
        Check(pixOrientDetect(this, out var up, out var left, 0, 0));
        return (up, left);
    }

    public Pix Open(int width, int height) => Ok(pixOpenBrick(0, this, width, height));

    public Pix Close(int width, int height) => Ok(pixCloseBrick(0, this, width, height));

    public Pix Dilate(int width, int height) => Ok(pixDilateBrick(0, this, width, height));

    public Pix Subtract(Pix other) => Ok(pixSubtract(0, this, other));

    public Pix And(Pix other) => Ok(pixAnd(0, this, other));

    /// <summary>Copies, in place, a part of another image to the same place here.</summary>
    public void CopyFrom(Pix other, PixBox part) => CopyFrom(other, part, part.X, part.Y);

    /// <summary>Copies, in place, a part of another image so that its upper left corner comes to lie at a place here.</summary>
    public void CopyFrom(Pix other, PixBox part, int x, int y)
        => Check(pixRasterop(this, x, y, part.Width, part.Height, CopySource, other, part.X, part.Y));

    /// <summary>The parts of this 1-bit mask that are connected (8-fold) to <paramref name="seed"/>.</summary>
    public Pix Fill(Pix seed) => Ok(pixSeedfillBinary(0, seed, this, 8));

    /// <summary>Sets, in place, the pixels of this image under a 1-bit mask.</summary>
    public void Paint(Pix mask, byte value) => Check(pixSetMasked(this, mask, value));

    /// <summary>Sets, in place, a part of an 8-bit image to one level.</summary>
    public void Fill(PixBox part, byte value) => Check(FillPart(this, part, value));

    /// <summary>Bounding boxes of the 8-connected components of a 1-bit image.</summary>
    public PixBox[] Components()
    {
        var list = pixConnCompBB(this, 8);
        if (list == 0)
        {
            return [];
        }

        try
        {
            var boxes = new PixBox[boxaGetCount(list)];
            for (var i = 0; i < boxes.Length; i++)
            {
                Check(boxaGetBoxGeometry(list, i, out var x, out var y, out var width, out var height));
                boxes[i] = new PixBox(x, y, width, height);
            }

            return boxes;
        }
        finally
        {
            boxaDestroy(ref list);
        }
    }
}

/// <summary>A rectangle in whole pixels.</summary>
internal readonly record struct PixBox(int X, int Y, int Width, int Height)
{
    public int Right => X + Width;

    public int Bottom => Y + Height;

    /// <summary>Larger by so many pixels on each side, but not across the page's left and upper edge.</summary>
    public PixBox Grown(int pixels)
    {
        var (left, top) = (Math.Max(0, X - pixels), Math.Max(0, Y - pixels));
        return new PixBox(left, top, Right + pixels - left, Bottom + pixels - top);
    }

    /// <summary>True if the middle of another box lies in this one.</summary>
    public bool HoldsMiddleOf(PixBox other)
    {
        var (x, y) = (other.X + (other.Width / 2), other.Y + (other.Height / 2));
        return x >= X && x < Right && y >= Y && y < Bottom;
    }

    /// <summary>The smallest box around all; there is at least one.</summary>
    public static PixBox Around(IReadOnlyCollection<PixBox> boxes)
    {
        var (x, y) = (boxes.Min(b => b.X), boxes.Min(b => b.Y));
        return new PixBox(x, y, boxes.Max(b => b.Right) - x, boxes.Max(b => b.Bottom) - y);
    }
}
