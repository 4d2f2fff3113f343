namespace Digitizer.VietnameseText.Legacy;

/// <summary>What a word is when it is decoded.</summary>
internal enum DecodedWord
{
    /// <summary>None that the spelling allows.</summary>
    None,

    /// <summary>An abbreviation: too short to be a witness.</summary>
    Abbreviation,

    /// <summary>Syllables, at least one of them of two letters or more.</summary>
    Vietnamese,
}
