using Digitizer.Cleanup;
using Digitizer.Native;

namespace Digitizer.Recognition;

/// <summary>
/// Tells which cell of a ruled table, or which frame, a word stands in: the nearest rules to its
/// left, right, above and below that pass it. Merged cells need no special care.
/// </summary>
internal sealed class TableCells
{
    private readonly List<PixBox> across;
    private readonly List<PixBox> down;

    public TableCells(IEnumerable<RuleLine> rules, double xHeight)
    {
        Slack = Math.Max(2, (int)xHeight);
        across = Joined(rules.Where(r => r.IsAcross).Select(r => Turn(r.Box)), Slack).ConvertAll(Turn);
        down = Joined(rules.Where(r => !r.IsAcross).Select(r => r.Box), Slack);

        // Underlines end in the open; borders of cells end at other borders.
        across.RemoveAll(r => !down.Exists(d => Meets(d, r.X, r)) || !down.Exists(d => Meets(d, r.Right, r)));
    }

    /// <summary>True if the page has no table and no frame.</summary>
    public bool AreNone => across.Count < 2 || down.Count < 2;

    private int Slack { get; }

    /// <summary>The cell around a point, or null if it is open on a side.</summary>
    public PixBox? Around(double x, double y)
    {
        var beside = down.Where(r => r.Y - Slack <= y && y <= r.Bottom + Slack).ToList();
        var level = across.Where(r => r.X - Slack <= x && x <= r.Right + Slack).ToList();
        var left = beside.Where(r => r.X <= x).Select(r => r.X).DefaultIfEmpty(-1).Max();
        var right = beside.Where(r => r.X > x).Select(r => r.X).DefaultIfEmpty(-1).Min();
        var top = level.Where(r => r.Y <= y).Select(r => r.Y).DefaultIfEmpty(-1).Max();
        var bottom = level.Where(r => r.Y > y).Select(r => r.Y).DefaultIfEmpty(-1).Min();
        return left < 0 || right < 0 || top < 0 || bottom < 0 ? null : new PixBox(left, top, right - left, bottom - top);
    }

    private bool Meets(PixBox down, int end, PixBox across)
        => Math.Abs(down.X - end) <= Slack && down.Y - Slack <= across.Y && across.Y <= down.Bottom + Slack;

    /// <summary>Pieces of one broken vertical line as one.</summary>
    private static List<PixBox> Joined(IEnumerable<PixBox> pieces, int slack)
    {
        var lines = new List<PixBox>();
        foreach (var piece in pieces.OrderBy(p => p.Y))
        {
            var i = lines.FindIndex(l => Math.Abs(l.X - piece.X) <= slack / 2 && piece.Y - l.Bottom <= 3 * slack);
            if (i < 0)
            {
                lines.Add(piece);
                continue;
            }

            var top = Math.Min(lines[i].Y, piece.Y);
            lines[i] = new PixBox(lines[i].X, top, lines[i].Width, Math.Max(lines[i].Bottom, piece.Bottom) - top);
        }

        return lines;
    }

    private static PixBox Turn(PixBox box) => new(box.Y, box.X, box.Height, box.Width);
}
