using Digitizer.Native;

namespace Digitizer.Tests.Recognition;

/// <summary>What else the engine takes letters for.</summary>
public sealed class LatticeTests(LineFixture lines) : IClassFixture<LineFixture>
{
    [Fact]
    public void Letters_come_in_order_and_for_each_the_likeliest_first()
    {
        using var picture = LineFixture.Picture("hook");
        var words = lines.Engine.ReadLattice(picture, LineFixture.Dpi);
        var letters = words.SelectMany(word => word.Letters).ToList();

        Assert.Equal(lines.Engine.Read(picture, LineFixture.Dpi, Segmentation.SingleLine).Select(w => (w.Text, w.Box)), words.Select(w => (string.Concat(w.Letters.Select(l => l[0].Text)), w.Box)));
        Assert.All(letters, choices => Assert.Equal(choices.OrderByDescending(c => c.Confidence), choices));
        Assert.All(letters.SelectMany(choices => choices), choice => Assert.InRange(choice.Confidence, 0, 100));
        Assert.Contains(letters, choices => choices[0].Text == "ố" && choices.Any(c => c is { Text: "ổ", Confidence: > 1 }));
    }

    [Fact]
    public void Plain_reading_is_the_same_afterwards()
    {
        using var picture = LineFixture.Picture("hook");
        var before = lines.Engine.Read(picture, LineFixture.Dpi, Segmentation.SingleLine);

        lines.Engine.ReadLattice(picture, LineFixture.Dpi);

        Assert.NotEmpty(before);
        Assert.Equal(before, lines.Engine.Read(picture, LineFixture.Dpi, Segmentation.SingleLine));
    }

    [Fact]
    public void Where_the_engine_sees_no_word_there_are_no_letters()
    {
        using var picture = LineFixture.Picture("scribble");

        Assert.Empty(lines.Engine.ReadLattice(picture, LineFixture.Dpi));
    }
}
