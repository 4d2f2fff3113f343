using Digitizer.Native;
using Digitizer.Recognition;

namespace Digitizer.Tests.Recognition;

/// <summary>Lines that the real engine reads, and reads again.</summary>
public sealed class SecondLookTests(LineFixture lines) : IClassFixture<LineFixture>
{
    [Fact]
    public void A_hook_that_was_taken_for_an_acute_is_seen_where_the_neighbours_want_it()
    {
        var (read, reviewed) = Review("hook");

        Assert.Equal("Đề nghị sửa đối, bố sung hồ sơ", Text(read));
        Assert.Equal("Đề nghị sửa đổi, bổ sung hồ sơ", Text(reviewed));
    }

    [Fact]
    public void The_reading_of_the_engine_stays_known_and_a_changed_word_is_not_sure()
    {
        var (read, reviewed) = Review("hook");

        Assert.Equal([null, null, null, "đối,", "bố", null, null, null], reviewed.Select(w => w.Engine.Raw));
        Assert.All(reviewed.Where(w => w.Engine.Raw is not null), w => Assert.InRange(w.Engine.Confidence, 1, EngineWord.MostOfMended));
        Assert.Equal(read.Where((_, i) => i is not (3 or 4)), reviewed.Where(w => w.Engine.Raw is null));
        Assert.Equal(read.Select(w => w.Box), reviewed.Select(w => w.Box));
    }

    [Fact]
    public void A_word_stays_whose_better_form_the_ink_does_not_allow()
    {
        var (read, reviewed) = Review("grave");

        Assert.NotNull(Doubt.Of(read, 3));
        Assert.Equal(("đồi,", null), (reviewed[3].Engine.Text, reviewed[3].Engine.Raw));
    }

    [Theory]
    [InlineData("đối1,")]
    [InlineData("QĐ-ĐỐI,")]
    [InlineData("ĐT,")]
    public void Words_with_digits_codes_and_abbreviations_are_never_changed(string text)
    {
        var (_, reviewed) = Review("hook", word => word.Text == "đối," ? word with { Text = text } : word);

        Assert.Equal((text, null), (reviewed[3].Engine.Text, reviewed[3].Engine.Raw));
        Assert.Equal("bổ", reviewed[4].Engine.Text);
    }

    [Fact]
    public void A_line_without_ink_stays_as_it_is()
    {
        using var paper = Pix.White(400, 60);
        var line = Read.Line("sửa đối");

        Assert.Equal(line, new SecondLook(new LineReader(lines.Engine, paper, LineFixture.Dpi, LineFixture.XHeight), []).Review(line));
    }

    private (List<LayoutWord> Read, IReadOnlyList<LayoutWord> Reviewed) Review(string name, Func<EngineWord, EngineWord>? change = null)
    {
        using var picture = LineFixture.Picture(name);
        using var ink = picture.Threshold(128);
        var read = lines.Engine.Read(picture, LineFixture.Dpi, Segmentation.SingleLine).ConvertAll(word => new LayoutWord(change?.Invoke(word) ?? word, 1));
        var reader = new LineReader(lines.Engine, picture, LineFixture.Dpi, LineFixture.XHeight);
        return (read, new SecondLook(reader, ink.Components()).Review(read));
    }

    private static string Text(IEnumerable<LayoutWord> line) => string.Join(' ', line.Select(w => w.Engine.Text));
}
