namespace Digitizer.VietnameseText.Legacy;

/// <summary>Whether the text of a page says what the page shows.</summary>
internal enum TextVerdict
{
    /// <summary>Nothing speaks against it.</summary>
    Trusted,

    /// <summary>It is in an encoding from before Unicode.</summary>
    Legacy,

    /// <summary>It is no language.</summary>
    Broken,

    /// <summary>Too few words to say; nothing speaks against them.</summary>
    TooLittle,
}
