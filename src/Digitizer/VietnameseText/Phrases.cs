using System.Collections.Frozen;

namespace Digitizer.VietnameseText;

/// <summary>
/// Pairs of neighbouring words that administrative Vietnamese is known to use, from <c>phrases.txt</c> and <c>names.txt</c>. They say which of
/// several readings goes with its neighbours; that a pair is missing says nothing.
/// </summary>
internal static class Phrases
{
    // They stand beside anything, so their neighbours say nothing about them.
    private static readonly WordList Frequent = new(
        "có là và của các cho được không đã với trong theo từ tại về ở này khi do vì để mà thì nếu như những cũng đang sẽ phải " +
        "một hai ba bốn năm sáu bảy tám chín mười tư ra vào lên xuống đến trên dưới ông bà anh chị em con họ");

    private static readonly FrozenSet<(string First, string Second)> Pairs = Read();
    private static readonly ILookup<(string First, string Bare), string> ByFirst = Pairs.ToLookup(p => (p.First, SearchKey.Of(p.Second)), p => p.Second);
    private static readonly ILookup<(string Bare, string Second), string> BySecond = Pairs.ToLookup(p => (SearchKey.Of(p.First), p.Second), p => p.First);

    /// <summary>How many pairs are known.</summary>
    public static int Count => Pairs.Count;

    /// <summary>True for words that go with any neighbour.</summary>
    /// <param name="word">As <see cref="SearchKey.WithAccents"/> writes it.</param>
    public static bool IsFrequent(string word) => Frequent.Contains(word);

    /// <summary>True if a word is known to follow the other.</summary>
    /// <param name="first">As <see cref="SearchKey.WithAccents"/> writes it.</param>
    /// <param name="second">Likewise.</param>
    public static bool Knows(string first, string second) => Pairs.Contains((first, second));

    /// <summary>Words with these letters, whatever their accents, that are known to follow a word.</summary>
    /// <param name="first">As <see cref="SearchKey.WithAccents"/> writes it.</param>
    /// <param name="bare">As <see cref="SearchKey.Of"/> writes it.</param>
    public static IEnumerable<string> After(string first, string bare) => ByFirst[(first, bare)];

    /// <summary>Words with these letters, whatever their accents, that are known to precede a word.</summary>
    /// <param name="bare">As <see cref="SearchKey.Of"/> writes it.</param>
    /// <param name="second">As <see cref="SearchKey.WithAccents"/> writes it.</param>
    public static IEnumerable<string> Before(string bare, string second) => BySecond[(bare, second)];

    private static FrozenSet<(string First, string Second)> Read()
    {
        var phrases = Lines("phrases.txt");
        var names = Lines("names.txt");
        var (families, given) = (Words(names, "[families]"), Words(names, "[given]"));
        var places = names.TakeWhile(line => line != "[families]").Skip(1);
        return phrases.Concat(places).SelectMany(PairsOf)
            .Concat(from family in families from name in given select (family, name))
            .ToFrozenSet();
    }

    private static IEnumerable<(string First, string Second)> PairsOf(string phrase)
    {
        var words = phrase.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Zip(words.Skip(1));
    }

    private static string[] Words(List<string> lines, string heading)
        => [.. lines.SkipWhile(line => line != heading).Skip(1).TakeWhile(line => !line.StartsWith('[')).SelectMany(line => line.Split(' '))];

    private static List<string> Lines(string resource)
    {
        using var reader = new StreamReader(typeof(Phrases).Assembly.GetManifestResourceStream(resource)!);
        return [.. reader.ReadToEnd().Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').Select(SearchKey.WithAccents)];
    }
}
