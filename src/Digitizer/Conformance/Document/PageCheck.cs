using Digitizer.Conformance.Content;
using Digitizer.Native;
using Digitizer.Pages;
using Digitizer.Pages.Pdf;

namespace Digitizer.Conformance.Document;

/// <summary>Every page with what is on it (ISO 19005-2, 6.1.13, 6.2, 6.3, 6.5.2 and 6.10).</summary>
internal sealed class PageCheck(Checking checking, ContentCheck contents, ActionCheck actions)
{
    private const int MostAnnotations = 20_000;
    private readonly AnnotationCheck annotations = new(checking, contents, actions);
    private readonly HashSet<int> nodes = [];

    /// <exception cref="Failures.DigitizerException">The page tree cannot be followed.</exception>
    public void Check()
    {
        var tree = new PdfTree(PageLimits.Default, checking.Limits);
        var places = tree.Walk(checking.File);
        for (var i = 0; i < places.Count; i++)
        {
            var where = $"page {i + 1}";
            foreach (var (id, generation) in places[i].Path.SkipLast(1).Where(node => nodes.Add(node.Id)))
            {
                PageBoxesCheck.Check(checking, checking.File.Object(id, generation), where);
            }

            var leaf = checking.File.Object(places[i].Path[^1].Id, places[i].Path[^1].Generation);
            checking.Findings.Guard("6.2.2", where, () => Page(leaf, Resources(places[i]), where));
        }
    }

    private QpdfObject Resources(PdfTree.Place place)
    {
        var resources = default(QpdfObject);
        foreach (var (id, generation) in place.Path)
        {
            resources = checking.File.Object(id, generation)["Resources"] is { IsNothing: false } own ? own : resources;
        }

        return resources;
    }

    private void Page(QpdfObject page, QpdfObject resources, string where)
    {
        PageBoxesCheck.Check(checking, page, where);
        checking.Findings.Require(page["AA"].IsNothing, "6.5.2", "a page has actions of its own", where);
        checking.Findings.Require(page["PresSteps"].IsNothing, "6.10", "a page is a presentation of several steps", where);
        actions.CheckAll(page["AA"], where);

        var scope = ResourceScope.OfPage(checking, page, resources, where);
        contents.IsTransparent = page["Group"]["S"].Name == "Transparency" && page["Group"]["CS"].IsNothing;
        contents.Group(page["Group"], scope, where);
        checking.Findings.Guard("6.2.2", where, () => contents.Page(page["Contents"], scope, where));
        var notes = page["Annots"];
        checking.Findings.Require(notes.Count <= MostAnnotations, "6.3.1", "a page has more annotations than are looked at", where);
        for (var i = 0; i < Math.Min(notes.Count, MostAnnotations); i++)
        {
            checking.Findings.Guard("6.3.1", where, () => annotations.Check(notes[i], scope, where));
        }

        var hasSpace = checking.OutputSpace is not null || !page["Group"]["CS"].IsNothing;
        checking.Findings.Require(hasSpace || !contents.IsTransparent, "6.2.10", "something is transparent, and neither the page nor an output intent says in which colour space", where);
    }
}
