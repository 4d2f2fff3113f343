using System.Text;
using Digitizer.Pages;
using Digitizer.Pages.Pdf.Forms;

namespace Digitizer.Tests.Pages.Pdf.Forms;

/// <summary>What poppler writes of a page's words, hostile output included: the page decides what stands in it.</summary>
public sealed class BoxedTextTests
{
    private const string Head = "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\" \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\"><html xmlns=\"http://www.w3.org/1999/xhtml\">\n<body>\n<doc>\n<page width=\"100\" height=\"100\">\n<flow><block xMin=\"0\" yMin=\"0\" xMax=\"9\" yMax=\"9\">\n";
    private const string Foot = "</block></flow>\n</page>\n</doc>\n</body>\n</html>\n";

    [Fact]
    public void Lines_and_words_come_in_their_order_with_boxes_in_pixels()
    {
        var lines = Parse(Line(Word("một", 10, 20, 30, 32), Word("hai", 34, 21, 50, 33)), Line(Word("ba", 10, 5, 20, 15)));

        Assert.Equal(["một hai", "ba"], lines.Select(TextOf));
        Assert.Equal(Quad.FromBox(20, 40, 60, 64), lines[0].Words[0].Quad);
        Assert.Equal((20, 40, 100, 66), (lines[0].Quad.MinX, lines[0].Quad.MinY, lines[0].Quad.MaxX, lines[0].Quad.MaxY));
    }

    [Fact]
    public void Words_are_composed_and_free_of_blanks()
    {
        var line = Assert.Single(Parse(Line(Word("Nguye\u0302\u0303n", 0, 0, 9, 9), Word("a\u00A0b  c", 10, 0, 19, 9), Word("  ", 20, 0, 29, 9))));

        Assert.Equal(["Nguyễn", "a", "b", "c"], line.Words.Select(w => w.Text));
    }

    [Fact]
    public void Entities_are_letters()
        => Assert.Equal("R&D <x> \"y\" é", TextOf(Assert.Single(Parse(Line(Word("R&amp;D", 0, 0, 9, 9), Word("&lt;x&gt;", 9, 0, 19, 9), Word("&quot;y&quot;", 20, 0, 29, 9), Word("&#233;", 30, 0, 39, 9))))));

    [Fact]
    public void Words_without_anything_between_them_are_all_found()
        => Assert.Equal("a b c", TextOf(Assert.Single(Parse($"<line xMin=\"0\" yMin=\"0\" xMax=\"9\" yMax=\"9\">{Word("a", 0, 0, 1, 1)}{Word("b", 2, 0, 3, 1)}{Word("c", 4, 0, 5, 1)}</line>"))));

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e300")]
    [InlineData("-1000001")]
    [InlineData("abc")]
    [InlineData("")]
    public void A_word_whose_place_is_none_is_passed_over(string number)
    {
        var odd = $"<word xMin=\"{number}\" yMin=\"0\" xMax=\"9\" yMax=\"9\">odd</word>";
        Assert.Equal("a b", TextOf(Assert.Single(Parse(Line(Word("a", 0, 0, 1, 1), odd, Word("b", 2, 0, 3, 1))))));
        Assert.Empty(Parse(Line("<word>nowhere</word>")));
    }

    [Fact]
    public void A_box_turned_inside_out_has_no_negative_sides()
    {
        var quad = Assert.Single(Parse(Line(Word("a", 20, 30, 10, 5)))).Words[0].Quad;
        Assert.True(quad.MaxX >= quad.MinX && quad.MaxY >= quad.MinY);
    }

    [Fact]
    public void Tags_that_are_not_known_are_passed_over()
        => Assert.Equal("a", TextOf(Assert.Single(Parse($"<script>x</script><line><span>y</span>{Word("a", 0, 0, 1, 1)}<word2/></line>"))));

    [Theory]
    [InlineData("<line><word xMin=\"0\" yMin=\"0\" xMax=\"9\" yMax=\"9\">a<b>c</b></word></line>")]
    [InlineData("<line><word xMin=\"0\" yMin=\"0\" xMax=\"9\" yMax=\"9\">a</word>")]
    [InlineData("<line><word xMin=\"0\" yMin=\"0\" xMax=\"9\" yMax=\"9\">&unknown;</word></line>")]
    [InlineData("<line><word xMin=\"0\" xMin=\"1\" yMin=\"0\" xMax=\"9\" yMax=\"9\">a</word></line>")]
    [InlineData("<line><word xMin=0>a</word></line>")]
    public void What_is_no_XML_gives_nothing(string body) => Assert.Empty(Parse(Line(Word("before", 0, 0, 9, 9)) + body));

    [Fact]
    public void Output_that_is_cut_anywhere_gives_nothing()
    {
        var whole = Encoding.UTF8.GetBytes(Head + Line(Word("một", 0, 0, 9, 9), Word("hai", 10, 0, 19, 9)) + Foot).AsSpan().TrimEnd((byte)'\n').ToArray();
        Assert.Single(BoxedText.Parse(whole, 1));
        Assert.All(Enumerable.Range(0, whole.Length), length => Assert.Empty(BoxedText.Parse(whole[..length], 1)));
    }

    [Fact]
    public void Entities_that_multiply_are_not_followed()
    {
        var bomb = "<!DOCTYPE html [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY file SYSTEM \"file:///etc/passwd\">]>";
        Assert.Empty(BoxedText.Parse(Encoding.UTF8.GetBytes(bomb + "<html>" + Line(Word("&c;&file;", 0, 0, 9, 9)) + "</html>"), 1));
    }

    [Fact]
    public void Control_characters_and_broken_bytes_do_no_harm()
    {
        var bytes = Encoding.UTF8.GetBytes(Head + Line(Word("a\u0001b", 0, 0, 9, 9)) + Foot);
        Assert.All(BoxedText.Parse(bytes, 1), line => Assert.NotEmpty(line.Words));
        bytes[Array.IndexOf(bytes, (byte)1)] = 0xFF;
        Assert.All(BoxedText.Parse(bytes, 1), line => Assert.NotEmpty(line.Words));
        Assert.Empty(BoxedText.Parse([], 1));
        Assert.Empty(BoxedText.Parse([0, 0xFF, 0xFE], 1));
        Assert.Empty(BoxedText.Parse(Encoding.UTF8.GetBytes(Head + Line(Word("&#xD800;", 0, 0, 9, 9)) + Foot), 1));
    }

    [Fact]
    public void The_number_of_words_is_bounded()
    {
        var line = Line([.. Enumerable.Repeat(Word("a", 0, 0, 1, 1), 1000)]);
        Assert.InRange(Parse(string.Concat(Enumerable.Repeat(line, 250))).Sum(l => l.Words.Count), 199_000, 201_000);
    }

    private static string TextOf(BoxedLine line) => line.Text;

    private static IReadOnlyList<BoxedLine> Parse(params string[] body) => BoxedText.Parse(Encoding.UTF8.GetBytes(Head + string.Concat(body) + Foot), 2);

    private static string Line(params string[] words) => $"<line xMin=\"0\" yMin=\"0\" xMax=\"9\" yMax=\"9\">\n{string.Join('\n', words)}\n</line>\n";

    private static string Word(string text, double left, double top, double right, double bottom)
        => FormattableString.Invariant($"<word xMin=\"{left}\" yMin=\"{top}\" xMax=\"{right}\" yMax=\"{bottom}\">{text}</word>");
}
