using Digitizer.Pages.Pdf;

namespace Digitizer.Conformance.Fonts;

/// <summary>An INDEX of a CFF font: places of its items (Adobe Technical Note 5176, 5).</summary>
internal sealed class CffIndex
{
    private readonly List<(long At, long Length)> items = [];

    public int Count => items.Count;

    /// <summary>Where the data behind it begin.</summary>
    public long End { get; private set; }

    public (long At, long Length) this[int index] => index >= 0 && index < items.Count ? items[index] : throw PdfRefusal.Damaged("a font program refers to what it does not have");

    /// <exception cref="Failures.DigitizerException">PdfDamaged.</exception>
    public static CffIndex Read(SfntReader font, long at)
    {
        var index = new CffIndex();
        var count = font.U16(at);
        if (count == 0)
        {
            index.End = at + 2;
            return index;
        }

        var size = font.U8(at + 2);
        var data = at + 2 + (size * (count + 1L));
        var start = Offset(font, at + 3, size);
        for (var i = 1; i <= count; i++)
        {
            var end = Offset(font, at + 3 + (size * (long)i), size);
            font.Slice(data + start, end - start);
            index.items.Add((data + start, end - start));
            start = end;
        }

        index.End = data + start;
        return index;
    }

    private static long Offset(SfntReader font, long at, int size)
    {
        var value = 0L;
        for (var i = 0; i < Math.Min(4, size); i++)
        {
            value = (value << 8) | (uint)font.U8(at + i);
        }

        return value;
    }
}
