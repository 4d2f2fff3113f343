using Digitizer.VietnameseText;

namespace Digitizer.Tests.VietnameseText;

public sealed class TonePlaceTests
{
    [Theory]
    [InlineData("ươi", 1)]
    [InlineData("ưa", 0)]
    [InlineData("ưu", 0)]
    [InlineData("uơ", 1)]
    [InlineData("iêng", 1)]
    [InlineData("uôi", 1)]
    [InlineData("uyêt", 2)]
    [InlineData("ang", 0)]
    [InlineData("oai", 1)]
    [InlineData("uya", 1)]
    [InlineData("uyu", 1)]
    [InlineData("oan", 1)]
    [InlineData("uynh", 1)]
    [InlineData("oong", 1)]
    [InlineData("ia", 0)]
    [InlineData("ui", 0)]
    [InlineData("ao", 0)]
    [InlineData("y", 0)]
    public void A_rime_carries_its_tone_on_one_letter(string rime, int at)
    {
        Assert.Equal(at, TonePlace.In(rime, ToneStyle.Old));
        Assert.Equal(at, TonePlace.In(rime, ToneStyle.New));
    }

    [Theory]
    [InlineData("oa")]
    [InlineData("oe")]
    [InlineData("uy")]
    public void Open_pairs_carry_it_first_or_second(string rime)
        => Assert.Equal((0, 1), (TonePlace.In(rime, ToneStyle.Old), TonePlace.In(rime, ToneStyle.New)));

    [Theory]
    [InlineData("hoà thuỷ, khoẻ. HOÀ Oà", "hòa thủy, khỏe. HÒA Òa")]
    [InlineData("quý quà toàn hoàng thuỳ1 hoà_", "quý quà toàn hoàng thuỳ1 hoà_")]
    [InlineData("hOÀ hoÀ", "hÒA hoÀ")]
    [InlineData("UỶ", "ỦY")]
    public void Text_gets_the_old_style(string text, string old) => Assert.Equal(old, TonePlace.Restyled(text, ToneStyle.Old));

    [Theory]
    [InlineData("hòa thủy, khỏe. HÒA Òa", "hoà thuỷ, khoẻ. HOÀ Oà")]
    [InlineData("hoà quý qúy mùa mía tòan", "hoà quý qúy mùa mía tòan")]
    public void Or_the_new_style(string text, string @new) => Assert.Equal(@new, TonePlace.Restyled(text, ToneStyle.New));

    [Fact]
    public void Text_in_that_style_is_not_copied()
    {
        const string Text = "Ủy ban nhân dân";

        Assert.Same(Text, TonePlace.Restyled(Text, ToneStyle.Old));
    }

    [Fact]
    public void Every_syllable_goes_from_one_style_to_the_other()
    {
        foreach (var syllable in Spelling.Toned)
        {
            var (old, @new) = (syllable.Written(ToneStyle.Old), syllable.Written(ToneStyle.New));
            Assert.Equal((old, @new), (TonePlace.Restyled(@new, ToneStyle.Old), TonePlace.Restyled(old, ToneStyle.New)));
        }
    }
}
