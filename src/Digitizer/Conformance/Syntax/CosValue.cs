namespace Digitizer.Conformance.Syntax;

internal enum CosKind
{
    Number,
    Name,
    Text,
    Array,
    Dictionary,

    /// <summary>An operator or keyword, <c>true</c>, <c>false</c> and <c>null</c> among them.</summary>
    Word,

    /// <summary><c>12 0 R</c>.</summary>
    Reference,
}

/// <summary>A value as it is written (ISO 32000-1, 7.3).</summary>
/// <param name="Kind">Which of the others holds the value.</param>
/// <param name="Number">Value of a number; object number of a reference.</param>
/// <param name="Name">Of a name, without slash and escapes, in Latin-1; of a word.</param>
internal sealed record CosValue(CosKind Kind, double Number = 0, string? Name = null)
{
    public static readonly IReadOnlyDictionary<string, CosValue> NoEntries = new Dictionary<string, CosValue>();

    /// <summary>Of a string.</summary>
    public byte[] Bytes { get; init; } = [];

    /// <summary>Of an array.</summary>
    public IReadOnlyList<CosValue> Items { get; init; } = [];

    /// <summary>Of a dictionary.</summary>
    public IReadOnlyDictionary<string, CosValue> Entries { get; init; } = NoEntries;

    /// <summary>Generation of a reference.</summary>
    public int Generation { get; init; }

    public bool IsWord(string word) => Kind == CosKind.Word && Name == word;
}
