namespace Digitizer.Trials;

/// <summary>A white page that marks and text are drawn on, 8 bits a pixel.</summary>
internal sealed class GreyPage
{
    public GreyPage(int width, int height)
    {
        (Width, Height) = (width, height);
        Pixels = new byte[width * height];
        Pixels.AsSpan().Fill(255);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Row by row.</summary>
    public byte[] Pixels { get; }

    /// <summary>Blackens a box; right and bottom are not part of it.</summary>
    public void Blacken(int left, int top, int right, int bottom)
    {
        for (var y = top; y < bottom; y++)
        {
            Pixels.AsSpan((y * Width) + left, right - left).Clear();
        }
    }

    /// <summary>Rows of one bit a pixel, padded to whole bytes; set bits are white.</summary>
    public byte[] ToBits()
    {
        var stride = (Width + 7) / 8;
        var bits = new byte[stride * Height];
        for (var i = 0; i < Pixels.Length; i++)
        {
            if (Pixels[i] >= 128)
            {
                bits[(i / Width * stride) + (i % Width / 8)] |= (byte)(0x80 >> (i % Width % 8));
            }
        }

        return bits;
    }
}
