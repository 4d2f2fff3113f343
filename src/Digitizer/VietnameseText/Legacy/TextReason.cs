namespace Digitizer.VietnameseText.Legacy;

/// <summary>Why the text of a page is not kept, as results name it. The ids are stable.</summary>
internal static class TextReason
{
    /// <summary>TCVN3 (ABC).</summary>
    public const string LegacyTcvn3 = "text-legacy-tcvn3";

    /// <summary>VNI.</summary>
    public const string LegacyVni = "text-legacy-vni";

    /// <summary>VPS.</summary>
    public const string LegacyVps = "text-legacy-vps";

    /// <summary>VISCII.</summary>
    public const string LegacyViscii = "text-legacy-viscii";

    /// <summary>BK HCM, either kind.</summary>
    public const string LegacyBkHcm = "text-legacy-bkhcm";

    /// <summary>Vietware, either kind.</summary>
    public const string LegacyVietware = "text-legacy-vietware";

    /// <summary>Windows-1258 read as 1252.</summary>
    public const string LegacyWindows1258 = "text-legacy-windows-1258";

    /// <summary>Characters are missing or wrong.</summary>
    public const string Broken = "text-broken";

    /// <summary>The picture of the page shows something else.</summary>
    public const string Disagrees = "text-disagrees";

    /// <summary>The id of a legacy encoding.</summary>
    public static string Of(LegacyEncoding encoding) => encoding switch
    {
        LegacyEncoding.Tcvn3 => LegacyTcvn3,
        LegacyEncoding.Vni => LegacyVni,
        LegacyEncoding.Vps => LegacyVps,
        LegacyEncoding.Viscii => LegacyViscii,
        LegacyEncoding.BkHcm1 or LegacyEncoding.BkHcm2 => LegacyBkHcm,
        LegacyEncoding.VietwareF or LegacyEncoding.VietwareX => LegacyVietware,
        _ => LegacyWindows1258,
    };
}
