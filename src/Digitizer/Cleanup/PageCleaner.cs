using Digitizer.Pages;

namespace Digitizer.Cleanup;

/// <summary>A decoded page → the copy that is read. The steps work in the order of the list below.</summary>
/// <param name="read">The judge of which way is up.</param>
/// <param name="exchange">What takes the place of a step, for whoever measures what each is worth; null: nothing.</param>
internal sealed class PageCleaner(TrialReading read, Func<ICleanupStep, ICleanupStep>? exchange = null)
{
    private readonly ICleanupStep[] steps = Array.ConvertAll<ICleanupStep, ICleanupStep>(
    [
        new DropSeals(),
        new SquarePixels(),
        new FollowOrientationTag(),
        new Orient(read),
        new TextHeight(),
        new Deskew(),
        new LevelBackground(),
        new RemoveRules(),
        new RemoveLeaders(),
    ], step => exchange?.Invoke(step) ?? step);

    // What decides how a page is shown, whether or not there is anything on it.
    private const int StepsOfBlank = 3;

    /// <summary>Cleans one page.</summary>
    /// <param name="decoded">The page; stays as it is.</param>
    public CleanPage Clean(DecodedPage decoded)
    {
        using var page = new WorkingPage(decoded, decoded.Pixels.ToGray(), Affine.Identity);
        var quality = Measures.Of(page);
        var blank = BlankPage.Looks(page);
        var records = (blank ? steps.Take(StepsOfBlank) : steps).Select(step => step.Apply(page)).ToList();
        var xHeight = page.XHeight;
        var dpi = Resolution.Estimate(page, xHeight / page.Scale);
        return new CleanPage
        {
            Gray = page.Gray.Clone(),
            ToStored = page.ToWorking.Inverse(),
            WorkingDpi = dpi * page.Scale,
            XHeight = xHeight,
            Rules = page.Rules,
            Geometry = Geometry(page, dpi),
            Quality = quality with { XHeight = xHeight / page.Scale },
            IsBlank = blank,
            Steps = records,
            Warnings = Resolution.Warnings(dpi, xHeight / page.Scale, decoded),
        };
    }

    private static PageGeometry Geometry(WorkingPage page, double dpi) => new()
    {
        Orientation = 90 * page.Quarters,
        Skew = page.Skew,
        Matrix = page.ToWorking.Then(Affine.Scale(1 / page.Scale, 1 / page.Scale)),
        ShownWidth = page.Gray.Width / page.Scale,
        ShownHeight = page.Gray.Height / page.Scale,
        Dpi = dpi,
    };
}
