using Digitizer.Pages;

namespace Digitizer.Cleanup;

/// <summary>How the stored picture becomes the upright, level page that is shown and read.</summary>
internal sealed record PageGeometry
{
    /// <summary>Clockwise degrees (0, 90, 180, 270) by which the stored picture is turned to read upright.</summary>
    public required int Orientation { get; init; }

    /// <summary>Degrees by which the upright page is then turned clockwise to be level.</summary>
    public required double Skew { get; init; }

    /// <summary>From stored pixels to pixels of the shown page. May mirror (EXIF orientations 2, 4, 5, 7).</summary>
    public required Affine Matrix { get; init; }

    /// <summary>Width of the shown page in its pixels.</summary>
    public required double ShownWidth { get; init; }

    /// <summary>Height of the shown page in its pixels.</summary>
    public required double ShownHeight { get; init; }

    /// <summary>True resolution in pixels an inch: of the stored picture and, at the same scale, of the shown page.</summary>
    public required double Dpi { get; init; }
}
