using System.Text.RegularExpressions;
using Digitizer.Native;

namespace Digitizer.Recognition;

/// <summary>
/// Mends readings that the ink itself contradicts: the model has no ² and no ³, drops bars of roman numerals, and takes some sixes for ó.
/// </summary>
/// <param name="marks">All marks of the page.</param>
/// <param name="xHeight">Height of letters without ascender in its pixels.</param>
/// <param name="readAlone">Reads a mark by itself.</param>
internal sealed partial class MisreadShapes(IReadOnlyList<PixBox> marks, double xHeight, Func<PixBox, string> readAlone)
{
    private const double RaisedInXHeights = 0.4;
    private const double LeastRaisedInXHeights = 0.35;
    private const double MostRaisedInXHeights = 1.05;
    private const double BesideInXHeights = 0.6;
    private const double CapitalInXHeights = 1.15;
    private const double HighestInXHeights = 2.2;
    private const double MostBarShare = 0.36;
    private const int MostBars = 3;

    /// <summary>The words, those mended that must be.</summary>
    /// <param name="words">In the engine's order.</param>
    public List<EngineWord> Mend(IReadOnlyList<EngineWord> words)
    {
        var mended = new List<EngineWord>(words.Count);
        foreach (var word in words)
        {
            var previous = word.StartsLine || mended.Count == 0 ? "" : mended[^1].Text;
            mended.Add(SquareMetres(RomanNumeral(SixAmongDigits(word)), previous));
        }

        return mended;
    }

    // No Vietnamese word has ó beside a digit; what stands behind the number of a document or of a list may be a word.
    private static EngineWord SixAmongDigits(EngineWord word)
        => word.Mended(Numeric().Replace(word.Text, number => number.Value.Replace('ó', '6')));

    private EngineWord SquareMetres(EngineWord word, string previous)
    {
        if (SquaredUnit().Match(word.Text) is not { Success: true } match || !(match.Groups["number"].Length > 0 || EndsInDigit(previous)))
        {
            return word;
        }

        var baseline = word.Baseline.Y2;
        var raised = marks.Where(m => m.X > word.Box.X + (0.5 * xHeight) && m.X < word.Box.Right + (BesideInXHeights * xHeight)
            && m.Bottom <= baseline - (RaisedInXHeights * xHeight) && m.Y <= baseline - (0.9 * xHeight) && m.Y >= word.Box.Y - xHeight
            && m.Height >= LeastRaisedInXHeights * xHeight && m.Height <= MostRaisedInXHeights * xHeight).ToList();
        return raised.Count == 1 && Power(raised[0], match.Groups["power"].Value) is { } power
            ? word.Mended($"{match.Groups["number"]}m{power}{match.Groups["end"]}") with { Box = PixBox.Around([word.Box, raised[0]]) }
            : word;
    }

    // Alone it is read for what it is; beside its m it is read for anything.
    private string? Power(PixBox raised, string read) => readAlone(raised).Trim() switch
    {
        "2" => "²",
        "3" => "³",
        _ => read is "2" or "²" ? "²" : null,
    };

    // Bars side by side, each a mark of its own: an H is one mark, unless its crossbar has gone.
    private EngineWord RomanNumeral(EngineWord word)
    {
        if (BarsOnly().Match(word.Text) is not { Success: true } match || (match.Groups["bars"].ValueSpan.Contains('H') && !(word.StartsLine && match.Groups["end"].Length > 0)))
        {
            return word;
        }

        var bars = BarsFrom(word);
        var strokes = match.Groups["bars"].Value.Sum(letter => letter == 'H' ? 2 : 1);
        return bars.Count >= strokes && bars.Count <= MostBars
            ? word.Mended(new string('I', bars.Count) + match.Groups["end"]) with { Box = PixBox.Around([word.Box, .. bars]) }
            : word;
    }

    /// <summary>Bars as high as capitals within the word, and close before it.</summary>
    private List<PixBox> BarsFrom(EngineWord word)
    {
        var level = marks.Where(m => m.Y < word.Box.Bottom && m.Bottom > word.Box.Y && m.X < word.Box.Right && m.X > word.Box.X - (4 * xHeight) && m.Height >= 0.5 * xHeight)
            .OrderByDescending(m => m.X);
        var bars = new List<PixBox>();
        foreach (var mark in level)
        {
            if (bars.Count > 0 && bars[^1].X - mark.Right > BesideInXHeights * xHeight)
            {
                break;
            }

            if (mark.Height < CapitalInXHeights * xHeight || mark.Height > HighestInXHeights * xHeight || mark.Width > MostBarShare * mark.Height)
            {
                return [];
            }

            bars.Add(mark);
        }

        return bars;
    }

    private static bool EndsInDigit(string text) => text.Length > 0 && char.IsAsciiDigit(text[^1]);

    [GeneratedRegex("^(?=.*[0-9])[0-9ó]+([.,/-][0-9ó]+)*%?[.,;:]?$|^[0-9ó]*[0-9][0-9ó]*(?=[/-][A-ZĐƯ])")]
    private static partial Regex Numeric();

    [GeneratedRegex(@"^(?<number>[0-9][0-9.,]*)?m(?<power>2|²|\?|\*|°|'|""|”|Ỷ|ỷ|Z|z)?\??(?<end>[.,;:)]*)$")]
    private static partial Regex SquaredUnit();

    [GeneratedRegex(@"^(?=[IHl|]*[IH])(?<bars>[IHl|]{1,3})(?<end>\.?)$")]
    private static partial Regex BarsOnly();
}
