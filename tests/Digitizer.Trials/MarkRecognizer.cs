using Digitizer.Cleanup;
using Digitizer.Native;
using Digitizer.Pages;
using Digitizer.Recognition;

namespace Digitizer.Trials;

/// <summary>Reads a page's mark instead of its text.</summary>
internal sealed class MarkRecognizer : IPageRecognizer
{
    private const double Sure = 95;

    public MarkRecognizer()
    {
        NativeLibraries.Check();
        NativeLibraries.Silence();
    }

    public EngineInfo Engine { get; } = new("mark", "1", "none", new string('0', 64));

    /// <summary>The words of the printed identity; nothing where there is no mark.</summary>
    public PageText Read(CleanPage page)
    {
        var gray = page.Gray;
        if (IdentityMark.Read(gray.ToBytes(), gray.Width, gray.Height) is not { } identity)
        {
            return PageText.Empty;
        }

        var words = identity.ToString().Split(' ');
        var wide = gray.Width / (words.Length + 1.0);
        var high = gray.Height / 40.0;
        var placed = words.Select((word, i) => new TextWord(word, page.ToStored.Apply(Quad.FromBox((i + 0.5) * wide, high, (i + 1.4) * wide, 2 * high)), Sure / 100)).ToList();
        var line = new TextLine(
            page.ToStored.Apply(Quad.FromBox(wide / 2, high, gray.Width - wide, 2 * high)),
            page.ToStored.Apply(new PagePoint(wide / 2, 1.8 * high)),
            page.ToStored.Apply(new PagePoint(gray.Width - wide, 1.8 * high)),
            placed);
        return new PageText([line], Sure / 100);
    }

    /// <summary>Trials bring no text of their own along.</summary>
    public string ReadLine(Pix line, double dpi) => "";

    /// <summary>Pages of trials lie as they should.</summary>
    public double Trial(Pix part, double dpi) => Sure;

    public void Dispose()
    {
        // Holds nothing.
    }
}
