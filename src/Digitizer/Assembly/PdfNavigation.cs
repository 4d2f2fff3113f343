using System.Globalization;
using static Digitizer.Pages.Pdf.PdfSyntax;

namespace Digitizer.Assembly;

/// <summary>Page labels and bookmarks (ISO 32000-1, 12.3.3 and 12.4.2).</summary>
internal static class PdfNavigation
{
    /// <summary>Writes what long documents need to be found one's way in.</summary>
    /// <param name="file">Takes the objects.</param>
    /// <param name="bookmarks">In the order of their pages.</param>
    /// <param name="pages">Object numbers of the pages.</param>
    /// <returns>Entries of the catalog; nothing for a document of one page.</returns>
    public static string Write(PdfFileWriter file, IReadOnlyList<Bookmark> bookmarks, List<int> pages)
    {
        if (pages.Count < 2)
        {
            return "";
        }

        const string Labels = " /PageLabels << /Nums [0 << /S /D >>] >>";
        return bookmarks.Count == 0 ? Labels : $"{Labels} /Outlines {Outline(file, bookmarks, pages)} 0 R /PageMode /UseOutlines";
    }

    private static int Outline(PdfFileWriter file, IReadOnlyList<Bookmark> bookmarks, List<int> pages)
    {
        var root = file.Reserve();
        var items = bookmarks.Select(_ => file.Reserve()).ToList();
        for (var i = 0; i < items.Count; i++)
        {
            var before = i > 0 ? string.Create(CultureInfo.InvariantCulture, $" /Prev {items[i - 1]} 0 R") : "";
            var after = i + 1 < items.Count ? string.Create(CultureInfo.InvariantCulture, $" /Next {items[i + 1]} 0 R") : "";
            file.Object(items[i], $"<< /Title {TextString(OneLine(bookmarks[i].Title))} /Parent {root} 0 R{before}{after} /Dest [{pages[bookmarks[i].Page]} 0 R /Fit] >>");
        }

        file.Object(root, $"<< /Type /Outlines /First {items[0]} 0 R /Last {items[^1]} 0 R /Count {items.Count} >>");
        return root;
    }
}
