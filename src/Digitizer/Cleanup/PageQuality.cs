namespace Digitizer.Cleanup;

/// <summary>What was measured on the page, in the units named. "Stored pixels" are those of the picture as it came, made square.</summary>
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

    /// <summary>Grey levels between the strokes of the print and the paper, 0–255; 0 if hardly anything is printed.</summary>
    public double Contrast { get; init; }

    /// <summary>Share of clearly coloured pixels, 0–1.</summary>
    public double Color { get; init; }

    /// <summary>Grain of the paper: standard deviation of the grey level from pixel to pixel, 0–255; 0 for a bitonal page.</summary>
    public double Noise { get; init; }

    /// <summary>Specks (crumbs of toner, dust) a letter; 0 if no text was found.</summary>
    public double Specks { get; init; }

    /// <summary>Usual width of a stroke, in stored pixels; 0 if no text was found.</summary>
    public double StrokeWidth { get; init; }

    /// <summary>Degrees by which the upright page was turned clockwise to be level; 0 if its slope was not sure.</summary>
    public double Skew { get; init; }

    /// <summary>Grey levels, of 255 that the paper has, by which writing of the other side stands out from it; 0 if none shines through.</summary>
    public double BleedThrough { get; init; }

    /// <summary>Share of the picture that lies outside of the paper (a table, a scanner's lid), 0–1.</summary>
    public double Border { get; init; }
}
