using Digitizer.Native;

namespace Digitizer.Cleanup;

/// <summary>Brings uneven light, shadows and tinted paper to white; the ink keeps its strength in proportion, and its thin strokes.</summary>
internal sealed class FlattenPaper : ICleanupStep
{
    public CleanupRecord Apply(WorkingPage page)
    {
        if (page.Source.Pixels.Depth == 1)
        {
            page.Levels = InkLevels.Bitonal;
            return new CleanupRecord("background", false, "bitonal");
        }

        var (width, height) = (page.Gray.Width, page.Gray.Height);
        var gray = page.Gray.ToBytes();
        var paper = PaperMap.Of(gray, width, height);
        var flat = paper.Flatten(gray, width, height);
        page.Retouch(Pix.FromGray(flat, width, height));
        page.Levels = InkLevels.Of(flat, width, height);
        return new CleanupRecord("background", true, FormattableString.Invariant($"paper {paper.Usual}, spread {paper.Spread}, {paper.Outside:p0} outside; ink below {page.Levels.Limit}, paler marks {page.Levels.Pale ?? 0}"));
    }
}
