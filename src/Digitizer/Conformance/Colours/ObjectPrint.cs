using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Digitizer.Native;
using Digitizer.Pages.Pdf;

namespace Digitizer.Conformance.Colours;

/// <summary>
/// Tells whether two objects are the same, compression and references aside: the SHA-256 of all they hold.
/// </summary>
internal static class ObjectPrint
{
    private const int MostParts = 10_000;
    private const int MostLevels = 16;
    private static readonly string[] NotOfTheObject = ["Length", "Filter", "DecodeParms"];

    /// <exception cref="Failures.DigitizerException">PdfTooComplex, PdfDamaged.</exception>
    public static string Of(Checking checking, QpdfObject value)
    {
        var text = new StringBuilder();
        var parts = 0;
        Write(checking, value, text, 0, ref parts);
        return Convert.ToHexString(SHA256.HashData(Encoding.Unicode.GetBytes(text.ToString())));
    }

    private static void Write(Checking checking, QpdfObject value, StringBuilder text, int depth, ref int parts)
    {
        if (depth > MostLevels || ++parts > MostParts)
        {
            throw PdfRefusal.TooComplex("has a colour space with more parts than are compared");
        }

        if (value.IsArray)
        {
            text.Append('[');
            for (var i = 0; i < value.Count; i++)
            {
                Write(checking, value[i], text, depth + 1, ref parts);
            }

            text.Append(']');
        }
        else if (value.IsDictionary || value.IsStream)
        {
            Entries(checking, value, text, depth, ref parts);
        }
        else
        {
            text.Append(CultureInfo.InvariantCulture, $" {value.Name}|{value.Number}|{value.Flag}|{(value.Bytes is { } bytes ? Convert.ToHexString(bytes) : "")}");
        }
    }

    private static void Entries(Checking checking, QpdfObject value, StringBuilder text, int depth, ref int parts)
    {
        text.Append('<');
        foreach (var key in value.Keys().Where(key => !value.IsStream || !NotOfTheObject.Contains(key)).Order(StringComparer.Ordinal))
        {
            text.Append('/').Append(key);
            Write(checking, value[key], text, depth + 1, ref parts);
        }

        text.Append(value.IsStream ? Convert.ToHexString(SHA256.HashData(checking.Unpack(value))) : "").Append('>');
    }
}
