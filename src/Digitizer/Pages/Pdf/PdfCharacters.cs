using System.Globalization;
using System.Text;

namespace Digitizer.Pages.Pdf;

/// <summary>Kinds of characters in a PDF (ISO 32000-1, 7.2.2), and what names make of them (7.3.5).</summary>
internal static class PdfCharacters
{
    /// <summary>White space.</summary>
    public static bool IsBlank(byte b) => b is 0 or 9 or 10 or 12 or 13 or 32;

    /// <summary>Neither white space nor a delimiter.</summary>
    public static bool IsRegular(byte b)
        => !IsBlank(b) && b is not ((byte)'(' or (byte)')' or (byte)'<' or (byte)'>' or (byte)'[' or (byte)']' or (byte)'{' or (byte)'}' or (byte)'/' or (byte)'%');

    /// <summary>What a number may begin with.</summary>
    public static bool IsNumberStart(byte b) => b is (>= (byte)'0' and <= (byte)'9') or (byte)'+' or (byte)'-' or (byte)'.';

    /// <summary>A name as it is meant: <c>#</c> and two hexadecimal digits are one character.</summary>
    /// <param name="name">As written, without its slash.</param>
    public static string Unescape(ReadOnlySpan<byte> name)
    {
        if (!name.Contains((byte)'#'))
        {
            return Encoding.Latin1.GetString(name);
        }

        var text = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] == '#' && i + 2 < name.Length && byte.TryParse(name.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                text.Append((char)code);
                i += 2;
            }
            else
            {
                text.Append((char)name[i]);
            }
        }

        return text.ToString();
    }
}
