using Digitizer.Conformance.Syntax;
using Digitizer.Native;

namespace Digitizer.Conformance.Fonts;

/// <summary>Glyphs of a Type 3 font: procedures in its dictionary (ISO 32000-1, 9.6.5).</summary>
internal sealed class Type3Glyphs(Checking checking, FontUse use) : IGlyphs
{
    public bool Has(int code) => Procedure(code).IsStream;

    /// <summary>What d0 or d1, which begin the procedure, say.</summary>
    public double? Width(int code)
    {
        var procedure = Procedure(code);
        if (!procedure.IsStream)
        {
            return null;
        }

        var reader = new CosReader(checking.UnpackContent(procedure), checking.Limits, null, "");
        return reader.Next() is { Kind: CosKind.Number } width ? width.Number : null;
    }

    public string? Name(int code) => null;

    private QpdfObject Procedure(int code) => use.Encoding?.Name(code) is { } name ? use.Dictionary["CharProcs"][name] : default;
}
