namespace Digitizer.Conformance.Syntax;

/// <summary>First and last bytes of the file (ISO 19005-2, 6.1.2 and 6.1.3).</summary>
internal static class FileFrameCheck
{
    private const int HeaderLength = 8;

    public static void Check(Checking checking)
    {
        ReadOnlySpan<byte> bytes = checking.Bytes;
        var findings = checking.Findings;
        var isHeader = bytes.Length > HeaderLength && bytes.StartsWith("%PDF-1."u8) && bytes[HeaderLength - 1] is >= (byte)'0' and <= (byte)'7';
        var after = isHeader ? HeaderLength + EndOfLine(bytes[HeaderLength..]) : 0;
        findings.Require(isHeader && after > HeaderLength, "6.1.2", "the file does not begin with %PDF-1.0 to %PDF-1.7 and the end of the line", "the header");
        findings.Require(!isHeader || HasBinaryComment(bytes[after..]), "6.1.2", "no comment of four bytes above 127 follows the header", "the header");

        var end = bytes.LastIndexOf("%%EOF"u8);
        var rest = end < 0 ? bytes : bytes[(end + 5)..];
        findings.Require(end >= 0 && rest.Length == EndOfLine(rest), "6.1.3", "more than the end of a line follows the last %%EOF", "the end of the file");
    }

    /// <summary>Length of the end of line that the bytes begin with; 0 if they do not.</summary>
    public static int EndOfLine(ReadOnlySpan<byte> bytes)
        => bytes.StartsWith("\r\n"u8) ? 2 : bytes.Length > 0 && bytes[0] is 10 or 13 ? 1 : 0;

    private static bool HasBinaryComment(ReadOnlySpan<byte> bytes)
        => bytes.Length >= 5 && bytes[0] == '%' && bytes[1..5].IndexOfAnyInRange((byte)0, (byte)127) < 0;
}
