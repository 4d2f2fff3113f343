using Digitizer.Cleanup;
using Digitizer.Native;
using Digitizer.Recognition;

namespace Digitizer.Tests.Recognition;

public sealed class ReadingOrderTests
{
    private const int XHeight = 20;
    private const int LetterWidth = 18;
    private const int LineHeight = 50;

    [Fact]
    public void Two_cells_of_a_heading_are_read_one_after_the_other()
        => AssertLines(
            ["AGENCY ABOVE", "AGENCY", "MOTTO OF THE STATE", "Freedom", "Title"],
            Line(0, (100, "AGENCY ABOVE"), (900, "MOTTO OF THE STATE")),
            Line(1, (150, "AGENCY"), (1000, "Freedom")),
            Line(3, (600, "Title")));

    [Fact]
    public void Lines_of_the_left_cell_that_go_on_alone_come_before_the_right_cell()
        => AssertLines(
            ["Copies", "- one", "- two", "HEAD", "NAME"],
            Line(0, (100, "Copies"), (900, "HEAD")),
            Line(1, (100, "- one"), (920, "NAME")),
            Line(2, (100, "- two")));

    [Fact]
    public void Justified_lines_with_wide_blanks_stay_lines()
        => AssertLines(
            ["one two three", "four five six", "seven eight nine"],
            Line(0, (100, "one"), (200, "two"), (330, "three")),
            Line(1, (100, "four"), (215, "five"), (340, "six")),
            Line(2, (100, "seven"), (240, "eight"), (380, "nine")));

    [Fact]
    public void Numbers_of_a_list_are_no_column()
        => AssertLines(
            ["1. one two", "2) three", "10. four five"],
            Line(0, (100, "1."), (220, "one two")),
            Line(1, (100, "2)"), (220, "three")),
            Line(2, (100, "10."), (220, "four five")));

    [Fact]
    public void Other_numbers_beside_text_are_a_column()
        => AssertLines(
            ["2024", "2025", "one two", "three"],
            Line(0, (100, "2024"), (260, "one two")),
            Line(1, (100, "2025"), (260, "three")));

    [Fact]
    public void A_ruled_table_is_read_cell_by_cell_row_by_row()
        => AssertRuled(
            ["No", "Name", "1", "Nguyễn", "Văn A"],
            [.. Line(1, (120, "No"), (420, "Name")), .. Line(2, (120, "1"), (420, "Nguyễn")), .. Line(3, (420, "Văn A"))],
            Grid(100, 400, 800, 30, 95, 200));

    [Fact]
    public void Boxes_for_single_digits_stay_on_their_line()
        => AssertRuled(
            ["Number 0 4 2"],
            [.. Line(1, (100, "Number"), (310, "0"), (370, "4"), (430, "2"))],
            Grid2([300, 360, 420, 480], 40, 90));

    [Fact]
    public void An_underline_is_no_border_of_a_cell()
        => AssertRuled(
            ["Name: A", "Born: B"],
            [.. Line(1, (100, "Name:"), (300, "A")), .. Line(2, (100, "Born:"), (300, "B"))],
            [new RuleLine(new PixBox(290, 90, 900, 2), true), new RuleLine(new PixBox(290, 140, 900, 2), true), .. Frame(50, 10, 1300, 400)]);

    private static void AssertLines(string[] expected, params LayoutWord[][] lines) => AssertRuled(expected, [.. lines.SelectMany(l => l)], []);

    private static void AssertRuled(string[] expected, LayoutWord[] words, IEnumerable<RuleLine> rules)
        => Assert.Equal(expected, new ReadingOrder(new TableCells(rules, XHeight), XHeight)
            .Arrange(words).Select(line => string.Join(' ', line.Select(w => w.Engine.Text))));

    /// <summary>A line as an engine that reads across would give it.</summary>
    private static LayoutWord[] Line(int number, params (int X, string Text)[] runs)
    {
        var words = new List<LayoutWord>();
        foreach (var (start, text) in runs)
        {
            var x = start;
            foreach (var word in text.Split(' '))
            {
                var box = new PixBox(x, number * LineHeight, word.Length * LetterWidth, 30);
                words.Add(new LayoutWord(new EngineWord(word, 90, box, (0, box.Bottom, 100, box.Bottom), words.Count == 0), number));
                x = box.Right + 12;
            }
        }

        return [.. words];
    }

    private static RuleLine[] Grid(int left, int middle, int right, params int[] rows) => Grid2([left, middle, right], rows);

    private static RuleLine[] Grid2(int[] columns, params int[] rows) =>
    [
        .. rows.Select(y => new RuleLine(new PixBox(columns[0], y, columns[^1] - columns[0], 2), true)),
        .. columns.Select(x => new RuleLine(new PixBox(x, rows[0], 2, rows[^1] - rows[0]), false)),
    ];

    private static RuleLine[] Frame(int left, int top, int width, int height) => Grid2([left, left + width], top, top + height);
}
