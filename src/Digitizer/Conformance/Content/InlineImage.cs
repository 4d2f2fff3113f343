using Digitizer.Pages.Pdf;
using Digitizer.Conformance.Colours;
using Digitizer.Conformance.Syntax;

namespace Digitizer.Conformance.Content;

/// <summary>Pictures within drawing instructions (ISO 19005-2, 6.1.10 and 6.2.8; ISO 32000-1, 8.9.7).</summary>
internal static class InlineImage
{
    private static readonly HashSet<string> Filters =
    [
        "ASCIIHexDecode", "ASCII85Decode", "FlateDecode", "RunLengthDecode", "CCITTFaxDecode", "DCTDecode", "AHx", "A85", "Fl", "RL", "CCF", "DCT",
    ];

    /// <param name="checking">The check.</param>
    /// <param name="entries">Keys and values between BI and ID.</param>
    /// <param name="colours">For its colour space.</param>
    /// <param name="scope">Of the content.</param>
    /// <param name="where">The place.</param>
    public static void Check(Checking checking, IReadOnlyList<CosValue> entries, ColourSpaceCheck colours, ResourceScope scope, string where)
    {
        for (var i = 0; i + 1 < entries.Count; i += 2)
        {
            var value = entries[i + 1];
            switch (entries[i].Name)
            {
                case "F" or "Filter":
                    var names = value.Kind == CosKind.Array ? value.Items : [value];
                    checking.Findings.Require(names.All(n => n.Kind == CosKind.Name && Filters.Contains(n.Name!)), "6.1.10", "an inline image uses a filter that is not allowed", where);
                    break;
                case "I" or "Interpolate":
                    checking.Findings.Require(!value.IsWord("true"), "6.2.8", "an image asks for interpolation", where);
                    break;
                case "Intent":
                    RenderingIntent.Check(checking, value.Name, where);
                    break;
                case "CS" or "ColorSpace":
                    Space(value, colours, scope, where);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Where the instructions go on behind EI.</summary>
    /// <param name="content">The instructions.</param>
    /// <param name="at">Behind ID.</param>
    public static int End(ReadOnlySpan<byte> content, int at)
    {
        for (var i = at + 1; i + 2 <= content.Length; i++)
        {
            var isEnd = content[i] == 'E' && content[i + 1] == 'I' && PdfCharacters.IsBlank(content[i - 1]) && (i + 2 == content.Length || PdfCharacters.IsBlank(content[i + 2]));
            if (isEnd && IsText(content[(i + 2)..Math.Min(content.Length, i + 12)]))
            {
                return i + 2;
            }
        }

        return content.Length;
    }

    private static void Space(CosValue value, ColourSpaceCheck colours, ResourceScope scope, string where)
    {
        // Of an indexed space, what it indexes.
        var name = value.Kind == CosKind.Array && value.Items.Count > 1 ? value.Items[1].Name : value.Name;
        var device = name switch
        {
            "G" or "DeviceGray" => "DeviceGray",
            "RGB" or "DeviceRGB" => "DeviceRGB",
            "CMYK" or "DeviceCMYK" => "DeviceCMYK",
            _ => null,
        };
        if (device is not null)
        {
            colours.CheckDevice(device, scope, where);
        }
        else if (name is not null)
        {
            colours.Check(scope.Find("ColorSpace", name), scope, where);
        }
    }

    // Two letters stand by chance in any picture; instructions follow them only at its end.
    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            if (b > 126 || (b < 32 && !PdfCharacters.IsBlank(b)) || b == 0)
            {
                return false;
            }
        }

        return true;
    }
}
