using System.Globalization;
using System.Text;

namespace Digitizer.Failures;

/// <summary>File names as people see them: on one line, without characters that hide or turn round what follows.</summary>
internal static class ShownName
{
    /// <summary>Writes control and formatting characters as escapes (<c>\n</c>, <c>\u202E</c>) and leaves letters alone.</summary>
    public static string Escape(string name)
    {
        if (!name.Any(NeedsEscape))
        {
            return name;
        }

        var shown = new StringBuilder();
        foreach (var c in name)
        {
            _ = (c, NeedsEscape(c)) switch
            {
                ('\n', _) => shown.Append("\\n"),
                ('\r', _) => shown.Append("\\r"),
                ('\t', _) => shown.Append("\\t"),
                (_, true) => shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => shown.Append(c),
            };
        }

        return shown.ToString();
    }

    /// <summary>True for control, formatting (bidirectional overrides among them) and line-breaking characters.</summary>
    public static bool NeedsEscape(char c) => char.GetUnicodeCategory(c) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
