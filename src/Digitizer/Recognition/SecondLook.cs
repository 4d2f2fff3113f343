using Digitizer.Native;

namespace Digitizer.Recognition;

/// <summary>
/// Looks again at words that are no Vietnamese, or that go with their neighbours only with another accent: the model takes hooks for
/// acutes and is sure of it. A word is changed only into what the ink may also be, never if it has digits, is a code or an abbreviation.
/// </summary>
internal sealed class SecondLook(LineReader lines, IReadOnlyList<PixBox> marks)
{
    private const double SameWordShare = 0.6;

    /// <summary>A line's words, changed where they must be.</summary>
    /// <param name="line">From left to right.</param>
    public IReadOnlyList<LayoutWord> Review(IReadOnlyList<LayoutWord> line)
    {
        var doubts = line.Select((_, i) => Doubt.Of(line, i)).ToList();
        if (doubts.TrueForAll(doubt => doubt is null))
        {
            return line;
        }

        var lattices = Lattices(line);
        return [.. line.Select((word, i) => doubts[i] is { } doubt && lattices.Find(l => IsSame(l.Box, word.Box)) is { } lattice ? Changed(word, doubt, lattice) : word)];
    }

    private static LayoutWord Changed(LayoutWord word, Doubt doubt, EngineLattice lattice)
        => LatticePaths.Of(lattice).Select(doubt.Accept).FirstOrDefault(text => text is not null) is { } better
            ? word with { Engine = word.Engine.Mended(better) }
            : word;

    private List<EngineLattice> Lattices(IReadOnlyList<LayoutWord> line)
    {
        var boxes = line.Select(w => w.Box).ToList();
        var around = PixBox.Around(boxes);
        var near = marks.Where(m => m.X < around.Right && m.Right > around.X && m.Y < around.Bottom && m.Bottom > around.Y).ToList();
        var own = near.FindAll(m => boxes.Exists(b => b.HoldsMiddleOf(m)));
        try
        {
            return own.Count == 0 ? [] : lines.ReadLattice(own, near.Except(own));
        }
        catch (NativeException)
        {
            // The line has been read: what fails here is only the doubt.
            return [];
        }
    }

    private static bool IsSame(PixBox a, PixBox b)
        => Math.Min(a.Right, b.Right) - Math.Max(a.X, b.X) >= SameWordShare * Math.Max(a.Width, b.Width);
}
