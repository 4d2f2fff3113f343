namespace Digitizer.VietnameseText.Legacy;

/// <summary>What a word of a page says of an encoding that the page may be in.</summary>
internal enum LegacyVote
{
    /// <summary>Nothing: it has no such code, or is as good either way.</summary>
    None,

    /// <summary>It is no word as it stands, and a Vietnamese one when decoded.</summary>
    For,

    /// <summary>It is a word as it stands and none when decoded, or has letters with accents and is none either way.</summary>
    Against,
}
