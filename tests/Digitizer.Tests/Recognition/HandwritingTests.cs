using Digitizer.Native;
using Digitizer.Recognition;

namespace Digitizer.Tests.Recognition;

/// <summary>Marks as ink has them: letters of print one by one, handwriting joined over several.</summary>
public sealed class HandwritingTests
{
    private const double XHeight = 20;

    private static readonly PixBox[] Joined = [new(100, 100, 90, 30), new(210, 104, 70, 28), new(300, 98, 110, 36)];

    [Fact]
    public void Joined_strokes_without_a_sure_word_are_handwriting_and_what_was_read_of_them_is_no_text()
    {
        var rubbish = Word("uolÑ", Joined[0], 30);
        var written = Find(Joined, [rubbish], out var within);

        Assert.Equal(PixBox.Around(Joined), Assert.Single(written));
        Assert.Equal([rubbish], within);
    }

    [Fact]
    public void Print_whose_letters_have_run_together_is_none()
        => Assert.Empty(Find(Joined, [Word("hồ", Joined[0], 90), Word("sơ", Joined[1], 92), Word("đât", Joined[2], 50)], out _));

    [Fact]
    public void Two_joined_strokes_are_a_signature_or_chance()
        => Assert.Empty(Find(Joined[..2], [], out _));

    [Fact]
    public void Large_letters_of_a_heading_are_not_joined_strokes()
        => Assert.Empty(Find([new(100, 100, 50, 60), new(160, 100, 50, 60), new(220, 100, 50, 60)], [], out _));

    [Fact]
    public void A_doubtful_word_beside_a_sure_one_is_a_name_that_is_crossed_by_a_stroke_and_stays()
    {
        var (crossed, sure) = (Word("ĐìnTG", Joined[2], 30), Word("Định", new PixBox(420, 100, 60, 30), 95));
        var written = Find(Joined, [crossed, sure], out var within);

        Assert.Single(written);
        Assert.Empty(within);
    }

    [Fact]
    public void A_sure_word_in_handwriting_stays()
    {
        var words = new[] { Word("12", new PixBox(200, 100, 20, 30), 96), Word("xbqrtzzzzzzz", Joined[2], 20) };
        Find(Joined, words, out var within);

        Assert.Equal([words[1]], within);
    }

    [Fact]
    public void A_ticked_box_in_handwriting_stays()
    {
        Find(Joined, [Word(CheckBoxes.Ticked, new PixBox(200, 100, 20, 20), 100), Word("xbqrtzzzzzzz", Joined[2], 20)], out var within);

        Assert.DoesNotContain(within, word => word.Engine.Text == CheckBoxes.Ticked);
    }

    private static List<PixBox> Find(PixBox[] marks, LayoutWord[] words, out HashSet<LayoutWord> within)
    {
        var handwriting = new Handwriting(marks, XHeight);
        var written = handwriting.Find(words);
        within = handwriting.Within(written, words);
        return written;
    }

    private static LayoutWord Word(string text, PixBox box, double confidence) => new(Read.At(text, box, confidence), 0);
}
