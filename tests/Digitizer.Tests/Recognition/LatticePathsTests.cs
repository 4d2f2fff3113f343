using Digitizer.Native;
using Digitizer.Recognition;

namespace Digitizer.Tests.Recognition;

public sealed class LatticePathsTests
{
    [Fact]
    public void Paths_come_the_likeliest_first()
        => Assert.Equal(["đối", "đổi", "dối", "dổi"], Paths([("đ", 90), ("d", 40)], [("ố", 80), ("ổ", 60)], [("i", 95)]));

    [Fact]
    public void What_has_no_chance_is_not_tried_unless_it_is_the_best()
        => Assert.Equal(["ai", "ai²"], Paths([("a", 0.4), ("o", 0.3)], [("i", 90), ("l", 4.9), ("i²", 5)]));

    [Fact]
    public void The_order_of_choices_does_not_matter() => Assert.Equal(["ab", "cb"], Paths([("c", 20), ("a", 70)], [("b", 50)]));

    [Fact]
    public void A_letter_without_choices_is_passed_over() => Assert.Equal(["ab"], Paths([("a", 90)], [], [("b", 90)]));

    [Fact]
    public void There_are_64_at_most_and_the_best_are_kept()
    {
        var paths = Paths([.. Enumerable.Range(0, 12).Select(_ => new[] { ("a", 90.0), ("b", 89.0), ("c", 10.0) })]);

        Assert.Equal(64, paths.Count);
        Assert.Equal(64, paths.Distinct().Count());
        Assert.Equal(new string('a', 12), paths[0]);
        Assert.All(paths[1..13], path => Assert.Equal(1, path.Count(c => c == 'b')));
        Assert.All(paths, path => Assert.DoesNotContain('c', path));
    }

    private static List<string> Paths(params (string Text, double Confidence)[][] letters)
        => [.. LatticePaths.Of(new EngineLattice(default, [.. letters.Select(letter => letter.Select(c => new EngineChoice(c.Text, c.Confidence)).ToList())]))];
}
