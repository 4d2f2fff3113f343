using Digitizer.Recognition;

namespace Digitizer.Tests.Recognition;

public sealed class ReadingDifferenceTests
{
    [Theory]
    [InlineData("Kính gửi: Ủy ban", "Kính gửi: Ủy ban", 0, true)]
    [InlineData("Kính gửi: Ủy ban", "Kinh gửi: Ủy ban", 1, true)]
    [InlineData("Số 12/QĐ", "Số 17/QĐ", 1, false)]
    [InlineData("Số 12/QĐ", "Số 12/QĐ.", 1, true)]
    [InlineData("Số 12/QĐ", "Số 12/QD", 1, false)]
    [InlineData("CCCD 001", "CCCD O01", 1, false)]
    [InlineData("năm 2024 Số", "Số năm 2024", 6, true)]
    [InlineData("tháng 9", "tháng", 2, false)]
    public void Counts_characters_and_holds_words_with_digits_to_be_the_same(string first, string second, int errors, bool sameNumbers)
        => Assert.Equal(new ReadingDifference((double)errors / first.Length, sameNumbers, SameTicks: true), ReadingDifference.Of(Text(first), Text(second)));

    [Theory]
    [InlineData("☒ Nam ☐ Nữ", "☒ Nam ☐ Nữ", true)]
    [InlineData("☒ Nam ☐ Nữ", "☐ Nam ☒ Nữ", false)]
    [InlineData("☒ Nam ☐ Nữ", "☒ Nam ☒ Nữ", false)]
    [InlineData("☑ Nam ☐ Nữ", "☐ Nam ☐ Nữ", false)]
    [InlineData("☐Nam", "☒Nam", false)]
    [InlineData("☒ Nam ☐ Nữ", "☒ Nam Nữ", false)]
    [InlineData("☒ Nam ☐ Nữ", "☒ Nan ☐ Nữ", true)]
    public void Holds_boxes_to_be_ticked_in_the_same_way_and_order(string first, string second, bool sameTicks)
        => Assert.Equal(sameTicks, ReadingDifference.Of(Text(first), Text(second)).SameTicks);

    [Fact]
    public void Pages_on_which_nothing_is_read_are_the_same()
        => Assert.Equal(new ReadingDifference(0, true, true), ReadingDifference.Of(PageText.Empty, PageText.Empty));

    private static PageText Text(string line)
        => new([new TextLine(default, default, default, [.. line.Split(' ').Select(word => new TextWord(word, default, 1))])], 1);
}
