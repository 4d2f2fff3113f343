using System.Security.Cryptography;
using Digitizer.EndToEndTests.Support;
using Digitizer.Tests.Support.DropFolders;

namespace Digitizer.EndToEndTests.Rows.DropFolders;

/// <summary>
/// Row A13: writers that keep a whole file open, or open it again while it is claimed, and then write
/// other bytes of the same length. Nothing is accepted with other bytes than the last ones.
/// </summary>
[Trait("Row", "A13")]
public sealed class RowA13WriterStillOpen
{
    [Fact]
    public async Task What_is_accepted_is_what_the_writer_wrote_last()
    {
        var row = new Row("A13", 60, 200, 200);
        using var bench = new DropBench();
        var last = new Dictionary<string, string>();
        for (var i = 0; i < row.Count; i += 10)
        {
            var open = Enumerable.Range(i, 10).Select(n => (Number: n, File: Open(bench, n))).ToList();
            await bench.SettleAsync();
            foreach (var (number, file) in open)
            {
                var final = Scans.Jpeg(10_000 + number, 3000);
                var isRewritten = true;
                if (number % 2 == 0)
                {
                    // Closes; opens again as the look may be at work on it.
                    await file.DisposeAsync();
                    var rewriting = Task.Run(() => Rewrite(bench.Path($"{number}.jpg"), final));
                    await Task.WhenAll(bench.LookAsync(), rewriting);
                    isRewritten = await rewriting;
                }
                else
                {
                    file.Write(final);
                    await bench.LookAsync();
                    await file.DisposeAsync();
                }

                last[$"{number}.jpg"] = Convert.ToHexStringLower(SHA256.HashData(isRewritten ? final : Scans.Jpeg(number, 3000)));
            }

            await bench.SettleAsync();
        }

        var accepted = bench.Ledger.Accepted.ToLookup(l => l.Shown, l => l.Sha256);
        foreach (var (name, sha256) in last)
        {
            row.Trial(accepted[name].Count() == 1 && accepted[name].Single() == sha256);
        }

        foreach (var original in bench.Vault.Originals())
        {
            Assert.Null(await bench.Vault.VerifyAsync(original, CancellationToken.None));
        }

        row.Report(last.Where(l => !accepted[l.Key].SequenceEqual([l.Value])).Select(l => l.Key));
    }

    private static FileStream Open(DropBench bench, int number)
    {
        var file = new FileStream(bench.Path($"{number}.jpg"), FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        file.Write(Scans.Jpeg(number, 3000));
        file.Position = 0;
        return file;
    }

    // False if it was taken before it could be opened: its first bytes were its last.
    private static bool Rewrite(string path, byte[] content)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            file.Write(content);
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }
}
