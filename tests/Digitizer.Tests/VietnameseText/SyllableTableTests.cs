using System.Text;
using Digitizer.VietnameseText;

namespace Digitizer.Tests.VietnameseText;

public sealed class SyllableTableTests
{
    // What no rule holds stands beside the counts of the rules.
    private static readonly string[] Gaps = ["quơi", "quơt", "quinh"];

    [Fact]
    public void The_rules_make_3819_syllables_without_tone()
    {
        Assert.Equal(3819, SyllableTable.Toneless.Except(Gaps).Count());
        Assert.Equal(3819 + Gaps.Length, SyllableTable.Toneless.Count());
    }

    [Fact]
    public void And_17570_with_tone()
    {
        Assert.Equal(17570, Spelling.Toned.Count(s => !Gaps.Contains(s.Onset + s.Rime)));
        Assert.Equal(17570 + 6 + 2 + 6, Spelling.Toned.Select(s => s.Written(ToneStyle.New)).Distinct().Count());
    }

    [Fact]
    public void Every_one_is_valid_in_both_styles_in_any_usual_case_and_in_any_normal_form()
    {
        foreach (var syllable in Spelling.Toned)
        {
            foreach (var word in new[] { syllable.Written(ToneStyle.Old), syllable.Written(ToneStyle.New) })
            {
                Assert.Equal(SyllableCheck.Valid, Syllables.Check(word));
                Assert.Equal(SyllableCheck.Valid, Syllables.Check(word.ToUpperInvariant()));
                Assert.Equal(SyllableCheck.Valid, Syllables.Check(char.ToUpperInvariant(word[0]) + word[1..]));
                Assert.Equal(SyllableCheck.Valid, Syllables.Check(word.Normalize(NormalizationForm.FormD)));
            }
        }
    }

    [Fact]
    public void Every_one_is_taken_apart_into_what_it_was_made_of()
    {
        foreach (var syllable in Spelling.Toned)
        {
            Assert.Equal(syllable, Syllable.Parse(syllable.Written(ToneStyle.Old)));
            Assert.Equal(syllable, Syllable.Parse(syllable.Written(ToneStyle.New)));
        }
    }

    [Fact]
    public void Every_other_tone_makes_none()
    {
        foreach (var syllable in SyllableTable.Toneless)
        {
            foreach (var tone in Enum.GetValues<Tone>().Where(tone => !SyllableTable.Allows(syllable, tone)))
            {
                Assert.Equal(SyllableCheck.None, Syllables.Check(Spelling.With(syllable, tone).Written(ToneStyle.Old)));
            }
        }
    }

    [Fact]
    public void A_tone_has_one_place_and_two_in_open_oa_oe_and_uy()
    {
        foreach (var syllable in SyllableTable.Toneless)
        {
            var places = Enumerable.Range(0, syllable.Length)
                .Where(at => Vowels.Contains(syllable[at]))
                .Count(at => Syllables.IsValid($"{syllable[..at]}{Vowels.With(syllable[at], Tone.Sac)}{syllable[(at + 1)..]}"));

            Assert.Equal(Spelling.With(syllable, Tone.Ngang).Rime is "oa" or "oe" or "uy" ? 2 : 1, places);
        }
    }

    [Theory]
    [InlineData("cac", nameof(Tone.Ngang), false)]
    [InlineData("cach", nameof(Tone.Huyen), false)]
    [InlineData("cap", nameof(Tone.Hoi), false)]
    [InlineData("cat", nameof(Tone.Nga), false)]
    [InlineData("cat", nameof(Tone.Sac), true)]
    [InlineData("cach", nameof(Tone.Nang), true)]
    [InlineData("canh", nameof(Tone.Nga), true)]
    [InlineData("ca", nameof(Tone.Ngang), true)]
    public void Before_a_stop_only_two_tones_stand(string syllable, string tone, bool allowed)
        => Assert.Equal(allowed, SyllableTable.Allows(syllable, Enum.Parse<Tone>(tone)));
}
