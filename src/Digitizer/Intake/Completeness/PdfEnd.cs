using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Digitizer.Intake.Completeness;

/// <summary>
/// Tells a whole PDF from a cut one by its first and last bytes (ISO 32000-1, 7.5.5 and annex F):
/// <c>startxref</c> and <c>%%EOF</c> close the file, the place that they name holds a
/// cross-reference section, and a linearized file has the length that it says it has.
/// </summary>
internal static partial class PdfEnd
{
    private const int EdgeBytes = 1024;

    /// <param name="file">Can seek; its position is changed.</param>
    public static bool IsWhole(Stream file)
    {
        var tail = Text(file, Math.Max(0, file.Length - EdgeBytes));
        var end = Closing().Matches(tail).LastOrDefault();
        if (end is null || !long.TryParse(end.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var at) || at <= 0 || at >= file.Length)
        {
            return false;
        }

        var linearized = Linearized().Match(Text(file, 0));
        return (!linearized.Success || linearized.Groups[1].Value == file.Length.ToString(CultureInfo.InvariantCulture))
            && Section().IsMatch(Text(file, at));
    }

    // Latin-1 keeps a byte a character; only the syntax, which is ASCII, is looked at.
    private static string Text(Stream file, long at)
    {
        var bytes = new byte[EdgeBytes];
        file.Position = at;
        return Encoding.Latin1.GetString(bytes, 0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
    }

    [GeneratedRegex(@"startxref\s+([0-9]{1,18})\s+%%EOF[\s\0]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Closing();

    [GeneratedRegex(@"/Linearized\b.*?/L\s+([0-9]{1,18})\b", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Linearized();

    [GeneratedRegex(@"^\s*(?:xref\b|[0-9]+\s+[0-9]+\s+obj\b)", RegexOptions.CultureInvariant)]
    private static partial Regex Section();
}
