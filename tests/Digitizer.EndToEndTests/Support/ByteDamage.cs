namespace Digitizer.EndToEndTests.Support;

/// <summary>Damage as it comes over lines and disks, the same for the same seed.</summary>
internal static class ByteDamage
{
    /// <summary>Flips bits all over a file.</summary>
    /// <param name="file">Left as it is.</param>
    /// <param name="ratio">Part of its bits; at least one.</param>
    /// <param name="random">Which.</param>
    public static byte[] Flip(byte[] file, double ratio, Random random)
    {
        var bytes = file.ToArray();
        for (var left = Math.Max(1, (int)Math.Round(8.0 * ratio * bytes.Length)); left > 0; left--)
        {
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        }

        return bytes;
    }
}
