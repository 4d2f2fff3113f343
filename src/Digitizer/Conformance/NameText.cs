using System.Text;

namespace Digitizer.Conformance;

/// <summary>Names as text (ISO 32000-1, 7.3.5; ISO 19005-2, 6.1.8).</summary>
internal static class NameText
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <param name="name">One character a byte.</param>
    public static bool IsUtf8(string name)
    {
        try
        {
            Strict.GetCharCount(Encoding.Latin1.GetBytes(name));
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
