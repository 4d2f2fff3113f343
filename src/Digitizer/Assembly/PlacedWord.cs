namespace Digitizer.Assembly;

/// <summary>A word where the text layer puts it, in points from the top left of the page, y downwards.</summary>
/// <param name="Text">As recognised.</param>
/// <param name="Left">Left edge.</param>
/// <param name="Right">Right edge.</param>
/// <param name="Baseline">Height of the baseline.</param>
/// <param name="FontSize">Above zero.</param>
internal readonly record struct PlacedWord(string Text, double Left, double Right, double Baseline, double FontSize)
{
    public double Width => Right - Left;
}
