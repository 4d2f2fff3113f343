using Digitizer.Native;

namespace Digitizer.Pages.Compact;

/// <summary>A page's colours in memory.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Samples">Red, green, blue a pixel, rows without padding.</param>
internal sealed record ColourPlane(int Width, int Height, byte[] Samples)
{
    /// <param name="pix">8 bits a pixel, or 32.</param>
    public static ColourPlane Of(Pix pix) => new(pix.Width, pix.Height, pix.Depth == 8 ? Thrice(pix.ToBytes()) : pix.ToBytes());

    private static byte[] Thrice(byte[] levels)
    {
        var samples = new byte[3 * levels.Length];
        for (var at = 0; at < levels.Length; at++)
        {
            samples.AsSpan(3 * at, 3).Fill(levels[at]);
        }

        return samples;
    }
}
