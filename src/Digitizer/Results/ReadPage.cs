using Digitizer.Assembly;
using Digitizer.Cleanup;
using Digitizer.Failures;
using Digitizer.Pages;
using Digitizer.PageWorkers;
using Digitizer.Recognition;

namespace Digitizer.Results;

/// <summary>A page with all that is known of it, whether or not it could be read.</summary>
/// <param name="Frame">What the headers say.</param>
/// <param name="Attempts">How reading ended.</param>
/// <param name="ImageFile">The coded picture, or null if there is none to show.</param>
/// <param name="ThumbnailFile">The grey copy of the picture as decoded, or null for a page that could not be read.</param>
internal sealed record ReadPage(FrameInfo Frame, PageAttempts Attempts, string? ImageFile, string? ThumbnailFile = null)
{
    private const double LongSideOfA4 = 297 / 25.4;

    public PageOutcome Outcome => Attempts.Result?.Outcome ?? PageOutcome.Unreadable;

    public PageText Text => Attempts.Result?.Text ?? PageText.Empty;

    /// <summary>As read; else the stored picture as it is, on the guess that the paper was A4.</summary>
    public PageGeometry Geometry => Attempts.Result?.Geometry ?? new PageGeometry
    {
        Orientation = 0,
        Skew = 0,
        Matrix = Affine.Identity,
        ShownWidth = Frame.Width,
        ShownHeight = Frame.Height,
        Dpi = Math.Max(1, Math.Round(Math.Max(Frame.Width, Frame.Height) / LongSideOfA4)),
    };

    /// <summary>The page for the PDF.</summary>
    public ShownPage Shown => new(ImageFile is null ? null : Image, Image is null ? null : ImageFile, Geometry, Text.Lines);

    /// <summary>Warnings of the page-worker, and the kind of failure of a page that could not be read.</summary>
    public IReadOnlyList<string> Warnings => Attempts switch
    {
        { Result: { } result } => result.Warnings,
        { Failure: { } failure } => [failure.Kind.ToString()],
        _ => [nameof(FailureKind.PageUnreadable)],
    };

    /// <summary>A picture that our decoder refused is not handed on: readers would refuse it too.</summary>
    private PageImage? Image => Attempts switch
    {
        { Result: { } result } => result.Image,
        { Failure.Kind: FailureKind.ImageDamaged } => null,
        _ => Frame.Image,
    };
}
