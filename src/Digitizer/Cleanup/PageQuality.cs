namespace Digitizer.Cleanup;

/// <summary>What was measured on the page, in the units named.</summary>
internal sealed record PageQuality
{
    /// <summary>Median height of the letters without ascenders, in stored pixels; 0 if no text was found.</summary>
    public double XHeight { get; init; }

    /// <summary>Share of dark pixels after binarizing, 0–1.</summary>
    public double Ink { get; init; }

    /// <summary>Grey level of the paper, 0–255.</summary>
    public double Background { get; init; }

    /// <summary>Spread (10th to 90th percentile) of the paper's grey level over the page, 0–255.</summary>
    public double BackgroundSpread { get; init; }

    /// <summary>Grey levels between ink and paper, 0–255.</summary>
    public double Contrast { get; init; }

    /// <summary>Share of clearly coloured pixels, 0–1.</summary>
    public double Color { get; init; }
}
