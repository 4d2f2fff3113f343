using Digitizer.Native;

namespace Digitizer.Conformance.Document;

/// <summary>Configurations of optional content (ISO 19005-2, 6.9).</summary>
internal sealed class OptionalContentCheck(Checking checking)
{
    private const string Where = "the optional content";
    private const int Most = 10_000;
    private readonly HashSet<string> names = [];

    public void Check()
    {
        var properties = checking.File.Root["OCProperties"];
        if (properties.IsNothing)
        {
            return;
        }

        var groups = new HashSet<int>();
        for (var i = 0; i < Math.Min(Most, properties["OCGs"].Count); i++)
        {
            groups.Add(properties["OCGs"][i].Id);
        }

        Configuration(properties["D"], groups);
        for (var i = 0; i < Math.Min(Most, properties["Configs"].Count); i++)
        {
            Configuration(properties["Configs"][i], groups);
        }
    }

    private void Configuration(QpdfObject configuration, HashSet<int> groups)
    {
        var name = configuration["Name"].Bytes;
        checking.Findings.Require(name is { Length: > 0 }, "6.9", "a configuration has no name", Where);
        checking.Findings.Require(name is null || names.Add(Convert.ToHexString(name)), "6.9", "two configurations have the same name", Where);
        checking.Findings.Require(configuration["AS"].IsNothing, "6.9", "a configuration has an entry AS", Where);
        if (configuration["Order"].IsArray)
        {
            var (listed, left) = (new HashSet<int>(), Most);
            Order(configuration["Order"], listed, 0, ref left);
            checking.Findings.Require(groups.IsSubsetOf(listed), "6.9", "the order of a configuration does not list every group", Where);
        }
    }

    private void Order(QpdfObject order, HashSet<int> listed, int depth, ref int left)
    {
        for (var i = 0; i < order.Count && depth <= checking.Limits.MaxNesting && left-- > 0; i++)
        {
            if (order[i].IsArray)
            {
                Order(order[i], listed, depth + 1, ref left);
            }
            else if (order[i].IsDictionary)
            {
                listed.Add(order[i].Id);
            }
        }
    }
}
