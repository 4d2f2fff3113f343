using Digitizer.Native;
using Digitizer.Recognition;

namespace Digitizer.Tests.Recognition;

public sealed class StackedWordsTests
{
    [Fact]
    public void Doubtful_words_of_one_line_that_stand_below_each_other_are_left_out()
        => Assert.Equal(
            ["Điều", "4"],
            StackedWords.LeftOut([
                Word("Điều", 0, startsLine: true), Word("1", 50, startsLine: true), Word("2", 100), Word("đ", 150), Word("4", 200, confidence: 95)])
            .Select(w => w.Text));

    [Fact]
    public void Words_of_different_lines_and_words_side_by_side_stay()
    {
        EngineWord[] words = [Word("1", 0, startsLine: true), Word("một", 0, left: 140), Word("2", 50, startsLine: true), Word("hai", 55, left: 112), Word("3", 100, startsLine: true)];

        Assert.Equal(words, StackedWords.LeftOut(words));
    }

    private static EngineWord Word(string text, int top, int left = 100, double confidence = 50, bool startsLine = false)
        => Read.At(text, new PixBox(left, top, 20, 30), confidence, startsLine);
}
