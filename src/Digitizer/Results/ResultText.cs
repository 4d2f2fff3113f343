using System.Text;
using Digitizer.Recognition;

namespace Digitizer.Results;

/// <summary>The text file of one document.</summary>
internal static class ResultText
{
    /// <summary>NFC, UTF-8; words separated by blanks, lines by line feeds, pages by form feeds.</summary>
    public static string Of(IEnumerable<PageText> pages) => string.Join('\f', pages.Select(Page)).Normalize(NormalizationForm.FormC);

    private static string Page(PageText page) => string.Join('\n', page.Lines.Select(l => string.Join(' ', l.Words.Select(w => w.Text))));
}
