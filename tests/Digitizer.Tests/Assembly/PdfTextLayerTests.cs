using Digitizer.Assembly;
using Digitizer.Pages;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Assembly;

public sealed class PdfTextLayerTests : IDisposable
{
    private const double PointsPerPixel = 72 / RandomLayout.Dpi;

    private readonly PdfTools tools = new();

    public void Dispose() => tools.Dispose();

    [Fact]
    public void Copied_text_is_the_recognised_text_with_spaces_lines_and_diacritics()
    {
        var page = TestPages.Blank(
            2480,
            3508,
            300,
            TestPages.Line(100, 150, ("CỘNG", 700, 860), ("HÒA", 880, 980), ("XÃ", 1000, 1060), ("HỘI", 1080, 1180)),
            TestPages.Line(170, 215, ("Độc", 800, 880), ("lập", 900, 970), ("-", 985, 1000), ("Tự", 1015, 1070), ("do", 1085, 1140)));
        Assert.Equal("CỘNG HÒA XÃ HỘI\nĐộc lập - Tự do\n\f", tools.Text(TestPages.Write(tools, [page])));
    }

    [Fact]
    public void Words_of_printed_pages_come_back_in_order_none_joined_none_split()
        => AssertWordsComeBack([.. Enumerable.Range(0, 150).Select(seed => new RandomLayout(seed).Printed())]);

    [Fact]
    public void Words_in_impossible_places_come_back_in_order_too()
        => AssertWordsComeBack([.. Enumerable.Range(0, 800).Select(seed => new RandomLayout(seed).Wild())]);

    [Fact]
    public void Words_lie_on_their_boxes()
    {
        var pages = Enumerable.Range(1000, 40).Select(seed => new RandomLayout(seed).Printed()).ToList();
        var found = tools.WordBoxes(TestPages.Write(tools, pages)).ToLookup(w => w.Page);
        var overlaps = new List<double>();
        for (var i = 0; i < pages.Count; i++)
        {
            overlaps.AddRange(pages[i].Lines.SelectMany(l => l.Words).Select(word => found[i]
                .Where(f => f.Text == word.Text)
                .Select(f => f.Overlap(
                    word.Quad.MinX * PointsPerPixel, word.Quad.MinY * PointsPerPixel, word.Quad.MaxX * PointsPerPixel, word.Quad.MaxY * PointsPerPixel))
                .DefaultIfEmpty(0)
                .Max()));
        }

        var good = overlaps.Count(o => o >= 0.5) / (double)overlaps.Count;
        Assert.True(good >= 0.99, $"{good:P2} of {overlaps.Count} words overlap by half; average {overlaps.Average():F3}");
        Assert.True(overlaps.Average() >= 0.9, $"average overlap {overlaps.Average():F3}");
    }

    [Theory]
    [InlineData(0, false, 0)]
    [InlineData(90, false, 0)]
    [InlineData(180, false, 1.5)]
    [InlineData(270, true, -2)]
    [InlineData(0, true, 4)]
    public void Words_of_turned_mirrored_and_tilted_pages_lie_level_on_the_shown_page(int orientation, bool mirrored, double skew)
    {
        var geometry = TestPages.Turned(orientation, mirrored, skew);
        var shown = Quad.FromBox(12, 20, 50, 32);
        var stored = geometry.Matrix.Inverse().Apply(shown);
        var line = new TextLine(stored, stored.BottomLeft, stored.BottomRight, [new("Chữ", stored, 1)]);
        var word = Assert.Single(tools.WordBoxes(TestPages.Write(tools, [TestPages.Page(tools, TestPictures.GrayJpeg, geometry, line)])));
        Assert.True(word.Overlap(shown.MinX, shown.MinY, shown.MaxX, shown.MaxY) > 0.97, word.ToString());
    }

