using Digitizer.Conformance.Fonts;

namespace Digitizer.Conformance.Content;

/// <summary>The colour that painting uses.</summary>
/// <param name="IsInitial">Nobody set it: it is DeviceGray.</param>
/// <param name="IsIccCmyk">It is ICCBased with four components.</param>
internal readonly record struct PaintColour(bool IsInitial, bool IsIccCmyk);

/// <summary>What of the graphics state matters here (ISO 32000-1, 8.4).</summary>
internal sealed record ContentState
{
    public PaintColour Fill { get; init; } = new(true, false);

    public PaintColour Stroke { get; init; } = new(true, false);

    public FontUse? Font { get; init; }

    /// <summary>Text rendering mode; 3 is invisible.</summary>
    public int Mode { get; init; }

    public bool OverprintFill { get; init; }

    public bool OverprintStroke { get; init; }

    public int OverprintMode { get; init; }
}
