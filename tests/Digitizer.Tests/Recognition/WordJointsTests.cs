using Digitizer.Native;
using Digitizer.Recognition;

namespace Digitizer.Tests.Recognition;

public sealed class WordJointsTests
{
    private const double XHeight = 20;

    [Theory]
    [InlineData("1", ".")]
    [InlineData("a", ")")]
    [InlineData("12", ".,")]
    public void A_sign_read_apart_goes_back_to_its_word(string text, string sign)
    {
        var joined = Assert.Single(Join((text, 100, 120), (sign, 128, 132)));

        Assert.Equal(text + sign, joined.Engine.Text);
        Assert.Equal(new PixBox(100, 70, 32, 30), joined.Box);
        Assert.Equal(60, joined.Engine.Confidence);
        Assert.Null(joined.Engine.Raw);
    }

    [Fact]
    public void Digits_closer_than_a_blank_are_one_number()
    {
        Assert.Equal(["08"], Texts(("0", 100, 120), ("8", 127, 147)));
        Assert.Equal(["0", "8"], Texts(("0", 100, 120), ("8", 128, 148)));
        Assert.Equal(["0", "a"], Texts(("0", 100, 120), ("a", 122, 142)));
    }

    [Fact]
    public void A_mended_word_keeps_what_the_engine_read()
    {
        var word = new LayoutWord(Read.At("H", new PixBox(100, 70, 20, 30)).Mended("II"), 0);
        var joined = Assert.Single(WordJoints.Join([word, Word(".", 122, 126)], XHeight));

        Assert.Equal(("II.", "H."), (joined.Engine.Text, joined.Engine.Raw));
    }

    [Fact]
    public void Signs_that_are_far_that_follow_signs_or_that_close_nothing_stay_apart()
    {
        Assert.Equal(["1", "."], Texts(("1", 100, 120), (".", 130, 134)));
        Assert.Equal(["1.", ")"], Texts(("1.", 100, 120), (")", 122, 126)));
        Assert.Equal(["1", "-"], Texts(("1", 100, 120), ("-", 122, 126)));
        Assert.Equal([".", "1"], Texts((".", 100, 104), ("1", 106, 120)));
        Assert.Equal(["1", ".a"], Texts(("1", 100, 120), (".a", 122, 140)));
    }

    private static IEnumerable<string> Texts(params (string, int, int)[] words) => Join(words).Select(w => w.Engine.Text);

    private static List<LayoutWord> Join(params (string Text, int Left, int Right)[] words)
        => WordJoints.Join([.. words.Select(w => Word(w.Text, w.Left, w.Right))], XHeight);

    private static LayoutWord Word(string text, int left, int right)
        => new(Read.At(text, new PixBox(left, 70, right - left, 30), char.IsLetterOrDigit(text[0]) ? 90 : 60), 0);
}
