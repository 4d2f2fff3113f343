using Digitizer.Native;

namespace Digitizer.Conformance.Content;

/// <summary>Dictionaries of graphics states (ISO 19005-2, 6.2.5, 6.2.6 and 6.2.10).</summary>
internal sealed class GraphicsStateCheck(Checking checking)
{
    private const int MostModes = 32;
    private static readonly HashSet<string> BlendModes =
    [
        "Normal", "Compatible", "Multiply", "Screen", "Overlay", "Darken", "Lighten", "ColorDodge", "ColorBurn", "HardLight",
        "SoftLight", "Difference", "Exclusion", "Hue", "Saturation", "Color", "Luminosity",
    ];

    private static readonly HashSet<string> Primaries = ["Cyan", "Magenta", "Yellow", "Black", "Red", "Green", "Blue"];

    public void Check(QpdfObject entries, string where)
    {
        var findings = checking.Findings;
        findings.Require(entries["TR"].IsNothing, "6.2.5", "a graphics state has a transfer function (TR)", where);
        findings.Require(entries["TR2"].IsNothing || entries["TR2"].Name == "Default", "6.2.5", "a graphics state has a transfer function (TR2)", where);
        findings.Require(entries["HTP"].IsNothing, "6.2.5", "a graphics state has an entry HTP", where);
        if (entries["HT"] is { IsNothing: false } halftone && halftone.Name is null)
        {
            Halftone(halftone, null, where);
        }

        if (!entries["RI"].IsNothing)
        {
            RenderingIntent.Check(checking, entries["RI"].Name, where);
        }

        var isKnown = Modes(entries["BM"]).All(mode => mode is not null && BlendModes.Contains(mode));
        findings.Require(isKnown, "6.2.10", "a blend mode does not exist", where);
    }

    /// <summary>The state after <c>gs</c>.</summary>
    public static ContentState Apply(QpdfObject entries, ContentState state)
    {
        var both = entries["OP"].Flag;
        return state with
        {
            OverprintStroke = both ?? state.OverprintStroke,
            OverprintFill = entries["op"].Flag ?? both ?? state.OverprintFill,
            OverprintMode = (int)Math.Clamp(entries["OPM"].Integer ?? state.OverprintMode, 0, 2),
        };
    }

    public static bool IsTransparent(QpdfObject entries)
        => entries["SMask"].IsDictionary || entries["ca"].Number is < 1 || entries["CA"].Number is < 1 || Modes(entries["BM"]).Any(mode => mode is not ("Normal" or "Compatible"));

    private static IEnumerable<string?> Modes(QpdfObject mode)
        => mode.IsNothing ? [] : mode.IsArray ? Enumerable.Range(0, Math.Min(mode.Count, MostModes)).Select(i => mode[i].Name) : [mode.Name];

    private void Halftone(QpdfObject halftone, string? colorant, string where)
    {
        var type = halftone["HalftoneType"].Integer;
        checking.Findings.Require(type is 1 || (type is 5 && colorant is null), "6.2.5", "a halftone has a type other than 1 and 5", where);
        checking.Findings.Require(halftone["HalftoneName"].IsNothing, "6.2.5", "a halftone has a name", where);
        var hasTransfer = !halftone["TransferFunction"].IsNothing;
        var isRight = colorant is null or "Default" || hasTransfer != Primaries.Contains(colorant);
        checking.Findings.Require(isRight, "6.2.5", "a halftone's transfer function is there where it must not be, or is missing", where);
        if (type == 5 && colorant is null)
        {
            foreach (var key in halftone.Keys().Where(key => halftone[key].IsDictionary || halftone[key].IsStream))
            {
                Halftone(halftone[key], key, where);
            }
        }
    }
}
