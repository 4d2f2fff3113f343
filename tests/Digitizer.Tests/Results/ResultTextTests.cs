using Digitizer.Pages;
using Digitizer.Recognition;
using Digitizer.Results;

namespace Digitizer.Tests.Results;

public sealed class ResultTextTests
{
    [Fact]
    public void A_row_of_a_table_is_a_line_with_tabs_between_its_cells()
        => Assert.Equal(
            "Danh sách\nTT\tHọ và tên\n1\tNguyễn Văn A\nTổng số\f",
            ResultText.Of([new PageText(
                [
                    Line("Danh sách"),
                    Line("TT", new CellPlace(0, 0, 0)), Line("Họ và tên", new CellPlace(0, 0, 1)),
                    Line("1", new CellPlace(0, 1, 0)), Line("Nguyễn", new CellPlace(0, 1, 1)), Line("Văn A", new CellPlace(0, 1, 1)),
                    Line("Tổng số"),
                ],
                1), PageText.Empty]));

    [Fact]
    public void Rows_of_two_tables_are_two_lines()
        => Assert.Equal("a\nb", ResultText.Of([new PageText([Line("a", new CellPlace(0, 0, 0)), Line("b", new CellPlace(1, 0, 1))], 1)]));

    private static TextLine Line(string text, CellPlace? cell = null)
    {
        var quad = Quad.FromBox(0, 0, 10, 10);
        return new TextLine(quad, quad.BottomLeft, quad.BottomRight, [.. text.Split(' ').Select(word => new TextWord(word, quad, 1))], cell);
    }
}
