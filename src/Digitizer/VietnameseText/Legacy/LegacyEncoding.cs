namespace Digitizer.VietnameseText.Legacy;

/// <summary>Ways in which Vietnamese was written before Unicode: fonts that show Vietnamese letters for the codes of others.</summary>
internal enum LegacyEncoding
{
    /// <summary>TCVN 5712-3 (also ABC), one byte a letter. Capitals with tone are small letters in a font of capitals.</summary>
    Tcvn3,

    /// <summary>VNI for Windows: a base letter and a mark.</summary>
    Vni,

    /// <summary>Vietnamese Professionals Society, one byte a letter.</summary>
    Vps,

    /// <summary>VISCII (RFC 1456), one byte a letter.</summary>
    Viscii,

    /// <summary>Bách Khoa TP HCM, one byte a letter.</summary>
    BkHcm1,

    /// <summary>Bách Khoa TP HCM, a base letter and a mark.</summary>
    BkHcm2,

    /// <summary>Vietware of one byte a letter; capitals as in TCVN3.</summary>
    VietwareF,

    /// <summary>Vietware of a base letter and a mark.</summary>
    VietwareX,

    /// <summary>Windows code page 1258 (a base letter and a tone) taken for 1252.</summary>
    Windows1258,
}
