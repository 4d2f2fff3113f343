using System.Text;

namespace Digitizer.Pages.Pdf;

/// <summary>Text strings of a PDF (ISO 32000-1, 7.9.2.2).</summary>
internal static class PdfText
{
    private const int Longest = 200;

    /// <summary>UTF-16 or UTF-8 by its mark, else taken for Latin-1; one line of printable characters, cut after 200.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var text = bytes switch
        {
            [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(bytes[2..]),
            [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(bytes[2..]),
            [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8.GetString(bytes[3..]),
            _ => Encoding.Latin1.GetString(bytes),
        };
        return string.Concat(text.Take(Longest).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c)).Trim();
    }
}
