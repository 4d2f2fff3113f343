namespace Digitizer.VietnameseText;

/// <summary>What a word of a line seems to be. A word of several parts (<c>QĐ-TTg</c>, <c>Ê-đê</c>) is of the last kind in this order.</summary>
internal enum WordKind
{
    /// <summary>A Vietnamese syllable.</summary>
    Syllable,

    /// <summary>A known abbreviation or unit, or capitals without a vowel.</summary>
    Abbreviation,

    /// <summary>A known name or loan word that is not spelt by the rules of Vietnamese.</summary>
    Name,

    /// <summary>A number, a code with digits, a letter of a list, an address of the net: says nothing of how well letters were read.</summary>
    Code,

    /// <summary>No letter and no digit.</summary>
    Punctuation,

    /// <summary>Nothing of these: probably misread.</summary>
    Implausible,
}
