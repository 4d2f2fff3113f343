using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Digitizer.Conformance.Fonts;

/// <summary>Names of glyphs and the encodings made of them; glyphlist.txt and glyph-names.txt say where they are from.</summary>
internal static class GlyphNames
{
    public const string NotDefined = ".notdef";
    private static readonly Lazy<Dictionary<string, string>> Listed = new(ReadList);
    private static readonly Lazy<Dictionary<string, string[]>> Sections = new(ReadSections);
    private static readonly ConcurrentDictionary<string, IReadOnlyList<string>> Encodings = new();
    private static readonly Lazy<HashSet<string>> Symbols = new(() => [.. Names("symbol"), .. Names("zapf")]);

    /// <summary>The text a glyph means by the Adobe Glyph List; null if it is not in it.</summary>
    public static string? Unicode(string name) => Listed.Value.GetValueOrDefault(name);

    /// <summary>True for glyphs of Symbol and ZapfDingbats.</summary>
    public static bool IsSymbol(string name) => Symbols.Value.Contains(name);

    /// <summary>Names in the order of a section of glyph-names.txt.</summary>
    public static IReadOnlyList<string> Names(string section) => Sections.Value[section];

    /// <summary>256 names of an encoding, <c>.notdef</c> where it has no glyph.</summary>
    /// <param name="section">standard, winansi, macroman, macexpert, macos, cff-expert-encoding.</param>
    public static IReadOnlyList<string> Encoding(string section) => Encodings.GetOrAdd(section, ReadEncoding);

    private static IReadOnlyList<string> ReadEncoding(string section)
    {
        var names = Enumerable.Repeat(NotDefined, 256).ToArray();
        var pairs = Sections.Value[section];
        for (var i = 0; i + 1 < pairs.Length; i += 2)
        {
            names[int.Parse(pairs[i], CultureInfo.InvariantCulture)] = pairs[i + 1];
        }

        return names;
    }

    private static Dictionary<string, string> ReadList()
    {
        var list = new Dictionary<string, string>();
        foreach (var line in Lines("glyphlist.txt"))
        {
            var parts = line.Split(';', ' ');
            var text = new StringBuilder();
            foreach (var code in parts[1..])
            {
                text.Append(char.ConvertFromUtf32(int.Parse(code, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)));
            }

            list[parts[0]] = text.ToString();
        }

        return list;
    }

    private static Dictionary<string, string[]> ReadSections()
    {
        var sections = new Dictionary<string, string[]>();
        var (name, words) = ("", new List<string>());
        foreach (var line in Lines("glyph-names.txt").Append("[]"))
        {
            if (line[0] == '[')
            {
                sections[name] = [.. words];
                (name, words) = (line.Trim('[', ']'), []);
            }
            else
            {
                words.AddRange(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            }
        }

        return sections;
    }

    private static List<string> Lines(string resource)
    {
        using var reader = new StreamReader(typeof(GlyphNames).Assembly.GetManifestResourceStream(resource)!);
        var lines = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                lines.Add(line);
            }
        }

        return lines;
    }
}
