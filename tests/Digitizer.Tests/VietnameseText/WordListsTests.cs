using Digitizer.VietnameseText;

namespace Digitizer.Tests.VietnameseText;

/// <summary>What is listed is there because no rule has it, and in the form in which it is looked for.</summary>
public sealed class WordListsTests
{
    [Fact]
    public void Listed_words_are_no_syllables()
        => Assert.DoesNotContain(Abbreviations.Listed.All.Concat(ForeignWords.Names.All).Concat(ForeignWords.Loans.All), word => Syllables.IsValid(word));

    [Fact]
    public void Listed_abbreviations_have_vowels_or_small_letters()
        => Assert.DoesNotContain(Abbreviations.Listed.All, word => Abbreviations.IsCapitalsWithoutVowel(word));

    [Fact]
    public void Listed_words_are_normal()
        => Assert.All(Abbreviations.Listed.All.Concat(ForeignWords.Names.All).Concat(ForeignWords.Loans.All), word => Assert.Same(word, NormalText.Of(word)));

    [Fact]
    public void Foreign_words_are_in_small_letters()
        => Assert.All(ForeignWords.Names.All.Concat(ForeignWords.Loans.All), word => Assert.Equal(word.ToLowerInvariant(), word));
}
