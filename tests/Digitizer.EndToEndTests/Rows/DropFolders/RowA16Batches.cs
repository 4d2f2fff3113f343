using System.Security.Cryptography;
using System.Text.Json;
using Digitizer.EndToEndTests.Support;
using Digitizer.Intake.DropFolders;
using Digitizer.Tests.Support.DropFolders;

namespace Digitizer.EndToEndTests.Rows.DropFolders;

/// <summary>Row A16: manifests and their files in random order; some batches lack a file, some have one too many, some have wrong bytes. Only complete ones are taken.</summary>
[Trait("Row", "A16")]
public sealed class RowA16Batches
{
    private const int Files = 3;

    [Fact]
    public async Task Only_complete_batches_are_taken_and_the_others_are_held_and_reported()
    {
        var row = new Row("A16", 100, 100, 100);
        using var bench = new DropBench(o => o.OnlyBatches = true);
        var random = new Random(16);
        var writes = Enumerable.Range(0, row.Count).SelectMany(Batch).ToArray();
        random.Shuffle(writes);
        foreach (var (i, (name, content)) in writes.Index())
        {
            bench.Drop(name, content);
            if (i % 40 == 0)
            {
                await bench.LookAsync();
            }
        }

        await bench.ExpireAsync();
        var taken = bench.Ledger.Accepted.ToLookup(l => l.Batch);
        for (var i = 0; i < row.Count; i++)
        {
            var isTaken = taken[$"lo-{i}"].Count() == Files;
            var isHeld = !taken[$"lo-{i}"].Any() && bench.Alerts.Has(AlertKind.HeldBatch, $"lo-{i}/x.manifest.json");

            // The file that nobody asked for may have come when its batch was complete and gone.
            var isTakenBefore = isTaken && bench.Alerts.Has(AlertKind.UnlistedFile, $"lo-{i}/thua.jpg");
            row.Trial((i % 4) switch { 0 => isTaken, 2 => isHeld || isTakenBefore, _ => isHeld });
        }

        Assert.Equal(bench.Ledger.Accepted.Count(), bench.Ledger.Lines.Count);
        row.Report([$"{bench.Ledger.Lines.Count} files taken", .. bench.Alerts.All.Select(a => a.ToString()).Take(10)]);
    }

    private static IEnumerable<(string Name, byte[] Content)> Batch(int number)
    {
        var files = Enumerable.Range(0, Files).Select(n => (Name: $"trang {n}.jpg", Content: Scans.Jpeg((number * 10) + n))).ToList();
        var manifest = JsonSerializer.SerializeToUtf8Bytes(new
        {
            manifestVersion = 1,
            batchId = $"lo-{number}",
            fileCount = Files,
            documents = files.Select((f, i) => new { seq = i + 1, files = new[] { new { path = f.Name, sha256 = Convert.ToHexString(SHA256.HashData(f.Content)), pages = 1 } } }),
        });
        var written = (number % 4) switch
        {
            1 => files.Skip(1),
            2 => files.Append(("thua.jpg", Scans.Jpeg(5_000 + number))),
            3 => files.Skip(1).Prepend((files[0].Name, Scans.Jpeg(9_000 + number))),
            _ => files,
        };
        return written.Append(("x.manifest.json", manifest)).Select(f => ($"lo-{number}/{f.Item1}", f.Item2));
    }
}
