using Digitizer.Native;

namespace Digitizer.Conformance.Fonts;

/// <summary>The width of a character by the dictionary of a simple font (ISO 32000-1, 9.2.4).</summary>
internal static class SimpleFontWidth
{
    /// <returns>Null if the dictionary says none: then that of the font program holds.</returns>
    public static double? Of(QpdfObject font, int code)
    {
        var (first, last) = (font["FirstChar"].Integer, font["LastChar"].Integer);
        return code >= first && code <= last && font["Widths"].Count > 0 ? font["Widths"][(int)(code - first.Value)].Number ?? 0 : font["FontDescriptor"]["MissingWidth"].Number;
    }
}
