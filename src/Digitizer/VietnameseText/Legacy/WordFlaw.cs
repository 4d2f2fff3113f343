namespace Digitizer.VietnameseText.Legacy;

/// <summary>What is wrong with a word, whatever its language.</summary>
internal enum WordFlaw
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A replacement, control or private character in it: its font does not say what its glyphs are.</summary>
    NoCharacter,

    /// <summary>A sign between letters where no language has one: B×nh.</summary>
    SignAmongLetters,

    /// <summary>Letters of two scripts.</summary>
    MixedScripts,

    /// <summary>Capitals and small letters by turns: ŚĞůůŽ.</summary>
    OddCase,

    /// <summary>Letters that only Vietnamese has, in an order that it never has: thôgn, ệiv.</summary>
    WrongVietnamese,
}
