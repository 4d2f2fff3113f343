using Digitizer.Native;
using Digitizer.Pages.Pdf;

namespace Digitizer.Conformance.Fonts;

/// <summary>A font and the codes that are shown with it.</summary>
internal sealed class FontUse(Checking checking, QpdfObject dictionary, string where)
{
    private const int MostCodes = 200_000;
    private readonly Dictionary<int, bool> codes = [];
    private CMap? map;
    private bool isMapRead;

    public QpdfObject Dictionary { get; } = dictionary;

    /// <summary>Where it was met first.</summary>
    public string Where { get; } = where;

    /// <summary>Of a simple font; null if it has none.</summary>
    public FontEncoding? Encoding { get; } = FontEncoding.Of(dictionary["Encoding"]);

    public bool IsComposite => Dictionary["Subtype"].Name == "Type0";

    /// <summary>Codes shown, and whether ever so that they can be seen.</summary>
    public IReadOnlyDictionary<int, bool> Codes => codes;

    /// <summary>True if something was shown other than invisibly.</summary>
    public bool IsSeen { get; private set; }

    /// <summary>Code → CID of a composite font; null where it cannot be known.</summary>
    public CMap? Map
    {
        get
        {
            if (!isMapRead)
            {
                isMapRead = true;
                checking.Findings.Guard("6.2.11.3", Where, () => map = ReadMap(Dictionary["Encoding"], 0));
            }

            return map;
        }
    }

    /// <summary>Notes the codes of a text.</summary>
    /// <param name="text">Bytes of the string.</param>
    /// <param name="mode">Rendering mode.</param>
    /// <returns>Procedures of a Type 3 font's glyphs that were not shown before.</returns>
    public IReadOnlyList<QpdfObject> Show(byte[] text, int mode)
    {
        var glyphs = new List<QpdfObject>();
        IsSeen |= mode != 3 && text.Length > 0;
        for (var at = 0; at < text.Length;)
        {
            var code = !IsComposite ? text[at++] : Map is { HasCodeSpaces: true } known ? known.Read(text, ref at) : Skip(text, ref at);
            var isNew = !codes.TryGetValue(code, out var wasSeen);
            codes[code] = wasSeen || mode != 3;
            if (isNew && Dictionary["Subtype"].Name == "Type3" && Encoding?.Name(code) is { } name && Dictionary["CharProcs"][name] is { IsStream: true } glyph)
            {
                glyphs.Add(glyph);
            }

            if (codes.Count > MostCodes)
            {
                throw PdfRefusal.TooComplex("shows more different characters than are looked at");
            }
        }

        return glyphs;
    }

    private static int Skip(byte[] text, ref int at)
    {
        at = text.Length;
        return 0;
    }

    private CMap? ReadMap(QpdfObject encoding, int depth)
    {
        if (encoding.Name is { } name)
        {
            return name is "Identity-H" or "Identity-V" ? CMap.Identity : null;
        }

        if (!encoding.IsStream || depth > 4)
        {
            throw PdfRefusal.Damaged("a composite font has no encoding");
        }

        var read = CMapReader.Read(checking.Unpack(encoding), checking.Limits);
        if (encoding["UseCMap"] is { IsNothing: false } used)
        {
            if (ReadMap(used, depth + 1) is not { } basis || basis == CMap.Identity)
            {
                return null;
            }

            read.AddAll(basis);
        }

        // What a predefined CMap says that it builds on is not known here.
        return read.Used.Count > 0 && encoding["UseCMap"].IsNothing ? null : read;
    }
}
