using Digitizer.Native;

namespace Digitizer.Pages.Compact;

/// <summary>A page's colours in memory.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Samples">Red, green, blue a pixel, rows without padding.</param>
internal sealed record ColourPlane(int Width, int Height, byte[] Samples)
{
    public static ColourPlane Of(Pix colour) => new(colour.Width, colour.Height, colour.ToBytes());
}
