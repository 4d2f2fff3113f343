using Digitizer.VietnameseText;

namespace Digitizer.Tests.VietnameseText;

public sealed class PhrasesTests
{
    [Theory]
    [InlineData("ủy", "ban")]
    [InlineData("sửa", "đổi")]
    [InlineData("tổng", "cộng")]
    [InlineData("hộ", "tịch")]
    public void Pairs_of_phrases_are_common(string first, string second)
    {
        Assert.True(Phrases.Knows(first, second));
        Assert.False(Phrases.Knows(second, first));
    }

    [Fact]
    public void Neighbours_are_found_by_letters_without_accents()
    {
        Assert.Equal(["đổi"], Phrases.After("sửa", "doi"));
        Assert.Equal(["bổ"], Phrases.Before("bo", "sung"));
        Assert.Equal(["tư", "tự"], Phrases.After("thứ", "tu").Order(StringComparer.Ordinal));
        Assert.Empty(Phrases.After("sửa", "đổi"));
        Assert.Empty(Phrases.Before("bo", ""));
    }

    [Fact]
    public void Words_of_one_line_are_pairs_and_those_of_two_are_not()
    {
        Assert.True(Phrases.Knows("tự", "do"));
        Assert.False(Phrases.Knows("phúc", "ủy"));
        Assert.DoesNotContain(Phrases.Pairs, pair => pair.First.Length == 0 || pair.Second.Length == 0);
    }

    [Fact]
    public void Listed_words_can_be_written_in_Vietnamese()
        => Assert.All(Lines().SelectMany(line => line.Split(' ')), word => Assert.Equal((word, WordKind.Syllable), (word, WordKinds.Of(word))));

    [Fact]
    public void The_list_is_normal_in_small_letters_and_says_nothing_twice()
    {
        var lines = Lines();

        Assert.All(lines, line => Assert.Equal(SearchKey.WithAccents(line), line));
        Assert.Equal(lines.Distinct(), lines);
    }

    private static List<string> Lines()
    {
        using var reader = new StreamReader(typeof(Phrases).Assembly.GetManifestResourceStream("phrases.txt")!);
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#')];
    }
}
