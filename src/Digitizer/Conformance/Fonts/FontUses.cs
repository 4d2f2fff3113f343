using Digitizer.Native;

namespace Digitizer.Conformance.Fonts;

/// <summary>The fonts that text is shown with, each once.</summary>
internal sealed class FontUses(Checking checking)
{
    private readonly Dictionary<(int Id, string Direct), FontUse> uses = [];

    public IEnumerable<FontUse> All => uses.Values;

    /// <summary>The font with a dictionary; null if there is none.</summary>
    public FontUse? Of(QpdfObject dictionary, string where)
    {
        if (!dictionary.IsDictionary)
        {
            return null;
        }

        var key = (dictionary.Id, dictionary.Id == 0 ? where : "");
        return uses.TryGetValue(key, out var use) ? use : uses[key] = new FontUse(checking, dictionary, where);
    }
}
