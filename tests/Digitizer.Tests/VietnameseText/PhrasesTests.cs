using Digitizer.VietnameseText;

namespace Digitizer.Tests.VietnameseText;

public sealed class PhrasesTests
{
    public static TheoryData<string> Lists => ["phrases.txt", "names.txt"];

    [Theory]
    [InlineData("ủy", "ban")]
    [InlineData("sửa", "đổi")]
    [InlineData("tổng", "cộng")]
    [InlineData("hộ", "tịch")]
    public void Pairs_of_phrases_are_common(string first, string second)
    {
        Assert.True(Phrases.Common.Knows(first, second));
        Assert.False(Phrases.Common.Knows(second, first));
        Assert.False(Phrases.Names.Knows(first, second));
    }

    [Theory]
    [InlineData("hà", "nội")]
    [InlineData("chí", "minh")]
    [InlineData("nguyễn", "văn")]
    [InlineData("cao", "nhật")]
    public void Pairs_of_places_and_persons_are_names(string first, string second)
    {
        Assert.True(Phrases.Names.Knows(first, second));
        Assert.False(Phrases.Common.Knows(first, second));
    }

    [Fact]
    public void Neighbours_are_found_by_letters_without_accents()
    {
        Assert.Equal(["đổi"], Phrases.Common.After("sửa", "doi"));
        Assert.Equal(["bổ"], Phrases.Common.Before("bo", "sung"));
        Assert.Equal(["tư", "tự"], Phrases.Common.After("thứ", "tu").Order(StringComparer.Ordinal));
        Assert.Empty(Phrases.Common.After("sửa", "đổi"));
        Assert.Empty(Phrases.Common.Before("bo", ""));
    }

    [Fact]
    public void Words_of_one_line_are_pairs_and_those_of_two_are_not()
    {
        Assert.True(Phrases.Names.Knows("hồ", "chí"));
        Assert.False(Phrases.Names.Knows("nội", "hồ"));
        Assert.DoesNotContain(Phrases.Common.Pairs.Concat(Phrases.Names.Pairs), pair => pair.First.Length == 0 || pair.Second.Length == 0 || pair.First.Contains('['));
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void Listed_words_can_be_written_in_Vietnamese(string list)
        => Assert.All(LinesOf(list).SelectMany(line => line.Split(' ')).Where(word => !ForeignWords.Names.Contains(word)), word => Assert.Equal((word, WordKind.Syllable), (word, WordKinds.Of(word))));

    [Theory]
    [MemberData(nameof(Lists))]
    public void Lists_are_normal_in_small_letters_and_say_nothing_twice(string list)
    {
        var lines = LinesOf(list);

        Assert.All(lines, line => Assert.Equal(SearchKey.WithAccents(line), line));
        Assert.Equal(lines.Distinct(), lines);
    }

    private static List<string> LinesOf(string list)
    {
        using var reader = new StreamReader(typeof(Phrases).Assembly.GetManifestResourceStream(list)!);
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] is not ('#' or '['))];
    }
}
