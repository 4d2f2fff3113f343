using Digitizer.Native;
using Digitizer.Recognition;

namespace Digitizer.Tests.Recognition;

/// <summary>Words as if an engine had read them.</summary>
internal static class Read
{
    /// <summary>A word of a line of which nobody asks where it stands.</summary>
    public static LayoutWord Word(string text) => new(At(text, new PixBox(0, 0, 10, 10)), 0);

    /// <summary>Words of a line.</summary>
    /// <param name="text">With blanks between them.</param>
    public static LayoutWord[] Line(string text) => [.. text.Split(' ').Select(Word)];

    /// <summary>A word in a box whose lower side is the baseline.</summary>
    public static EngineWord At(string text, PixBox box, double confidence = 90, bool startsLine = false)
        => new(text, confidence, box, (box.X, box.Bottom, box.Right, box.Bottom), startsLine);
}
