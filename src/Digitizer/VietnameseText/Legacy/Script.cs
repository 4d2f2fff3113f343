namespace Digitizer.VietnameseText.Legacy;

/// <summary>Kinds of letters.</summary>
internal enum Script
{
    /// <summary>No letter, or a sign that is one only by its class: µ, ª.</summary>
    None,

    /// <summary>Latin.</summary>
    Latin,

    /// <summary>Greek.</summary>
    Greek,

    /// <summary>Cyrillic.</summary>
    Cyrillic,

    /// <summary>Any other alphabet that is written with blanks between words.</summary>
    OtherAlphabet,

    /// <summary>Chinese, Japanese, Korean, Thai, Lao, Khmer, Burmese: words stand together, and Latin ones among them.</summary>
    Joined,
}
