namespace Digitizer.Benchmarks.Compact;

/// <summary>Figures of <c>compact</c> for one grey or colour page.</summary>
/// <param name="Id">The page.</param>
/// <param name="Profile">What happened to the paper.</param>
/// <param name="Kind">What paper it is.</param>
/// <param name="Dpi">As measured.</param>
/// <param name="IsColour">False: grey.</param>
/// <param name="BytesBefore">Of the coded picture as it came.</param>
/// <param name="Layers">What came of parting it; null: it could not be parted, or nothing was gained.</param>
/// <param name="First">CERf of the page as it came.</param>
/// <param name="Came">CERf of its PDF's page as it came, rendered and read again.</param>
internal sealed record CompactFigures(string Id, string Profile, string Kind, double Dpi, bool IsColour, long BytesBefore, LayersFigures? Layers, double First, double Came)
{
    /// <summary>Whether the product shows it in layers.</summary>
    public bool IsCompact => Layers is { Passes: true };

    /// <summary>Of the picture that the product shows.</summary>
    public long BytesAfter => IsCompact ? Layers!.Bytes : BytesBefore;

    /// <summary>CERf of the PDF's page, rendered and read again.</summary>
    public double Shown => IsCompact ? Layers!.Shown : Came;
}

/// <summary>A page in layers.</summary>
/// <param name="Bytes">Of all layers.</param>
/// <param name="Picture">How far it looks different.</param>
/// <param name="Rate">Characters that read differently, of those of the first reading; 1: not read.</param>
/// <param name="SameNumbers">Whether words with digits read the same.</param>
/// <param name="Passes">Whether the product shows it.</param>
/// <param name="Shown">CERf of its PDF's page, rendered and read again.</param>
internal sealed record LayersFigures(long Bytes, double Picture, double Rate, bool SameNumbers, bool Passes, double Shown);
