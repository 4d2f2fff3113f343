using Digitizer.Native;
using Digitizer.Pages;

namespace Digitizer.Recognition;

/// <summary>
/// Puts words into lines and lines into reading order. A page is cut into bands by the gaps between
/// its lines; neighbouring bands that share an empty gutter, with words on both sides, are read side
/// by side: the two-cell heading, the signature block, columns of text. Ruled tables are read cell
/// by cell.
/// </summary>
internal sealed class ReadingOrder(TableCells cells, double xHeight)
{
    private const double TallInXHeights = 6;

    private readonly Dictionary<PixBox, CellPlace> places = [];
    private int tables;

    /// <summary>Where in a table a line of the last page stands; null: in none.</summary>
    public CellPlace? PlaceOf(List<LayoutWord> line)
        => places.Count > 0 && cells.Around(line[0].CentreX, line[0].CentreY) is { } cell && places.TryGetValue(cell, out var place) ? place : null;

    /// <summary>Lines in reading order, each with its words from left to right.</summary>
    public List<List<LayoutWord>> Arrange(IReadOnlyList<LayoutWord> words)
    {
        var blocks = new List<Block>();
        var groups = words.GroupBy(w => cells.Around(w.CentreX, w.CentreY)).ToList();

        // A box for one letter or digit: its row reads on like words of a line, or is one word already.
        var letterBoxes = LetterBoxes.RowsOf(groups.Select(g => g.Key).OfType<PixBox>(), xHeight).SelectMany(row => row).ToHashSet();
        foreach (var group in groups)
        {
            if (group.Key is { } cell && !letterBoxes.Contains(cell) && group.All(w => w.Box.Width <= cell.Width))
            {
                blocks.Add(new Block(cell, Lines([.. group.Select(Block.Of)])));
            }
            else
            {
                blocks.AddRange(group.Select(Block.Of));
            }
        }

        return Lines(Tables(blocks));
    }

    /// <summary>Cells that touch become one block, read row by row.</summary>
    private List<Block> Tables(List<Block> blocks)
    {
        var result = blocks.FindAll(b => b.Word is not null);
        var open = blocks.FindAll(b => b.Word is null);
        while (open.Count > 0)
        {
            var table = new List<Block> { open[^1] };
            open.RemoveAt(open.Count - 1);
            for (var i = 0; i < table.Count; i++)
            {
                var touching = open.FindAll(b => Touch(b.Box, table[i].Box));
                table.AddRange(touching);
                open.RemoveAll(touching.Contains);
            }

            var rows = RowByRow(table.OrderBy(b => b.Box.Y).ThenBy(b => b.Box.X));
            NotePlaces(rows);
            result.Add(new Block(PixBox.Around([.. table.Select(b => b.Box)]), [.. rows.SelectMany(row => row).SelectMany(b => b.Lines)]));
        }

        return result;
    }

    private List<List<Block>> RowByRow(IEnumerable<Block> cellsByTop)
    {
        var rows = new List<List<Block>>();
        foreach (var cell in cellsByTop)
        {
            if (rows.Count == 0 || cell.Box.Y > rows[^1][0].Box.Y + xHeight)
            {
                rows.Add([]);
            }

            rows[^1].Add(cell);
        }

        rows.ForEach(row => row.Sort((a, b) => a.Box.X.CompareTo(b.Box.X)));
        return rows;
    }

    // A frame around text, or a row of boxes, is no table.
    private void NotePlaces(List<List<Block>> rows)
    {
        if (rows.Count < 2 || rows.TrueForAll(row => row.Count < 2))
        {
            return;
        }

        foreach (var (r, row) in rows.Index())
        {
            foreach (var (c, cell) in row.Index())
            {
                places[cell.Box] = new CellPlace(tables, r, c);
            }
        }

        tables++;
    }

    private bool Touch(PixBox a, PixBox b)
        => a.X <= b.Right + xHeight && b.X <= a.Right + xHeight && a.Y <= b.Bottom + xHeight && b.Y <= a.Bottom + xHeight;

    private List<List<LayoutWord>> Lines(List<Block> blocks)
    {
        var bands = Bands.Of(blocks, xHeight);
        var lines = new List<List<LayoutWord>>();
        for (var i = 0; i < bands.Count;)
        {
            if (Gutter.Find(bands, i, xHeight) is { } gutter)
            {
                var group = bands.GetRange(i, gutter.Bands).SelectMany(b => b).ToList();
                lines.AddRange(Lines(group.FindAll(b => b.Box.Right <= gutter.X)));
                lines.AddRange(Lines(group.FindAll(b => b.Box.Right > gutter.X)));
                i += gutter.Bands;
            }
            else
            {
                lines.AddRange(OneBand(bands[i++]));
            }
        }

        return lines;
    }

    /// <summary>
    /// The lines of a band without gutter: the engine's, joined where they stand beside each other. A
    /// band of many lines is a part of the page that is not level: there the engine's own order holds.
    /// </summary>
    private List<List<LayoutWord>> OneBand(List<Block> band)
    {
        var lines = new List<List<LayoutWord>>();
        var runs = band.Where(b => b.Word is not null).GroupBy(b => b.Word!.EngineLine).Select(g => g.Select(b => b.Word!).ToList());
        var tall = band.Max(b => b.Box.Bottom) - band.Min(b => b.Box.Y) > TallInXHeights * xHeight;
        foreach (var run in tall ? runs.OrderBy(r => r[0].EngineLine) : runs.OrderBy(Middle))
        {
            var beside = tall ? null : lines.Find(line => StandBeside(line, run));
            if (beside is null)
            {
                lines.Add(run);
            }
            else
            {
                beside.AddRange(run);
            }
        }

        lines.ForEach(line => line.Sort((a, b) => a.Box.X.CompareTo(b.Box.X)));
        foreach (var table in band.Where(b => b.Word is null).OrderBy(b => b.Box.Y))
        {
            var at = lines.FindIndex(line => Middle(line) > table.Box.Y);
            lines.InsertRange(at < 0 ? lines.Count : at, table.Lines);
        }

        return lines;
    }

    private static double Middle(List<LayoutWord> line) => line.Average(w => w.CentreY);

    private static bool StandBeside(List<LayoutWord> line, List<LayoutWord> run)
    {
        var (top, bottom) = (line.Min(w => w.Box.Y), line.Max(w => w.Box.Bottom));
        var middle = Middle(run);
        var apart = run.Min(w => w.Box.X) >= line.Max(w => w.Box.Right) || run.Max(w => w.Box.Right) <= line.Min(w => w.Box.X);
        return apart && middle > top + ((bottom - top) * 0.2) && middle < bottom - ((bottom - top) * 0.2);
    }
}
