using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Digitizer.VietnameseText.Legacy;

/// <summary>
/// Says of which encoding a font is, by its name. It is a hint: a font of such a name may have been given the right characters since,
/// and the name of an embedded font may say nothing.
/// </summary>
internal static partial class LegacyFonts
{
    // A name fits the first that it fits.
    private static readonly (Regex Name, LegacyEncoding Encoding)[] Rules =
    [
        (VietwareX(), LegacyEncoding.VietwareX),
        (VietwareF(), LegacyEncoding.VietwareF),
        (Tcvn3(), LegacyEncoding.Tcvn3),
        (Vni(), LegacyEncoding.Vni),
        (Vps(), LegacyEncoding.Vps),
        (Viscii(), LegacyEncoding.Viscii),
        (BkHcm(), LegacyEncoding.BkHcm2),
    ];

    /// <summary>The encoding, or null for all other fonts.</summary>
    /// <param name="fontName">As in the file: with or without the prefix of a subset (<c>ABCDEF+</c>), <c>#2E</c> for a dot, blanks.</param>
    public static LegacyEncoding? EncodingOf(string fontName)
    {
        var name = Plain(fontName);
        foreach (var (rule, encoding) in Rules)
        {
            if (rule.IsMatch(name))
            {
                return encoding;
            }
        }

        return null;
    }

    private static string Plain(string fontName)
    {
        var name = SubsetPrefix().Replace(HexEscape().Replace(fontName, Character), string.Empty);
        var plain = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (!char.IsWhiteSpace(c) && c is not ('_' or '/'))
            {
                plain.Append(c);
            }
        }

        return plain.ToString();
    }

    private static string Character(Match escape)
        => ((char)int.Parse(escape.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString();

    [GeneratedRegex("#([0-9A-Fa-f]{2})")]
    private static partial Regex HexEscape();

    [GeneratedRegex(@"^\s*[A-Z]{6}\+")]
    private static partial Regex SubsetPrefix();

    // .VnTime, .VnTimeH, .Vn3DH: the dot tells all of them from others. Programs that cannot write a dot drop it, so faces of the ABC
    // package are known without it: VnTime, VNtimeH, VnArial; not Vnpay, and not what merely begins so.
    [GeneratedRegex(@"^\.Vn[A-Z0-9]|^Vn-?(Time|Arial|Avant|Aristote|Bahamas|Centur|Clarendon|Cooper|Courier|Helvet|Koala|Lincoln|Linus|Memorandum|Monotype|Southern|Teknical|Universe)|^\.?TCVN3", RegexOptions.IgnoreCase)]
    private static partial Regex Tcvn3();

    // VNI-Times, VNI Times, VNI-Helve-Condense, VNI 08 Springtime2: the maker names all fonts so. Names that merely begin with these
    // letters (Vnique, Vnikolay) have no hyphen, digit or known face behind them.
    [GeneratedRegex("^VNI[-0-9]|^VNI(Times|Helve|Aptima|Ariston|Avo|Bodon|Centur|Cooper|Couri|Dur|Garam|Goudy|Palatin|Script|Souvir|Swiss|Univer|Vari|Zap)", RegexOptions.IgnoreCase)]
    private static partial Regex Vni();

    // VPS Times, VPS-Helv: the maker's letters before a capital or a hyphen; VPSans is another's.
    [GeneratedRegex("^VPS([-A-Z]|$)")]
    private static partial Regex Vps();

    // VI Times, VI Arial; and names that say it.
    [GeneratedRegex("^VI-?(Times|Arial|Courier|Helvetica)|VISCII", RegexOptions.IgnoreCase)]
    private static partial Regex Viscii();

    // Names that say it.
    [GeneratedRegex("^BK-?(TP)?HCM", RegexOptions.IgnoreCase)]
    private static partial Regex BkHcm();

    // VNtimes new roman; it would fit the rule of VnTime too.
    [GeneratedRegex("^VNtimesnewroman|^VietwareX", RegexOptions.IgnoreCase)]
    private static partial Regex VietwareX();

    // SVNtimes new roman. SVN-Times, with a hyphen, is a font of today.
    [GeneratedRegex("^SVNtimesnewroman|^VietwareF", RegexOptions.IgnoreCase)]
    private static partial Regex VietwareF();
}
