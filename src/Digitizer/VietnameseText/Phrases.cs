using System.Collections.Frozen;

namespace Digitizer.VietnameseText;

/// <summary>
/// Pairs of neighbouring words that are known to be used. They say which of several readings goes with its neighbours; that a pair is
/// missing says nothing.
/// </summary>
internal sealed class Phrases
{
    // They stand beside anything, so their neighbours say nothing about them.
    private static readonly WordList Frequent = new(
        "có là và của các cho được không đã với trong theo từ tại về ở này khi do vì để mà thì nếu như những cũng đang sẽ phải " +
        "một hai ba bốn năm sáu bảy tám chín mười tư ra vào lên xuống đến trên dưới ông bà anh chị em con họ");

    /// <summary>Of administrative Vietnamese, from <c>phrases.txt</c>.</summary>
    public static readonly Phrases Common = new(Lines("phrases.txt").SelectMany(PairsOf));

    /// <summary>Of places and persons, from <c>names.txt</c>: cao is also high and từ is from, so they hold for words with a capital only.</summary>
    public static readonly Phrases Names = new(PairsOfNames(Lines("names.txt")));

    private readonly FrozenSet<(string First, string Second)> pairs;
    private readonly ILookup<(string First, string Bare), string> byFirst;
    private readonly ILookup<(string Bare, string Second), string> bySecond;

    private Phrases(IEnumerable<(string First, string Second)> known)
    {
        pairs = known.ToFrozenSet();
        byFirst = pairs.ToLookup(p => (p.First, SearchKey.Of(p.Second)), p => p.Second);
        bySecond = pairs.ToLookup(p => (SearchKey.Of(p.First), p.Second), p => p.First);
    }

    /// <summary>The pairs, in no order, as <see cref="SearchKey.WithAccents"/> writes words.</summary>
    public IReadOnlyCollection<(string First, string Second)> Pairs => pairs;

    /// <summary>True for words that go with any neighbour.</summary>
    /// <param name="word">As <see cref="SearchKey.WithAccents"/> writes it.</param>
    public static bool IsFrequent(string word) => Frequent.Contains(word);

    /// <summary>True if a word is known to follow the other.</summary>
    /// <param name="first">As <see cref="SearchKey.WithAccents"/> writes it.</param>
    /// <param name="second">Likewise.</param>
    public bool Knows(string first, string second) => pairs.Contains((first, second));

    /// <summary>Words with these letters, whatever their accents, that are known to follow a word.</summary>
    /// <param name="first">As <see cref="SearchKey.WithAccents"/> writes it.</param>
    /// <param name="bare">As <see cref="SearchKey.Of"/> writes it.</param>
    public IEnumerable<string> After(string first, string bare) => byFirst[(first, bare)];

    /// <summary>Words with these letters, whatever their accents, that are known to precede a word.</summary>
    /// <param name="bare">As <see cref="SearchKey.Of"/> writes it.</param>
    /// <param name="second">As <see cref="SearchKey.WithAccents"/> writes it.</param>
    public IEnumerable<string> Before(string bare, string second) => bySecond[(bare, second)];

    private static IEnumerable<(string First, string Second)> PairsOfNames(List<string> lines)
    {
        var persons = from family in Words(lines, "[families]") from name in Words(lines, "[given]") select (family, name);
        return Section(lines, "[places]").SelectMany(PairsOf).Concat(persons);
    }

    private static IEnumerable<(string First, string Second)> PairsOf(string phrase)
    {
        var words = phrase.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Zip(words.Skip(1));
    }

    private static IEnumerable<string> Words(List<string> lines, string heading) => Section(lines, heading).SelectMany(line => line.Split(' '));

    private static IEnumerable<string> Section(List<string> lines, string heading)
        => lines.SkipWhile(line => line != heading).Skip(1).TakeWhile(line => !line.StartsWith('['));

    private static List<string> Lines(string resource)
    {
        using var reader = new StreamReader(typeof(Phrases).Assembly.GetManifestResourceStream(resource)!);
        return [.. reader.ReadToEnd().Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').Select(SearchKey.WithAccents)];
    }
}
