using Digitizer.Failures;
using Digitizer.Native;

namespace Digitizer.Pages.Pdf;

/// <summary>
/// The filters of a stream (ISO 32000-1, 7.4): those that pack any data, undone here within bounds,
/// and at most one at the end that codes a picture. libqpdf would undo the first without a bound.
/// </summary>
internal sealed class StreamFilters
{
    private static readonly Dictionary<string, string> Short = new()
    {
        ["Fl"] = "FlateDecode", ["AHx"] = "ASCIIHexDecode", ["A85"] = "ASCII85Decode", ["LZW"] = "LZWDecode",
        ["RL"] = "RunLengthDecode", ["CCF"] = "CCITTFaxDecode", ["DCT"] = "DCTDecode",
    };

    private readonly List<(string Name, QpdfObject Parameters)> packed;

    private StreamFilters(List<(string Name, QpdfObject Parameters)> packed, string? coding, QpdfObject codingParameters)
    {
        this.packed = packed;
        Coding = coding;
        CodingParameters = codingParameters;
    }

    /// <summary>DCTDecode, CCITTFaxDecode, JBIG2Decode or JPXDecode; null if what comes out is not coded further.</summary>
    public string? Coding { get; }

    public QpdfObject CodingParameters { get; }

    /// <summary>Names of the filters that pack.</summary>
    public IEnumerable<string> Packing => packed.Select(p => p.Name);

    /// <exception cref="DigitizerException">PdfDamaged, PdfTooComplex, PdfEncrypted, PdfActiveContent, FormatNotSupported.</exception>
    public static StreamFilters Of(QpdfObject stream, PdfLimits limits)
    {
        if (!stream["F"].IsNothing)
        {
            throw PdfRefusal.Active("a reference to another file");
        }

        var (filter, parameters) = (stream["Filter"], stream["DecodeParms"]);
        var count = filter.IsArray ? filter.Count : filter.IsNothing ? 0 : 1;
        if (count > limits.MaxFilters)
        {
            throw PdfRefusal.TooComplex($"has {count} filters on a stream, at most {limits.MaxFilters} are undone");
        }

        var packed = new List<(string Name, QpdfObject Parameters)>();
        for (var i = 0; i < count; i++)
        {
            var name = (filter.IsArray ? filter[i] : filter).Name ?? throw PdfRefusal.Damaged("a stream does not say how it is packed");
            name = Short.GetValueOrDefault(name, name);
            var its = parameters.IsArray ? parameters[i] : i == 0 ? parameters : default;
            switch (name)
            {
                case "FlateDecode" or "ASCIIHexDecode" or "ASCII85Decode" or "RunLengthDecode" or "LZWDecode":
                    packed.Add((name, its));
                    break;
                case "DCTDecode" or "CCITTFaxDecode" or "JBIG2Decode" or "JPXDecode" when i == count - 1:
                    return new StreamFilters(packed, name, its);
                case "Crypt":
                    throw PdfRefusal.Encrypted();
                default:
                    throw PdfRefusal.Damaged("a stream is packed in a way that does not exist");
            }
        }

        return new StreamFilters(packed, null, default);
    }

    /// <summary>Undoes all filters but <see cref="Coding"/>.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="most">Bytes that any step may give.</param>
    /// <returns>Null if there are more than <paramref name="most"/>.</returns>
    /// <exception cref="DigitizerException">PdfDamaged, FormatNotSupported.</exception>
    public byte[]? Unpack(QpdfObject stream, int most) => Read(stream, most, data => data.ToArray());

    /// <summary>Looks at what <see cref="Unpack"/> would give, without a copy where nothing is packed.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="most">Bytes that any step may give.</param>
    /// <param name="use">Its result is handed on.</param>
    /// <returns>Null if there are more than <paramref name="most"/>.</returns>
    /// <exception cref="DigitizerException">PdfDamaged, FormatNotSupported, and those of <paramref name="use"/>.</exception>
    public T? Read<T>(QpdfObject stream, int most, Func<ReadOnlySpan<byte>, T> use)
        where T : class
    {
        if (packed.Count == 0)
        {
            return Raw(stream, data => data.Length <= most ? use(data) : null);
        }

        var unpacked = Raw(stream, data => data.ToArray());
        foreach (var (name, parameters) in packed)
        {
            if (Unpacking.Undo(name, unpacked, parameters, most) is not { } next)
            {
                return null;
            }

            unpacked = next;
        }

        return use(unpacked);
    }

    /// <summary>Looks at the data as it lies in the file.</summary>
    /// <exception cref="DigitizerException">PdfDamaged.</exception>
    public static T Raw<T>(QpdfObject stream, Func<ReadOnlySpan<byte>, T> use)
    {
        try
        {
            return stream.ReadRaw(use);
        }
        catch (NativeException)
        {
            throw PdfRefusal.Damaged("a stream's data is not where it should be");
        }
    }
}
