using Digitizer.Native;

namespace Digitizer.Conformance.Fonts;

/// <summary>The embedded program of a font (ISO 32000-1, 9.9).</summary>
/// <param name="Key">FontFile, FontFile2 or FontFile3.</param>
/// <param name="Stream">The stream.</param>
internal readonly record struct FontProgramFile(string Key, QpdfObject Stream)
{
    /// <summary>Of a FontFile3.</summary>
    public string? Subtype => Stream["Subtype"].Name;

    /// <param name="descriptor">The font descriptor.</param>
    /// <param name="subtype">Of the font, or of its descendant.</param>
    /// <returns>Null if none is embedded that fits the font.</returns>
    public static FontProgramFile? Of(QpdfObject descriptor, string? subtype)
    {
        foreach (var key in Keys(subtype))
        {
            if (descriptor[key] is { IsStream: true } stream)
            {
                return new FontProgramFile(key, stream);
            }
        }

        return null;
    }

    private static string[] Keys(string? subtype) => subtype switch
    {
        "TrueType" or "CIDFontType2" => ["FontFile2", "FontFile3"],
        "CIDFontType0" => ["FontFile3"],
        _ => ["FontFile", "FontFile3"],
    };
}
