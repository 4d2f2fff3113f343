using Digitizer.Native;

namespace Digitizer.Conformance.Document;

/// <summary>The catalog, outlines and names (ISO 19005-2, 6.5, 6.8, 6.10 and 6.11).</summary>
internal sealed class CatalogCheck(Checking checking, ActionCheck actions)
{
    private const string Where = "the catalog";

    public void Check()
    {
        var (root, findings) = (checking.File.Root, checking.Findings);
        findings.Require(root["AA"].IsNothing, "6.5.2", "the document has actions of its own", Where);
        findings.Require(root["Requirements"].IsNothing, "6.11", "the document has requirements for its reader", Where);
        findings.Require(root["Names"]["AlternatePresentations"].IsNothing, "6.10", "the document has alternate presentations", Where);
        findings.Require(root["Names"]["JavaScript"].IsNothing, "6.5.1", "the document has scripts", Where);
        findings.Guard("6.5.1", Where, () =>
        {
            actions.Check(root["OpenAction"], Where);
            actions.CheckAll(root["AA"], Where);
            Outline(root["Outlines"]["First"], 0);
        });
        findings.Guard("6.8", Where, () => Files(root["Names"]["EmbeddedFiles"], 0));
    }

    private void Outline(QpdfObject item, int depth)
    {
        for (; item.IsDictionary; item = item["Next"])
        {
            actions.Count(depth);
            actions.Check(item["A"], "the outline");
            Outline(item["First"], depth + 1);
        }
    }

    private void Files(QpdfObject tree, int depth)
    {
        actions.Count(depth);
        for (var i = 1; i < tree["Names"].Count; i += 2)
        {
            actions.Count(depth);
            var file = tree["Names"][i];
            checking.Findings.Require(!file["F"].IsNothing && !file["UF"].IsNothing, "6.8", "an embedded file has not both names", Where);
            checking.Findings.Add("6.8", "cannot be decided: a file is embedded, and is not looked into", Where);
        }

        for (var i = 0; i < tree["Kids"].Count; i++)
        {
            Files(tree["Kids"][i], depth + 1);
        }
    }
}
