using System.Globalization;
using System.IO.Compression;
using System.Text;
using Digitizer.Native;

namespace Digitizer.Pages.Pdf.Forms;

/// <summary>Takes an object of a PDF that leaves it.</summary>
/// <param name="number">Its number in the new file.</param>
/// <param name="bytes">From "12 0 obj" to "endobj" and a line end.</param>
internal delegate void ObjectSink(int number, ReadOnlySpan<byte> bytes);

/// <summary>
/// Writes objects of a PDF, and all that they refer to, with numbers of another file. What programs, other files and
/// the document's structure hang from is not carried along, nor what PDF/A forbids and nobody sees.
/// </summary>
/// <param name="limits">Bounds of what is followed.</param>
/// <param name="first">The first number that is free in the new file.</param>
/// <param name="sink">Takes the objects.</param>
internal sealed class ObjectWriter(PdfLimits limits, int first, ObjectSink sink)
{
    private const int MostObjects = 500_000;
    private const int MostUnpacked = 256 << 20;

    // Dictionaries of resources: their keys are names that the page made up (ISO 32000-1, 7.8.3), as are those of glyphs and inks.
    private static readonly HashSet<string> Named = new(StringComparer.Ordinal)
    {
        "Font", "XObject", "ColorSpace", "Pattern", "Shading", "Properties", "ExtGState", "CharProcs", "Colorants",
    };

    private static readonly HashSet<string> NotCarried = new(StringComparer.Ordinal)
    {
        "AA", "A", "Metadata", "PieceInfo", "LastModified", "StructParent", "StructParents", "OPI", "Alternates", "Ref", "AF", "EF", "Parent", "Pg", "CIDSet", "CharSet", "Interpolate", "HTP", "PS",

        // What shows nothing where it stands, and PdfSelfCheck wants nowhere.
        "AcroForm", "Annots", "EmbeddedFiles", "Encrypt", "JS", "JavaScript", "Launch", "OpenAction", "Prev", "RichMedia", "URI", "XFA",
    };

    private readonly Dictionary<(int Id, int Generation), int> numbers = [];
    private readonly Queue<(QpdfObject Object, int Number, bool IsNames)> waiting = new();
    private readonly List<(int Number, int Id, int Generation)> layers = [];

    private int reserved;

    /// <summary>The next number that is free.</summary>
    public int Next => first + reserved;

    /// <summary>Layers that can be switched off (ISO 32000-1, 8.11.2) among what was written: number there and here.</summary>
    public IReadOnlyList<(int Number, int Id, int Generation)> Layers => layers;

    /// <summary>Takes a number.</summary>
    public int Reserve() => reserved < MostObjects ? first + reserved++ : throw PdfRefusal.TooComplex($"has a page that refers to more than {MostObjects} objects");

