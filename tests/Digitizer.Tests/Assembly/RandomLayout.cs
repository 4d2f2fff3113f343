using Digitizer.Assembly;
using Digitizer.Pages;

namespace Digitizer.Tests.Assembly;

/// <summary>Pages of words as recognition may report them, sensible or not; the same for the same seed.</summary>
internal sealed class RandomLayout(int seed)
{
    public const double Width = 1654;
    public const double Height = 2339;
    public const double Dpi = 200;

    private static readonly string[] Vocabulary =
    [
        "CỘNG", "HÒA", "Quyết", "định", "ngữ", "ẩm", "thực", "Đường", "nghiêng", "ở", "ý", "1", ".", ",", "-", "I", "l",
        "3370/UBND-HCC", "“trích”", "H29.11.28-240917-0007", "............................................................",
        "_", "|", "(a)", "g\u0303", "m\u0301", "𠀋𠀀", "😀", "…", "ﬁ", "½", "№", "―", "đồng./.", "nguyennguyennguyennguyennguyennguyen",
    ];

    private readonly Random random = new(seed);

    /// <summary>Lines below each other with words that may touch or overlap by little, as OCR reports printed text.</summary>
    public ShownPage Printed()
    {
        var lines = new List<TextLine>();
        for (var y = 60.0; y < Height - 150; y += random.Next(20, 130))
        {
            var height = random.Next(14, 90);
            lines.Add(PrintedLine(y, height));
            y += height;
        }

        return TestPages.Blank(Width, Height, Dpi, [.. lines]);
    }

    /// <summary>Boxes anywhere: on top of each other, backwards, without area, past the edges, in all sizes.</summary>
    public ShownPage Wild()
    {
        var lines = Enumerable.Range(0, random.Next(1, 25)).Select(_ =>
        {
            var top = Between(-50, Height + 20);
            var height = random.Next(8) == 0 ? Between(0, 2) : Between(4, 300);
            var words = Enumerable.Range(0, random.Next(1, 12)).Select(_ => WildWord()).ToArray();
            return TestPages.Line(top, top + height, words);
        });
        return TestPages.Blank(Width, Height, Dpi, [.. lines]);
    }

    private TextLine PrintedLine(double top, double height)
    {
        var words = new List<(string, double, double)>();
        var x = Between(20, 400);
        while (x < Width - 300)
        {
            var text = Vocabulary[random.Next(Vocabulary.Length)];
            var width = Math.Max(2, text.Length * height * Between(0.25, 0.55));
            if (x + width > Width)
            {
                break;
            }

            words.Add((text, x, x + width));
            x += width + (height * (random.Next(12) == 0 ? Between(-0.1, 8) : Between(0.05, 0.35)));
        }

        return words.Count > 0 ? TestPages.Line(top, top + height, [.. words]) : TestPages.Line(top, top + height, (".", x, x + 4));
    }

    private (string Text, double Left, double Right) WildWord()
    {
        var left = Between(-100, Width + 50);
        var width = random.Next(4) switch { 0 => 0, 1 => Between(0, 6), 2 => Between(1, 1200), _ => Between(10, 200) };
        return (Vocabulary[random.Next(Vocabulary.Length)], left, left + width);
    }

    private double Between(double from, double to) => from + (random.NextDouble() * (to - from));
}
