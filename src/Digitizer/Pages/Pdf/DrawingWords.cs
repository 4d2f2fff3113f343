using System.Collections.Frozen;
using Digitizer.Native;

namespace Digitizer.Pages.Pdf;

/// <summary>Instructions and states that change nothing about what is seen of an opaque picture.</summary>
internal static class DrawingWords
{
    public static readonly FrozenSet<string> WithoutEffect = FrozenSet.Create(
        StringComparer.Ordinal,
        "w", "J", "j", "M", "d", "ri", "i", "BT", "ET", "Tc", "Tw", "Tz", "TL", "Ts", "Td", "TD", "Tm", "T*",
        "CS", "SC", "SCN", "G", "RG", "K", "MP", "DP", "BMC", "BDC", "EMC", "BX", "EX");

    /// <summary>True if a graphics state dictionary (ISO 32000-1, table 58) neither blends nor recolours.</summary>
    public static bool IsOpaque(QpdfObject state)
        => state["BM"] is var mode && (mode.IsNothing || mode.Name is "Normal" or "Compatible")
        && (state["SMask"].IsNothing || state["SMask"].Name == "None")
        && (state["ca"].Number ?? 1) >= 1 && (state["CA"].Number ?? 1) >= 1
        && IsUnchanged(state["TR"]) && IsUnchanged(state["TR2"]);

    private static bool IsUnchanged(QpdfObject transfer) => transfer.IsNothing || transfer.Name is "Identity" or "Default";
}
