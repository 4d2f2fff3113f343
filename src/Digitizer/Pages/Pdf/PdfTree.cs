using Digitizer.Failures;
using Digitizer.Native;

namespace Digitizer.Pages.Pdf;

/// <summary>A page of the tree with what it inherits (ISO 32000-1, 7.7.3.4).</summary>
/// <param name="Page">The page's dictionary.</param>
/// <param name="Resources">Its own or inherited.</param>
/// <param name="Box">What is shown of it: crop box within media box, in user space.</param>
/// <param name="Rotate">Clockwise quarter turns for showing it.</param>
/// <param name="Unit">Points a unit of user space.</param>
internal sealed record PdfLeaf(QpdfObject Page, QpdfObject Resources, PdfBox Box, int Rotate, double Unit);

/// <summary>
/// Walks the page tree without trust: neither libqpdf's own walk, which recurses, nor /Count decide
/// how far it goes.
/// </summary>
internal sealed class PdfTree(PageLimits limits, PdfLimits pdfLimits)
{
    private static readonly string[] Inheritable = ["Resources", "MediaBox", "CropBox", "Rotate"];

    /// <summary>Object numbers of a page and of the nodes above it, from the root down.</summary>
    internal sealed record Place(IReadOnlyList<(int Id, int Generation)> Path);

    /// <summary>All pages in order.</summary>
    /// <exception cref="DigitizerException">PdfDamaged, PdfTooComplex, TooManyPages.</exception>
    public IReadOnlyList<Place> Walk(QpdfFile file)
    {
        var pages = new List<Place>();
        var seen = new HashSet<int>();
        var root = file.Root["Pages"];
        var announced = root["Count"].Integer;
        if (announced > limits.MaxPages)
        {
            limits.CheckPages(int.MaxValue);
        }

        // Depth first, the first kid on top of the stack.
        var waiting = new Stack<Place>([Down(new Place([]), root, seen)]);
        while (waiting.TryPop(out var place))
        {
            var kids = Node(file, place)["Kids"];
            if (!kids.IsArray)
            {
                pages.Add(place);
                limits.CheckPages(pages.Count);
                continue;
            }

            if (kids.Count > limits.MaxPages)
            {
                limits.CheckPages(kids.Count);
            }

            for (var i = kids.Count - 1; i >= 0; i--)
            {
                waiting.Push(Down(place, kids[i], seen));
            }

            limits.CheckPages(pages.Count + waiting.Count);
            file.ReleaseObjects();
        }

        return announced == pages.Count
            ? pages
            : throw PdfRefusal.Damaged($"it has {pages.Count} pages and says that there are {announced?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"}");
    }

    /// <summary>The page at a place.</summary>
    /// <exception cref="DigitizerException">PdfDamaged, PdfTooComplex.</exception>
    public PdfLeaf Leaf(QpdfFile file, Place place)
    {
        var inherited = Inheritable.ToDictionary(key => key, _ => default(QpdfObject));
        foreach (var (id, generation) in place.Path)
        {
            var node = file.Object(id, generation);
            foreach (var key in Inheritable)
            {
                inherited[key] = node[key] is { IsNothing: false } value ? value : inherited[key];
            }
        }

        var page = Node(file, place);
        var media = PdfBox.Of(inherited["MediaBox"]) ?? throw PdfRefusal.Damaged("a page has no size");
        var box = (PdfBox.Of(inherited["CropBox"]) ?? media).Within(media);
        if (box.Area <= 0)
        {
            throw PdfRefusal.Damaged("a page has no size");
        }

        if (Math.Max(media.Width, media.Height) > pdfLimits.MaxSide)
        {
            throw PdfRefusal.TooComplex(FormattableString.Invariant($"has a page of {media.Width:0} × {media.Height:0} units, at most {pdfLimits.MaxSide:0} a side are read"));
        }

        return new PdfLeaf(page, inherited["Resources"], box, Quarters(inherited["Rotate"]), Unit(page));
    }

    private Place Down(Place parent, QpdfObject kid, HashSet<int> seen)
    {
        if (parent.Path.Count >= pdfLimits.MaxNesting)
        {
            throw PdfRefusal.TooComplex($"has a page tree of more than {pdfLimits.MaxNesting} levels");
        }

        return !kid.IsDictionary || kid.Id == 0 ? throw PdfRefusal.Damaged("its page tree has a hole")
            : seen.Add(kid.Id) ? new Place([.. parent.Path, (kid.Id, kid.Generation)])
            : throw PdfRefusal.Damaged("its page tree comes by the same place twice");
    }

    private static QpdfObject Node(QpdfFile file, Place place) => file.Object(place.Path[^1].Id, place.Path[^1].Generation);

    private static int Quarters(QpdfObject rotate) => rotate.IsNothing ? 0
        : rotate.Number is { } degrees && degrees % 90 == 0 ? (int)(((degrees / 90 % 4) + 4) % 4)
        : throw PdfRefusal.Damaged("a page is to be turned by no quarter turn");

    private static double Unit(QpdfObject page) => page["UserUnit"] switch
    {
        { IsNothing: true } => 1,
        { Number: > 0 and <= 100 and var unit } => unit,
        _ => throw PdfRefusal.Damaged("a page has no size"),
    };
}
