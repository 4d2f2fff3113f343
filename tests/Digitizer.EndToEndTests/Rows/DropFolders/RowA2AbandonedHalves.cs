using System.Diagnostics;
using Digitizer.EndToEndTests.Support;
using Digitizer.Tests.Support;
using Digitizer.Tests.Support.DropFolders;

namespace Digitizer.EndToEndTests.Rows.DropFolders;

/// <summary>Row A2: files of five formats cut at 1 to 99 %. None is taken; each ends as incomplete; those that are sent again are taken.</summary>
[Trait("Row", "A2")]
public sealed class RowA2AbandonedHalves
{
    private const int SentAgain = 50;

    [Fact]
    public async Task A_file_that_was_cut_anywhere_is_never_taken()
    {
        var row = new Row("A2", 495, 495, 495);
        using var bench = new DropBench();
        var cuts = new Dictionary<string, byte[]>();
        foreach (var (format, whole) in Formats())
        {
            for (var percent = 1; percent <= 99; percent++)
            {
                cuts[$"{percent:00}.{format}"] = whole;
                bench.Drop($"{percent:00}.{format}", whole[..(int)((long)whole.Length * percent / 100)]);
            }
        }

        await bench.SettleAsync();
        var early = bench.Ledger.Lines.Select(l => l.Shown).ToHashSet();
        await bench.ExpireAsync();

        var refused = bench.Ledger.Refused.ToDictionary(l => l.Shown, l => l.Refusal);
        foreach (var name in cuts.Keys)
        {
            row.Trial(!early.Contains(name) && refused.GetValueOrDefault(name) == "FileIncomplete");
        }

        var again = cuts.Where((_, i) => i % (cuts.Count / SentAgain) == 0).Take(SentAgain).ToList();
        again.ForEach(a => bench.Drop(a.Key, a.Value));
        await bench.SettleAsync();
        Assert.Equal(again.Select(a => a.Key).Order(), bench.Ledger.Accepted.Select(l => l.Shown).Order());
        Assert.Equal(cuts.Count, bench.Reasons().Length);
        row.Report(cuts.Keys.Where(n => refused.GetValueOrDefault(n) != "FileIncomplete").Select(n => $"{n}: {refused.GetValueOrDefault(n) ?? "nothing"}"));
    }

    private static IEnumerable<(string Format, byte[] Whole)> Formats()
    {
        var pdf = Scans.Pdf(1, 3000);
        return
        [
            ("jpg", Scans.Jpeg(1, 3000)), ("png", PlainPng.Create(2000, 3000, 1)), ("tif", new TiffBuilder().Page(64, 64).Page(64, 64).ToArray()),
            ("pdf", pdf), ("linearized.pdf", Linearized(pdf)),
        ];
    }

    private static byte[] Linearized(byte[] pdf)
    {
        var folder = Directory.CreateTempSubdirectory("digitizer-linearized-").FullName;
        var (from, to) = (Path.Combine(folder, "a.pdf"), Path.Combine(folder, "b.pdf"));
        File.WriteAllBytes(from, pdf);
        using var qpdf = Process.Start("qpdf", ["--linearize", from, to]);
        qpdf.WaitForExit();
        var bytes = File.ReadAllBytes(to);
        Directory.Delete(folder, recursive: true);
        return bytes;
    }
}
