using Digitizer.Conformance.Syntax;
using Digitizer.Pages.Pdf;

namespace Digitizer.Conformance.Fonts;

/// <summary>Reads CMap files (Adobe Technical Note 5014), as far as PDF uses them.</summary>
internal static class CMapReader
{
    private const int MostOperands = 1_000_000;

    /// <exception cref="Failures.DigitizerException">PdfDamaged, PdfTooComplex.</exception>
    public static CMap Read(byte[] data, PdfLimits limits)
    {
        var map = new CMap();
        var operands = new List<CosValue>();
        var reader = new CosReader(data, limits, null, "");
        while (reader.Next() is { } value)
        {
            if (value.Kind != CosKind.Word || value.Name is "true" or "false" or "null")
            {
                operands.Add(operands.Count < MostOperands ? value : throw PdfRefusal.TooComplex("has a CMap longer than is read"));
                continue;
            }

            Do(map, value.Name!, operands);
            operands.Clear();
        }

        return map;
    }

    private static void Do(CMap map, string word, List<CosValue> operands)
    {
        switch (word)
        {
            case "def" when operands.Count >= 2 && operands[^2].Name == "WMode":
                map.WritingMode = (int)operands[^1].Number;
                break;
            case "def" when operands.Count >= 2 && operands[^2].Name == "CMapName":
                map.Name = operands[^1].Name;
                break;
            case "usecmap" when operands.Count >= 1 && operands[^1].Name is { } name:
                map.Used.Add(name);
                break;
            case "endcodespacerange":
                Each(operands, 2, part => map.AddCodeSpace(part[0].Bytes.Length, Code(part[0]), Code(part[1])));
                break;
            case "endcidrange":
                Each(operands, 3, part => map.AddCids(Code(part[0]), Code(part[1]), (int)part[2].Number));
                break;
            case "endcidchar":
                Each(operands, 2, part => map.AddCids(Code(part[0]), Code(part[0]), (int)part[1].Number));
                break;
            case "endbfrange":
                Each(operands, 3, part => Range(map, part));
                break;
            case "endbfchar":
                Each(operands, 2, part => map.AddTexts(Code(part[0]), Code(part[0]), Text(part[1])));
                break;
            default:
                break;
        }
    }

    private static void Each(List<CosValue> operands, int size, Action<List<CosValue>> use)
    {
        for (var i = 0; i + size <= operands.Count; i += size)
        {
            use(operands.GetRange(i, size));
        }
    }

    private static void Range(CMap map, List<CosValue> part)
    {
        var (low, high) = (Code(part[0]), Code(part[1]));
        if (part[2].Kind != CosKind.Array)
        {
            map.AddTexts(low, high, Text(part[2]));
            return;
        }

        for (var i = 0; i < part[2].Items.Count && low + i <= high; i++)
        {
            map.AddTexts((uint)(low + i), (uint)(low + i), Text(part[2].Items[i]));
        }
    }

    private static uint Code(CosValue value)
    {
        var code = 0u;
        foreach (var b in value.Bytes.AsSpan(0, Math.Min(4, value.Bytes.Length)))
        {
            code = (code << 8) | b;
        }

        return code;
    }

    // A name stands for the text of the glyph that it names.
    private static byte[] Text(CosValue value)
        => value.Kind == CosKind.Name ? System.Text.Encoding.BigEndianUnicode.GetBytes(GlyphNames.Unicode(value.Name!) ?? "") : value.Bytes;
}
