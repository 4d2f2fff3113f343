using Digitizer.Native;

namespace Digitizer.Conformance.Content;

/// <summary>
/// Where a content stream's names are looked up. They must be in a dictionary of its own
/// (ISO 19005-2, 6.2.2); what readers would take from the page, or from above it, is a finding.
/// </summary>
internal sealed class ResourceScope
{
    private readonly Checking checking;
    private readonly QpdfObject own;
    private readonly QpdfObject page;
    private readonly bool isInherited;
    private readonly string where;
    private readonly Dictionary<(string Kind, string Name), QpdfObject> found = [];

    private ResourceScope(Checking checking, QpdfObject own, QpdfObject page, bool isInherited, string where)
    {
        this.checking = checking;
        this.own = own;
        this.page = page;
        this.isInherited = isInherited;
        this.where = where;
    }

    /// <param name="checking">The check.</param>
    /// <param name="page">The page.</param>
    /// <param name="resources">Its resources, its own or inherited.</param>
    /// <param name="where">The place.</param>
    public static ResourceScope OfPage(Checking checking, QpdfObject page, QpdfObject resources, string where)
        => new(checking, resources, default, page["Resources"].IsNothing, where);

    /// <summary>Of a form, pattern or glyph within this one.</summary>
    public ResourceScope Within(QpdfObject holder) => new(checking, holder["Resources"], page.IsNothing ? own : page, false, where);

    /// <summary>Looks a name up; nothing if it is nowhere.</summary>
    /// <param name="kind">Font, XObject, ColorSpace, ExtGState, Pattern, Shading or Properties.</param>
    /// <param name="name">As written in the content.</param>
    public QpdfObject Find(string kind, string name)
    {
        if (found.TryGetValue((kind, name), out var known))
        {
            return known;
        }

        var value = own[kind][name];
        if (value.IsNothing)
        {
            value = page[kind][name];
            checking.Findings.Add("6.2.2", value.IsNothing ? $"a {kind} is used that is not among the resources" : $"a {kind} is used that only the page's resources have, not those of the form, pattern or glyph", where);
        }
        else
        {
            checking.Findings.Require(!isInherited, "6.2.2", $"a {kind} is used that the page has not in resources of its own", where);
        }

        return found[(kind, name)] = value;
    }

    /// <summary>DefaultGray, DefaultRGB or DefaultCMYK; nothing if it is not set.</summary>
    public QpdfObject Default(string name) => (own.IsNothing ? page : own)["ColorSpace"][name];
}
