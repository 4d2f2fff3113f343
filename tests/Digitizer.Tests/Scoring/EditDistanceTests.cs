using Digitizer.Benchmarks.Scoring;

namespace Digitizer.Tests.Scoring;

public sealed class EditDistanceTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("abc", "", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("hồ sơ", "hố sơ", 1)]
    [InlineData("ab", "ba", 2)]
    public void Counts_insertions_deletions_and_substitutions(string a, string b, int distance)
        => Assert.Equal(distance, EditDistance.Between(ComparedText.Characters(a), ComparedText.Characters(b)));

    [Fact]
    public void Is_that_of_the_table_also_for_texts_longer_than_a_machine_word()
    {
        var random = new Random(20260310);
        for (var i = 0; i < 200; i++)
        {
            var (a, b) = (Some(random), Some(random));
            Assert.Equal(Table(a, b), EditDistance.Between(a, b));
        }
    }

    [Theory]
    [InlineData("tên", "họ tên: An", 0, 6)]
    [InlineData("tên", "họ tén: An", 1, 6)]
    [InlineData("abc", "xxx", 3, 0)]
    [InlineData("abc", "", 3, 0)]
    [InlineData("aa", "ba aa aa", 0, 5)]
    public void A_pattern_is_found_where_it_fits_best(string pattern, string text, int distance, int end)
        => Assert.Equal((distance, end), EditDistance.BestFit(ComparedText.Characters(pattern), ComparedText.Characters(text)));

    [Fact]
    public void Words_are_compared_whole()
        => Assert.Equal(2, EditDistance.Between(["số", "hóa", "hồ", "sơ"], ["số", "hóa", "hồsơ"]));

    private static int[] Some(Random random) => [.. Enumerable.Range(0, random.Next(1, 200)).Select(_ => random.Next(4))];

    private static int Table(int[] a, int[] b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                (diagonal, row[j]) = (row[j], Math.Min(diagonal + (a[i - 1] == b[j - 1] ? 0 : 1), Math.Min(row[j], row[j - 1]) + 1));
            }
        }

        return row[^1];
    }
}
