using Digitizer.Native;

namespace Digitizer.Cleanup;

/// <summary>Brings uneven light, shadows and tinted paper to white; the ink keeps its strength in proportion, and its thin strokes.</summary>
internal sealed class FlattenPaper : ICleanupStep
{
    private const int White = 255;

    public CleanupRecord Apply(WorkingPage page)
    {
        if (page.Source.Pixels.Depth == 1)
        {
            page.Levels = InkLevels.Bitonal;
            page.Quality = page.Quality with { Background = White, Contrast = White };
            return new CleanupRecord("background", false, "bitonal");
        }

        var (width, height) = (page.Gray.Width, page.Gray.Height);
        var gray = page.Gray.ToBytes();
        var paper = PaperMap.Of(gray, width, height);
        var flat = paper.Flatten(gray, width, height);
        page.Retouch(Pix.FromGray(flat, width, height));
        page.Levels = InkLevels.Of(flat, width, height);
        page.Quality = page.Quality with
        {
            Background = paper.Usual,
            BackgroundSpread = paper.Spread,
            Contrast = paper.Usual * (White - page.Levels.Print) / (double)White,
            Noise = PaperGrain.Of(gray, width, height),
            Border = paper.Outside,
        };
        return new CleanupRecord("background", true, FormattableString.Invariant($"paper {paper.Usual}, spread {paper.Spread}, {paper.Outside:p0} outside; ink below {page.Levels.Limit}, paler marks {page.Levels.Pale ?? 0}"));
    }
}
