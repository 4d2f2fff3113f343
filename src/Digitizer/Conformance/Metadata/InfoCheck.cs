using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace Digitizer.Conformance.Metadata;

/// <summary>
/// The Info dictionary says the same as the metadata, where both say something (ISO 19005-2, 6.6.3): otherwise
/// it depends on the reader what the document is called.
/// </summary>
internal static class InfoCheck
{
    private const string Clause = "6.6.3";
    private const string Where = "the Info dictionary";
    private static readonly XNamespace Dc = "http://purl.org/dc/elements/1.1/";
    private static readonly XNamespace Xmp = "http://ns.adobe.com/xap/1.0/";
    private static readonly XNamespace Pdf = "http://ns.adobe.com/pdf/1.3/";

    private static readonly (string Key, XName Name)[] Pairs =
    [
        ("Title", Dc + "title"), ("Author", Dc + "creator"), ("Subject", Dc + "description"), ("Keywords", Pdf + "Keywords"),
        ("Creator", Xmp + "CreatorTool"), ("Producer", Pdf + "Producer"), ("CreationDate", Xmp + "CreateDate"), ("ModDate", Xmp + "ModifyDate"),
    ];

    public static void Check(Checking checking, IReadOnlyList<XmpProperty> packet)
    {
        var info = checking.File.Trailer["Info"];
        foreach (var (key, name) in Pairs)
        {
            if (info[key].Bytes is { Length: > 0 } bytes && packet.FirstOrDefault(p => p.Name == name)?.Value is { } value)
            {
                var (text, other) = (Text(bytes), First(value));
                var isSame = key.EndsWith("Date", StringComparison.Ordinal) ? IsSameTime(text, other) : text == other;
                checking.Findings.Require(isSame, Clause, $"{key} is not what the metadata say", Where);
            }
        }
    }

    private static string First(XmpNode value)
    {
        var item = value.Items.FirstOrDefault(i => i.Language == "x-default") ?? (value.Items.Count > 0 ? value.Items[0] : value);
        return item.Text;
    }

    /// <summary>A text string of PDF (ISO 32000-1, 7.9.2.2); of PDFDocEncoding the part that is Latin-1.</summary>
    private static string Text(byte[] bytes) => bytes switch
    {
        [0xFE, 0xFF, .. var utf16] => Encoding.BigEndianUnicode.GetString(utf16),
        [0xEF, 0xBB, 0xBF, .. var utf8] => Encoding.UTF8.GetString(utf8),
        _ => Encoding.Latin1.GetString(bytes),
    };

    /// <summary>D:YYYYMMDDHHmmSSOHH'mm and ISO 8601; nobody is told that what neither form fits differs.</summary>
    private static bool IsSameTime(string info, string xmp)
    {
        var digits = info.StartsWith("D:", StringComparison.Ordinal) ? info[2..].Replace("'", "", StringComparison.Ordinal) : info;
        string[] forms = ["yyyyMMddHHmmsszzz", "yyyyMMddHHmmss", "yyyyMMddHHmmssZ", "yyyyMMdd"];
        var plain = digits.Length == 19 && digits[14] is '+' or '-' ? digits.Insert(17, ":") : digits.TrimEnd('Z');
        var isRead = DateTimeOffset.TryParseExact(plain, forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var first);
        return !isRead || !DateTimeOffset.TryParse(xmp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var second) || first == second;
    }
}
