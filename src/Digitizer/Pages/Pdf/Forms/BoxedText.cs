using System.Globalization;
using System.Text;
using System.Xml;

namespace Digitizer.Pages.Pdf.Forms;

/// <summary>Reads the words of a page and their boxes as <c>pdftotext -bbox-layout</c> writes them.</summary>
internal static class BoxedText
{
    private const int MostWords = 200_000;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        CheckCharacters = false,
        MaxCharactersInDocument = 64 << 20,
    };

    /// <summary>Lines in the order of the output.</summary>
    /// <param name="xhtml">The output.</param>
    /// <param name="scale">Pixels a point.</param>
    /// <returns>Nothing if it is no such output.</returns>
    public static IReadOnlyList<BoxedLine> Parse(byte[] xhtml, double scale)
    {
        var lines = new List<BoxedLine>();
        var words = new List<BoxedWord>();
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(xhtml, writable: false), Settings);
            reader.Read();
            for (var count = 0; !reader.EOF && count < MostWords;)
            {
                if (reader is { NodeType: XmlNodeType.Element, Name: "word" } && Box(reader, scale) is { } box)
                {
                    // Leaves the reader at what follows the word, which may be the next one.
                    var parts = reader.ReadElementContentAsString().Normalize(NormalizationForm.FormC).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
                    words.AddRange(parts.Select(part => new BoxedWord(part, box)));
                    count += parts.Length;
                    continue;
                }

                if (reader is { NodeType: XmlNodeType.EndElement, Name: "line" } && words.Count > 0)
                {
                    lines.Add(Line(words));
                    words = [];
                }

                reader.Read();
            }
        }
        catch (Exception e) when (e is XmlException or ArgumentException)
        {
            // Text that cannot be had is text that cannot be trusted.
            return [];
        }

        return lines;
    }

    private static Quad? Box(XmlReader word, double scale)
        => Number(word, "xMin") is { } left && Number(word, "yMin") is { } top && Number(word, "xMax") is { } right && Number(word, "yMax") is { } bottom
            ? Quad.FromBox(left * scale, top * scale, Math.Max(left, right) * scale, Math.Max(top, bottom) * scale)
            : null;

    private static double? Number(XmlReader word, string name)
        => double.TryParse(word.GetAttribute(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) < 1e6 ? value : null;

    private static BoxedLine Line(List<BoxedWord> words)
        => new(Quad.FromBox(words.Min(w => w.Quad.MinX), words.Min(w => w.Quad.MinY), words.Max(w => w.Quad.MaxX), words.Max(w => w.Quad.MaxY)), words);
}
