using Digitizer.VietnameseText;

namespace Digitizer.Tests.VietnameseText;

public sealed class SyllableTests
{
    [Theory]
    [InlineData("nghiêng", "ngh", "iêng", nameof(Tone.Ngang))]
    [InlineData("NGHĨA", "NGH", "IA", nameof(Tone.Nga))]
    [InlineData("Quyết", "Qu", "yêt", nameof(Tone.Sac))]
    [InlineData("quý", "qu", "y", nameof(Tone.Sac))]
    [InlineData("Giàu", "Gi", "au", nameof(Tone.Huyen))]
    [InlineData("giếng", "gi", "êng", nameof(Tone.Sac))]
    [InlineData("gì", "g", "i", nameof(Tone.Huyen))]
    [InlineData("gìn", "g", "in", nameof(Tone.Huyen))]
    [InlineData("Được", "Đ", "ươc", nameof(Tone.Nang))]
    [InlineData("trưởng", "tr", "ương", nameof(Tone.Hoi))]
    [InlineData("Ủy", "", "Uy", nameof(Tone.Hoi))]
    [InlineData("yên", "", "yên", nameof(Tone.Ngang))]
    [InlineData("tóan", "t", "oan", nameof(Tone.Sac))]
    [InlineData("Tie\u0302\u0301ng", "T", "iêng", nameof(Tone.Sac))]
    public void A_word_has_an_onset_a_rime_and_a_tone(string word, string onset, string rime, string tone)
        => Assert.Equal(new Syllable(onset, rime, Enum.Parse<Tone>(tone)), Syllable.Parse(word));

    [Theory]
    [InlineData("UBND")]
    [InlineData("ngiệp")]
    [InlineData("")]
    public void What_is_no_syllable_has_no_parts(string word) => Assert.Null(Syllable.Parse(word));

    [Theory]
    [InlineData("HÒA", "HÒA", "HOÀ")]
    [InlineData("khoẻ", "khỏe", "khoẻ")]
    [InlineData("Thủy", "Thủy", "Thuỷ")]
    [InlineData("Quỳ", "Quỳ", "Quỳ")]
    [InlineData("Tóan", "Toán", "Toán")]
    public void It_is_put_together_in_either_style(string word, string old, string @new)
    {
        var syllable = Syllable.Parse(word)!;

        Assert.Equal((old, @new), (syllable.Written(ToneStyle.Old), syllable.Written(ToneStyle.New)));
    }
}
