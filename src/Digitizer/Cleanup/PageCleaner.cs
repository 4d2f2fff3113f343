using Digitizer.Pages;

namespace Digitizer.Cleanup;

/// <summary>A decoded page → the copy that is read. The steps work in the order of the list below.</summary>
/// <param name="read">The judge of which way is up.</param>
/// <param name="exchange">What takes the place of a step, for whoever measures what each is worth; null: nothing.</param>
internal sealed class PageCleaner(TrialReading read, Func<ICleanupStep, ICleanupStep>? exchange = null)
{
    private readonly ICleanupStep[] light = Exchanged([new DropSeals(), new FlattenPaper()], exchange);

    private readonly ICleanupStep[] steps = Exchanged(
    [
        new SquarePixels(),
        new FollowOrientationTag(),
        new Orient(read),
        new TextHeight(),
        new Deskew(),
        new FindShineThrough(read),
        new SuppressPale(read),
        new RemoveBarcodes(),
        new RemoveLeaders(),
        new RemoveRules(),
        new Despeckle(),
        new ClearZeros(),
    ], exchange);

    // What decides how a page is shown, whether or not there is anything on it.
    private const int StepsOfBlank = 2;

    /// <summary>Cleans one page.</summary>
    /// <param name="decoded">The page; stays as it is.</param>
    public CleanPage Clean(DecodedPage decoded)
    {
        using var page = new WorkingPage(decoded, decoded.Pixels.ToGray(), Affine.Identity);
        var records = light.Select(step => step.Apply(page)).ToList();
        var ink = Measures.InkShare(page.Ink);
        var blank = BlankPage.Looks(page);
        records.AddRange((blank ? steps.Take(StepsOfBlank) : steps).Select(step => step.Apply(page)));
        var quality = page.Quality with { XHeight = page.XHeight / page.Scale, Ink = ink, Skew = page.Skew, Color = Measures.ColorShare(decoded.Pixels) };
        var dpi = Resolution.Estimate(page, Resolution.AreLetters(quality.XHeight, quality.StrokeWidth) ? quality.XHeight : 0);
        blank |= page.ShinesThrough;
        return new CleanPage
        {
            Gray = page.Gray.Clone(),
            ToStored = page.ToWorking.Inverse(),
            WorkingDpi = Resolution.ByMarks(page, quality.XHeight) * page.Scale,
            XHeight = page.XHeight,
            InkLimit = page.Levels.Limit,
            Rules = page.Rules,
            Geometry = Geometry(page, dpi),
            Quality = quality,
            IsBlank = blank,
            Steps = records,
            Warnings = PageWarnings.Of(quality, dpi, blank, decoded),
        };
    }

    private static ICleanupStep[] Exchanged(ICleanupStep[] steps, Func<ICleanupStep, ICleanupStep>? exchange)
        => Array.ConvertAll(steps, step => exchange?.Invoke(step) ?? step);

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
