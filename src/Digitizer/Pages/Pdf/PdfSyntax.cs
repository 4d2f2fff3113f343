using System.Globalization;
using System.Text;

namespace Digitizer.Pages.Pdf;

/// <summary>Numbers and strings as PDF writes them (ISO 32000-1, 7.3).</summary>
internal static class PdfSyntax
{
    /// <summary>A number without exponent (7.3.3 allows none), with at most <paramref name="decimals"/> decimals.</summary>
    public static string Number(double value, int decimals = 3)
    {
        var rounded = Math.Round(value, decimals, MidpointRounding.AwayFromZero);
        return rounded == 0 ? "0" : rounded.ToString("0." + new string('#', decimals), CultureInfo.InvariantCulture);
    }

    /// <summary>The six numbers before <c>cm</c>. Six decimals keep a 10,000-pixel scan in place to a hundredth of a point.</summary>
    public static string Matrix(Affine m)
        => string.Join(' ', new[] { m.A, m.B, m.C, m.D, m.E, m.F }.Select(v => Number(v, 6)));

    /// <summary>A text string: UTF-16 with its byte order mark, in hexadecimal, so that nothing needs an escape (7.9.2.2).</summary>
    public static string TextString(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    /// <summary>A date (7.9.4), to the second, with the offset it was given in.</summary>
    public static string Date(DateTimeOffset date)
    {
        var offset = date.Offset.Duration();
        var sign = date.Offset < TimeSpan.Zero ? '-' : '+';
        return string.Create(
            CultureInfo.InvariantCulture,
            $"(D:{date:yyyyMMddHHmmss}{sign}{offset.Hours:00}'{offset.Minutes:00}')");
    }

    /// <summary>
    /// Text for Info and XMP: one line, and only characters that XML 1.0 can carry (its production
    /// <c>Char</c>), since both places must say the same.
    /// </summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var isCarried = rune.Value is >= 0x20 and not (0xFFFE or 0xFFFF or 0x7F);
            line.Append(Rune.IsWhiteSpace(rune) ? " " : isCarried ? rune.ToString() : "\uFFFD");
        }

        return line.ToString().Trim();
    }
}
