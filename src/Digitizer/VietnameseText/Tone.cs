namespace Digitizer.VietnameseText;

/// <summary>The six tones, by their Vietnamese names.</summary>
internal enum Tone
{
    /// <summary>No mark: a.</summary>
    Ngang,

    /// <summary>Acute: á.</summary>
    Sac,

    /// <summary>Grave: à.</summary>
    Huyen,

    /// <summary>Hook above: ả.</summary>
    Hoi,

    /// <summary>Tilde: ã.</summary>
    Nga,

    /// <summary>Dot below: ạ.</summary>
    Nang,
}