    /// <summary>Writes a stream of our own.</summary>
    /// <param name="number">From <see cref="Reserve"/>.</param>
    /// <param name="entries">Of its dictionary, without filter and length.</param>
    /// <param name="content">Unpacked.</param>
    public void Stream(int number, string entries, ReadOnlySpan<byte> content)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(content);
        }

        CodedStream(number, $"{entries} /Filter /FlateDecode", packed.GetBuffer().AsSpan(0, (int)packed.Length));
    }

    /// <summary>A reference to an object, or the object itself if it is none of its own. What is referred to follows at <see cref="Finish"/>.</summary>
    public string Value(QpdfObject value, bool isNames = false) => Value(value, isNames, 0);

    /// <summary>Writes all that was referred to and is not yet written.</summary>
    public void Finish()
    {
        while (waiting.TryDequeue(out var next))
        {
            if (next.Object.IsStream)
            {
                WriteStream(next.Object, next.Number);
            }
            else
            {
                sink(next.Number, Encoding.Latin1.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{next.Number} 0 obj\n{Direct(next.Object, next.IsNames, 0)}\nendobj\n")));
            }
        }
    }

    private string Value(QpdfObject value, bool isNames, int depth)
    {
        if (value.Id == 0)
        {
            return Direct(value, isNames, depth);
        }

        var key = (value.Id, value.Generation);
        if (!numbers.TryGetValue(key, out var number))
        {
            numbers[key] = number = Reserve();
            waiting.Enqueue((value, number, isNames));
            if (value["Type"].Name == "OCG")
            {
                layers.Add((number, value.Id, value.Generation));
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{number} 0 R");
    }

    private string Direct(QpdfObject value, bool isNames, int depth)
    {
        if (depth > limits.MaxNesting)
        {
            throw PdfRefusal.TooComplex($"has values of more than {limits.MaxNesting} levels");
        }

        return value switch
        {
            { IsFlag: true } => value.Flag == true ? "true" : "false",
            { RealText: { } real } => Real(real),
            { Integer: { } integer } => integer.ToString(CultureInfo.InvariantCulture),
            { Bytes: { } bytes } => $"<{Convert.ToHexString(bytes)}>",
            { Name: { } name } => Name(name),
            { IsArray: true } => Array(value, depth),
            { IsDictionary: true } => $"<<{Entries(value, isNames, depth)} >>",
            _ => "null",
        };
    }

    private string Array(QpdfObject array, int depth)
    {
        var text = new StringBuilder("[");
        for (var i = 0; i < array.Count; i++)
        {
            text.Append(i > 0 ? " " : "").Append(Value(array[i], isNames: false, depth + 1));
        }

        return text.Append(']').ToString();
    }

    private string Entries(QpdfObject dictionary, bool isNames, int depth, params ReadOnlySpan<string> but)
    {
        var text = new StringBuilder();
        foreach (var key in dictionary.Keys().Order(StringComparer.Ordinal))
        {
            var value = dictionary[key];
            if (!value.IsNothing && !but.Contains(key) && (isNames || !(NotCarried.Contains(key) || IsNoTransfer(key, value))))
            {
                text.Append(' ').Append(Name(key)).Append(' ').Append(Value(value, !isNames && Named.Contains(key), depth + 1));
            }
        }

        return text.ToString();
    }

    /// <summary>A transfer function by name changes nothing, and PDF/A has none; one that is given is seen, most of all in a soft mask.</summary>
    private static bool IsNoTransfer(string key, QpdfObject value) => key is "TR" or "TR2" && value.Name is not null;

    private void WriteStream(QpdfObject stream, int number)
    {
        var filters = StreamFilters.Of(stream, limits);
        if (filters.Packing.Contains("LZWDecode", StringComparer.Ordinal))
        {
            // PDF/A has no LZW (ISO 19005-2, 6.1.7.2).
            var unpacked = filters.Unpack(stream, MostUnpacked) ?? throw PdfRefusal.TooComplex($"has a stream of more than {MostUnpacked >> 20} MB");
            var coding = filters.Coding is { } name ? $" /Filter /{name}{(filters.CodingParameters.IsNothing ? "" : $" /DecodeParms {Value(filters.CodingParameters)}")}" : "";
            var entries = Entries(stream, isNames: false, 0, "Length", "Filter", "DecodeParms");
            if (coding.Length == 0)
            {
                Stream(number, entries, unpacked);
            }
            else
            {
                CodedStream(number, entries + coding, unpacked);
            }

            return;
        }

        var own = Entries(stream, isNames: false, 0, "Length");
        _ = StreamFilters.Raw(stream, data =>
        {
            CodedStream(number, own, data);
            return number;
        });
    }

    private void CodedStream(int number, string entries, ReadOnlySpan<byte> data)
    {
        var head = Encoding.Latin1.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{number} 0 obj\n<<{entries} /Length {data.Length} >>\nstream\n"));
        var whole = new byte[head.Length + data.Length + Tail.Length];
        head.CopyTo(whole, 0);
        data.CopyTo(whole.AsSpan(head.Length));
        Tail.CopyTo(whole.AsSpan(head.Length + data.Length));
        sink(number, whole);
    }

    private static ReadOnlySpan<byte> Tail => "\nendstream\nendobj\n"u8;

    /// <summary>As it is written if that is a number of PDF; anything else is none.</summary>
    private static string Real(string text)
        => double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? value.ToString("0.##########", CultureInfo.InvariantCulture)
            : "0";

    // Everything but letters and digits as its code (ISO 32000-1, 7.3.5).
    private static string Name(string name)
    {
        var text = new StringBuilder("/", name.Length + 1);
        foreach (var c in name)
        {
            text.Append(char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '+' or '.' or ',' ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"#{(int)c:X2}"));
        }

        return text.ToString();
    }
}
