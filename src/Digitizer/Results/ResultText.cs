using System.Text;
using Digitizer.Pages;
using Digitizer.Recognition;

namespace Digitizer.Results;

/// <summary>The text file of one document.</summary>
internal static class ResultText
{
    /// <summary>NFC, UTF-8; words separated by blanks, lines by line feeds, pages by form feeds; a row of a table is a line, its cells separated by tabs.</summary>
    public static string Of(IEnumerable<PageText> pages) => string.Join('\f', pages.Select(Page)).Normalize(NormalizationForm.FormC);

    private static string Page(PageText page)
    {
        var text = new StringBuilder();
        TextLine? before = null;
        foreach (var line in page.Lines)
        {
            text.Append(before is null ? "" : Separator(before.Cell, line.Cell)).AppendJoin(' ', line.Words.Select(w => w.Text));
            before = line;
        }

        return text.ToString();
    }

    private static string Separator(CellPlace? before, CellPlace? place) => before is null || place is null ? "\n"
        : before == place ? " "
        : (before.Table, before.Row) == (place.Table, place.Row) ? "\t"
        : "\n";
}