    [Fact]
    public void A_line_that_climbs_is_followed_word_by_word()
    {
        var words = Enumerable.Range(0, 8).Select(i => new TextWord(
            $"từ{i}", Quad.FromBox(100 + (200 * i), 500 - (12 * i), 260 + (200 * i), 550 - (12 * i)), 1)).ToList();
        var line = new TextLine(Quad.FromBox(100, 416, 1660, 550), new(100, 540), new(1660, 456), words);
        var pdf = TestPages.Write(tools, [TestPages.Blank(2000, 1000, 72, line)]);
        Assert.Equal(words.Select(w => w.Text), tools.Words(pdf)[0]);
        Assert.All(words, w => Assert.True(
            tools.WordBoxes(pdf).Single(f => f.Text == w.Text).Overlap(w.Quad.MinX, w.Quad.MinY, w.Quad.MaxX, w.Quad.MaxY) > 0.95));
    }

    [Fact]
    public void Cells_that_touch_are_not_joined_across_lines()
    {
        var page = TestPages.Blank(
            1000,
            1000,
            72,
            TestPages.Line(100, 140, ("trái", 100, 200)),
            TestPages.Line(100, 140, ("phải", 201, 300)),
            TestPages.Line(104, 144, ("nữa", 300, 400)));
        Assert.Equal(["trái", "phải", "nữa"], tools.Words(TestPages.Write(tools, [page]))[0]);
    }

    [Fact]
    public void A_line_of_hundreds_of_letters_stays_one_word()
    {
        var text = string.Concat(Enumerable.Repeat("ăâđêôơư", 60));
        var page = TestPages.Blank(2480, 3508, 300, TestPages.Line(100, 150, (text, 40, 2440)));
        Assert.Equal([text], tools.Words(TestPages.Write(tools, [page]))[0]);
    }

    [Fact]
    public void A_document_of_many_scripts_keeps_every_character()
    {
        // More distinct characters than one CMap block, and some beyond the basic plane.
        var runes = Enumerable.Range(0x4E00, 350).Concat(Enumerable.Range(0x20000, 150)).Select(char.ConvertFromUtf32).Chunk(25);
        var words = runes.Select(r => string.Concat(r)).ToList();
        var lines = words.Select((w, i) => TestPages.Line(50 + (60 * i), 90 + (60 * i), (w, 50, 1500))).ToArray();
        Assert.Equal(words, tools.Words(TestPages.Write(tools, [TestPages.Blank(1600, 2000, 150, lines)]))[0]);
    }

    [Fact]
    public void A_page_without_words_has_no_text_and_needs_no_font()
    {
        var pdf = TestPages.Write(tools, [TestPages.Page(tools, TestPictures.G4, TestPages.Upright())]);
        Assert.Equal("\f", tools.Text(pdf));
        Assert.DoesNotContain("/Font", File.ReadAllText(pdf, System.Text.Encoding.Latin1), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_of_the_text_is_drawn()
    {
        var line = TestPages.Line(5, 60, ("Chữ", 2, 94));
        var with = TestPages.Write(tools, [TestPages.Page(tools, TestPictures.GrayFlate, TestPages.Upright(), line)], name: "with.pdf");
        var without = TestPages.Write(tools, [TestPages.Page(tools, TestPictures.GrayFlate, TestPages.Upright())], name: "without.pdf");
        Assert.Equal(tools.Render(without, 1, 144).Rgb, tools.Render(with, 1, 144).Rgb);
    }

    private void AssertWordsComeBack(IReadOnlyList<ShownPage> pages)
    {
        var found = tools.Words(TestPages.Write(tools, pages));
        Assert.Equal(pages.Count, found.Count);
        for (var i = 0; i < pages.Count; i++)
        {
            var expected = pages[i].Lines.SelectMany(l => l.Words).Select(w => w.Text).ToArray();
            Assert.True(expected.SequenceEqual(found[i]), $"page {i}:\n{string.Join(' ', expected)}\n{string.Join(' ', found[i])}");
        }
    }
}
