using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Digitizer.EndToEndTests.Support;
using Digitizer.Tests.Support.DropFolders;

namespace Digitizer.EndToEndTests.Rows.DropFolders;

/// <summary>
/// Row A1: writers that open, write a piece, close and pause, 37 times. One kind is a PDF that is whole
/// half-way, and then grows: only the quiet time keeps that from being taken.
/// </summary>
[Trait("Row", "A1")]
public sealed class RowA1SlowWriters
{
    private const int Pieces = 37;
    private const int AtOnce = 60;
    private const int LongestPauseMilliseconds = 120;

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Allowed = Quiet + TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Written> written = new();
    private readonly ConcurrentDictionary<string, long> taken = new();

    private sealed record Written(string Sha256, long LastPiece, long Ended);

    [Fact]
    public async Task What_is_written_in_pieces_is_taken_as_a_whole_after_its_last_piece()
    {
        var row = new Row("A1", 12, 60, 600);
        await using var folder = new LiveFolder(o => o.QuietSeconds = Quiet.TotalSeconds);
        folder.Ledger.After = arrival => taken[arrival.Shown] = TimeProvider.System.GetTimestamp();
        foreach (var numbers in Enumerable.Range(0, row.Count).Chunk(AtOnce))
        {
            await Task.WhenAll(numbers.Select(n => WriteAsync(folder, n)));
        }

        await Eventually.ComesAsync(() => taken.Count == row.Count, 2 * Allowed);
        var accepted = folder.Ledger.Accepted.ToLookup(l => l.Shown, l => l.Sha256);
        var reasons = written.Select(w => (Name: w.Key, Problem: ProblemOf(w.Key, w.Value, [.. accepted[w.Key]]))).ToList();
        reasons.ForEach(r => row.Trial(r.Problem is null));
        Assert.Equal(row.Count, folder.Ledger.Lines.Count);
        row.Note($"taken at most {taken.Max(t => Seconds(written[t.Key].Ended, t.Value)):0.0} s after the last byte, with a quiet time of {Quiet.TotalSeconds} s");
        row.Report(reasons.Where(r => r.Problem is not null).Select(r => $"{r.Name}: {r.Problem}"));
    }

    private string? ProblemOf(string name, Written file, string[] accepted)
    {
        return accepted is not [var sha256] ? $"accepted {accepted.Length} times"
            : sha256 != file.Sha256 ? "other bytes"
            : taken[name] < file.LastPiece ? "accepted before its last piece"
            : TimeProvider.System.GetElapsedTime(file.Ended, taken[name]) > Allowed ? "accepted late"
            : null;
    }

    private static double Seconds(long from, long to) => TimeProvider.System.GetElapsedTime(from, to).TotalSeconds;

    private async Task WriteAsync(LiveFolder folder, int number)
    {
        var (extension, content, mustEndAt) = Content(number);
        var name = $"{number}.{extension}";
        var random = new Random(number);
        var ends = Enumerable.Range(1, Pieces - 1).Select(i => i == Pieces / 2 && mustEndAt > 0 ? mustEndAt : content.Length * i / Pieces).Append(content.Length).Order().ToList();
        var (from, lastPiece) = (0, 0L);
        foreach (var end in ends)
        {
            lastPiece = TimeProvider.System.GetTimestamp();
            await using (var file = new FileStream(folder.Path(name), FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0))
            {
                await file.WriteAsync(content.AsMemory(from, end - from));
            }

            from = end;
            if (end < content.Length)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(LongestPauseMilliseconds)), TimeProvider.System);
            }
        }

        written[name] = new Written(Convert.ToHexStringLower(SHA256.HashData(content)), lastPiece, TimeProvider.System.GetTimestamp());
    }

    private static (string Extension, byte[] Content, int MustEndAt) Content(int number) => (number % 4) switch
    {
        0 => ("jpg", Scans.Jpeg(number, 20_000), 0),
        1 => ("tif", Scans.Tiff(3 + number), 0),
        2 => ("pdf", Scans.Pdf(number, 20_000), 0),
        _ => ("pdf", Grown(Scans.Pdf(number, 10_000), number), Scans.Pdf(number, 10_000).Length),
    };

    // A second revision of the PDF, which leaves the first as it is and adds an object, as programs that sign or stamp do.
    private static byte[] Grown(byte[] first, int number)
    {
        var before = Encoding.Latin1.GetString(first);
        var startOfFirst = before.Split("startxref\n")[1].Split('\n')[0];
        var added = $"5 0 obj\n({new string((char)('A' + (number % 26)), 10_000)})\nendobj\n";
        var table = before.Length + added.Length;
        return Encoding.Latin1.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{before}{added}xref\n5 1\n{before.Length:D10} 00000 n \ntrailer<</Size 6/Root 1 0 R/Prev {startOfFirst}>>\nstartxref\n{table}\n%%EOF\n"));
    }
}
