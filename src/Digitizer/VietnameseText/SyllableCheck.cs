namespace Digitizer.VietnameseText;

/// <summary>What the spelling says of a word.</summary>
internal enum SyllableCheck
{
    /// <summary>A syllable as it is written.</summary>
    Valid,

    /// <summary>A syllable whose tone stands on another letter: tóan. People type it so; search finds it all the same.</summary>
    MisplacedTone,

    /// <summary>A syllable in a mixture of capitals and small letters: hOà. Nobody types it so.</summary>
    MixedCase,

    /// <summary>No syllable.</summary>
    None,
}
