using System.Text;

namespace Digitizer.Native;

/// <summary>A name in a folder as the system has it: bytes, of which most but not all are UTF-8 text.</summary>
/// <param name="Raw">One character for each byte, so that names compare and hash like text.</param>
internal readonly record struct FileName(string Raw)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static FileName FromText(string text) => FromBytes(Encoding.UTF8.GetBytes(text));

    public static FileName FromBytes(ReadOnlySpan<byte> bytes) => new(Encoding.Latin1.GetString(bytes));

    /// <summary>The name as text, or null if it is not valid UTF-8.</summary>
    public string? Text
    {
        get
        {
            try
            {
                return Strict.GetString(ToBytes());
            }
            catch (DecoderFallbackException)
            {
                return null;
            }
        }
    }

    public byte[] ToBytes() => Encoding.Latin1.GetBytes(Raw);

    /// <summary>The name as text for people; bytes that are no UTF-8 show as the replacement character.</summary>
    public override string ToString() => Encoding.UTF8.GetString(ToBytes());

    /// <summary>The bytes with the closing zero that C wants.</summary>
    internal byte[] ToCString()
    {
        var bytes = new byte[Raw.Length + 1];
        Encoding.Latin1.GetBytes(Raw, bytes);
        return bytes;
    }
}
