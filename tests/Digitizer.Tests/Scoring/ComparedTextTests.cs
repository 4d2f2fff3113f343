using Digitizer.Benchmarks.Scoring;

namespace Digitizer.Tests.Scoring;

public sealed class ComparedTextTests
{
    [Theory]
    [InlineData("  “Số”  –\t1 ", "\"Số\" - 1")]
    [InlineData("Họ tên: ........ An …", "Họ tên: An")]
    [InlineData("Họ tên: . . . . An", "Họ tên: An")]
    [InlineData("☐ Nam ☑ Nữ", "Nam Nữ")]
    [InlineData("một\fhai\u00ADba", "một haiba")]
    [InlineData("a\u0302\u0301", "ấ")]
    [InlineData("1..2", "1..2")]
    public void Folding_leaves_what_is_text(string text, string folded) => Assert.Equal(folded, ComparedText.Folded(text));

    [Theory]
    [InlineData("hoà thuỷ khoẻ HOÀ Oà", "hòa thủy khỏe HÒA Òa")]
    [InlineData("quý toàn hoàng", "quý toàn hoàng")]
    public void The_tone_of_open_syllables_has_one_place(string text, string folded) => Assert.Equal(folded, ComparedText.ToneFolded(text));

    [Fact]
    public void Marks_are_taken_off_all_letters() => Assert.Equal("Duong duoc noi uy", ComparedText.WithoutMarks("Đường được nối uỷ"));
}
