using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static Digitizer.Native.LeptonicaImports;

namespace Digitizer.Native;

/// <summary>
/// A leptonica image: 1, 8 or 32 bits a pixel, rows of 32-bit words, most significant bits leftmost.
/// In 1-bit images a set pixel is black. Operations return new images and leave this one as it is.
/// </summary>
internal sealed partial class Pix : SafeHandle
{
    public Pix()
        : base(0, ownsHandle: true)
    {
    }

    internal Pix(nint handle)
        : this() => SetHandle(handle);

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    public int Width => Dimensions.Width;

    public int Height => Dimensions.Height;

    public int Depth => Dimensions.Depth;

    /// <summary>Samples a pixel: 1, 3, or 4 with alpha.</summary>
    public int SamplesPerPixel => pixGetSpp(this);

    public bool HasPalette => pixGetColormap(this) != 0;

    private (int Width, int Height, int Depth) Dimensions
    {
        get
        {
            _ = pixGetDimensions(this, out var width, out var height, out var depth);
            return (width, height, depth);
        }
    }

    /// <summary>An 8-bit image from rows without padding.</summary>
    public static Pix FromGray(ReadOnlySpan<byte> pixels, int width, int height)
    {
        var pix = Ok(pixCreate(width, height, 8));
        var words = pix.Words();
        var wpl = words.Length / height;
        for (var y = 0; y < height; y++)
        {
            var row = MemoryMarshal.AsBytes(words.Slice(y * wpl, wpl));
            pixels.Slice(y * width, width).CopyTo(row);
        }

        SwapWords(words);
        return pix;
    }

    /// <summary>A 32-bit image from rows of red, green, blue without padding.</summary>
    public static Pix FromRgb(ReadOnlySpan<byte> pixels, int width, int height)
    {
        var pix = Ok(pixCreate(width, height, 32));
        var words = pix.Words();
        for (int i = 0, at = 0; i < words.Length; i++, at += 3)
        {
            words[i] = ((uint)pixels[at] << 24) | ((uint)pixels[at + 1] << 16) | ((uint)pixels[at + 2] << 8);
        }

        return pix;
    }

    /// <summary>A 1-bit image from rows padded to whole bytes, most significant bit leftmost.</summary>
    /// <param name="rows">Set bits are black.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    public static Pix FromBits(ReadOnlySpan<byte> rows, int width, int height)
    {
        var pix = Ok(pixCreate(width, height, 1));
        var words = pix.Words();
        var wpl = words.Length / height;
        var stride = (width + 7) / 8;

        // Bits beyond the last pixel must be white: counting and comparing go by whole words.
        var last = (byte)(0xFF << ((8 * stride) - width));
        for (var y = 0; y < height; y++)
        {
            var row = MemoryMarshal.AsBytes(words.Slice(y * wpl, wpl));
            rows.Slice(y * stride, stride).CopyTo(row);
            row[stride - 1] &= last;
        }

        SwapWords(words);
        return pix;
    }

    /// <summary>Pixels of an 8-bit image, or red, green, blue of a 32-bit one, rows without padding.</summary>
    public byte[] ToBytes()
    {
        var (width, height, depth) = Dimensions;
        var words = Words();
        var wpl = words.Length / height;
        var samples = depth == 32 ? 3 : 1;
        var bytes = new byte[checked(width * height * samples)];
        for (var y = 0; y < height; y++)
        {
            CopyRow(words.Slice(y * wpl, wpl), bytes.AsSpan(y * width * samples, width * samples), depth);
        }

        return bytes;
    }

    /// <summary>The image's memory, for reading and writing in place.</summary>
    public unsafe Span<uint> Words()
        => new((void*)pixGetData(this), checked(pixGetWpl(this) * Height));

    /// <summary>The number of set pixels of a 1-bit image.</summary>
    public int CountPixels()
    {
        Check(pixCountPixels(this, out var count, 0));
        return count;
    }

    internal static Pix Ok(Pix pix, [CallerArgumentExpression(nameof(pix))] string call = "")
    {
        if (pix.IsInvalid)
        {
            pix.Dispose();
            throw new NativeException($"leptonica refused: {Name(call)}.");
        }

        return pix;
    }

    internal static void Check(int status, [CallerArgumentExpression(nameof(status))] string call = "")
    {
        if (status != 0)
        {
            throw new NativeException($"leptonica refused: {Name(call)}.");
        }
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        pixDestroy(ref handle);
        return true;
    }

    private static string Name(string call) => call.Split('(')[0];

    private static void CopyRow(ReadOnlySpan<uint> words, Span<byte> row, int depth)
    {
        if (depth == 8)
        {
            for (int x = 0, w = 0; x < row.Length; x += 4, w++)
            {
                var word = words[w];
                row[x] = (byte)(word >> 24);
                if (x + 3 < row.Length)
                {
                    row[x + 1] = (byte)(word >> 16);
                    row[x + 2] = (byte)(word >> 8);
                    row[x + 3] = (byte)word;
                    continue;
                }

                for (var i = 1; x + i < row.Length; i++)
                {
                    row[x + i] = (byte)(word >> (24 - (8 * i)));
                }
            }

            return;
        }

        for (int x = 0, w = 0; x < row.Length; x += 3, w++)
        {
            var word = words[w];
            row[x] = (byte)(word >> 24);
            row[x + 1] = (byte)(word >> 16);
            row[x + 2] = (byte)(word >> 8);
        }
    }

    private static void SwapWords(Span<uint> words)
        => BinaryPrimitives.ReverseEndianness(words, words);
}
