namespace Digitizer.Pages.Jbig2;

/// <summary>A coded generic region.</summary>
/// <param name="Template">The neighbours that made a context.</param>
/// <param name="Typical">Whether rows that repeat the one above them are only marked as such.</param>
/// <param name="Bytes">The arithmetic coder's data.</param>
/// <param name="Ends">By row: bytes when it had been coded.</param>
internal sealed record CodedRegion(ContextTemplate Template, bool Typical, byte[] Bytes, int[] Ends)
{
    // What is behind by more than one part in so many after half of the bytes does not catch up but by chance.
    private const int Tolerance = 256;

    // Shorter ones are coded to their end, as half of them says little.
    private const int LeastToGiveUp = 4096;

    /// <summary>Whether another coding of the same rows need not be finished.</summary>
    /// <param name="row">Its last coded row.</param>
    /// <param name="length">Its bytes by then.</param>
    public bool Leaves(int row, int length)
        => Bytes.Length > LeastToGiveUp && Ends[row] > Bytes.Length / 2 && length > Ends[row] + (Ends[row] / Tolerance);
}
