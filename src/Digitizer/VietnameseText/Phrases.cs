using System.Collections.Frozen;

namespace Digitizer.VietnameseText;

/// <summary>
/// Pairs of neighbouring words that administrative Vietnamese is known to use, from <c>phrases.txt</c>. They say which of several readings
/// goes with its neighbours; that a pair is missing says nothing. Names of persons and places are not among them: any pair may be one.
/// </summary>
internal static class Phrases
{
    // They stand beside anything, so their neighbours say nothing about them.
    private static readonly WordList Frequent = new(
        "có là và của các cho được không đã với trong theo từ tại về ở này khi do vì để mà thì nếu như những cũng đang sẽ phải " +
        "ra vào lên xuống đến trên dưới ông bà anh chị em con họ");

    private static readonly WordList Numerals = new(
        "không một mốt hai ba bốn tư năm lăm nhăm sáu bảy bẩy tám chín mười mươi trăm linh lẻ nghìn ngàn triệu tỷ tỉ chục rưỡi");

    private static readonly FrozenSet<(string First, string Second)> Known = [.. Lines().SelectMany(PairsOf)];
    private static readonly ILookup<(string First, string Bare), string> ByFirst = Known.ToLookup(p => (p.First, SearchKey.Of(p.Second)), p => p.Second);
    private static readonly ILookup<(string Bare, string Second), string> BySecond = Known.ToLookup(p => (SearchKey.Of(p.First), p.Second), p => p.First);

    /// <summary>The pairs, in no order, as <see cref="SearchKey.WithAccents"/> writes words.</summary>
    public static IReadOnlyCollection<(string First, string Second)> Pairs => Known;

    /// <summary>True for words that go with any neighbour.</summary>
    /// <param name="word">As <see cref="SearchKey.WithAccents"/> writes it.</param>
    public static bool IsFrequent(string word) => Frequent.Contains(word);

    /// <summary>True for words of which numbers are made: which of them is right, no neighbour can say.</summary>
    /// <param name="word">As <see cref="SearchKey.WithAccents"/> writes it.</param>
    public static bool IsNumeral(string word) => Numerals.Contains(word);

    /// <summary>True if a word is known to follow the other.</summary>
    /// <param name="first">As <see cref="SearchKey.WithAccents"/> writes it.</param>
    /// <param name="second">Likewise.</param>
    public static bool Knows(string first, string second) => Known.Contains((first, second));

    /// <summary>Words with these letters, whatever their accents, that are known to follow a word.</summary>
    /// <param name="first">As <see cref="SearchKey.WithAccents"/> writes it.</param>
    /// <param name="bare">As <see cref="SearchKey.Of"/> writes it.</param>
    public static IEnumerable<string> After(string first, string bare) => ByFirst[(first, bare)];

    /// <summary>Words with these letters, whatever their accents, that are known to precede a word.</summary>
    /// <param name="bare">As <see cref="SearchKey.Of"/> writes it.</param>
    /// <param name="second">As <see cref="SearchKey.WithAccents"/> writes it.</param>
    public static IEnumerable<string> Before(string bare, string second) => BySecond[(bare, second)];

    private static IEnumerable<(string First, string Second)> PairsOf(string phrase)
    {
        var words = phrase.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Zip(words.Skip(1));
    }

    private static IEnumerable<string> Lines()
    {
        using var reader = new StreamReader(typeof(Phrases).Assembly.GetManifestResourceStream("phrases.txt")!);
        return [.. reader.ReadToEnd().Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').Select(SearchKey.WithAccents)];
    }
}
