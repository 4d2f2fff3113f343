using Digitizer.Native;

namespace Digitizer.Recognition;

/// <summary>A word while its place in the reading order is worked out.</summary>
/// <param name="Engine">As the engine read it.</param>
/// <param name="EngineLine">Number of the engine's line it stands on.</param>
internal sealed record LayoutWord(EngineWord Engine, int EngineLine)
{
    public PixBox Box => Engine.Box;

    public double CentreX => Box.X + (Box.Width / 2.0);

    public double CentreY => Box.Y + (Box.Height / 2.0);
}
