using Digitizer.Native;

namespace Digitizer.Conformance.Colours;

/// <summary>Separations of the same name are the same (ISO 19005-2, 6.2.4.4).</summary>
internal sealed class SeparationCheck(Checking checking)
{
    private readonly Dictionary<string, (int Alternate, int Tint, string Print)> known = [];

    public void Check(QpdfObject space, string where)
    {
        if (space[1].Name is not { } name || name is "All" or "None")
        {
            return;
        }

        var (alternate, tint) = (space[2].Id, space[3].Id);
        if (known.TryGetValue(name, out var first) && first.Alternate == alternate && first.Tint == tint && tint != 0)
        {
            return;
        }

        var print = ObjectPrint.Of(checking, space[2]) + ObjectPrint.Of(checking, space[3]);
        checking.Findings.Require(first.Print is null || first.Print == print, "6.2.4.4", "two separations of the same name have different colours", where);
        known.TryAdd(name, (alternate, tint, print));
    }
}
