using Digitizer.Native;
using Digitizer.Pages;

namespace Digitizer.Cleanup;

/// <summary>A page ready to be read: the cleaned grey copy and how it lies on the stored picture.</summary>
internal sealed record CleanPage : IDisposable
{
    /// <summary>Upright, level, 8 bits a pixel. For reading only; nobody sees it.</summary>
    public required Pix Gray { get; init; }

    /// <summary>Pixels of <see cref="Gray"/> → stored pixels.</summary>
    public required Affine ToStored { get; init; }

    /// <summary>Pixels an inch of <see cref="Gray"/>, as its marks say.</summary>
    public required double WorkingDpi { get; init; }

    /// <summary>Height of letters without ascender in <see cref="Gray"/>; 0 if there is no text.</summary>
    public required double XHeight { get; init; }

    /// <summary>Below this level a pixel of <see cref="Gray"/> is ink.</summary>
    public required int InkLimit { get; init; }

    /// <summary>Straight lines that were taken out, in pixels of <see cref="Gray"/>.</summary>
    public required IReadOnlyList<RuleLine> Rules { get; init; }

    public required PageGeometry Geometry { get; init; }

    public required PageQuality Quality { get; init; }

    public required bool IsBlank { get; init; }

    public required IReadOnlyList<CleanupRecord> Steps { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    public void Dispose() => Gray.Dispose();
}
