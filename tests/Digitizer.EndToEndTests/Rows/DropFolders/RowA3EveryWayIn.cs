using System.Security.Cryptography;
using Digitizer.EndToEndTests.Support;
using Digitizer.Tests.Support.DropFolders;

namespace Digitizer.EndToEndTests.Rows.DropFolders;

/// <summary>Row A3: seven ways in, each also killed half-way. What was sent whole is taken, what was not is not.</summary>
[Trait("Row", "A3")]
public sealed class RowA3EveryWayIn
{
    // More than programs and servers keep in their buffers, so that half of it arrives.
    private const int FileBytes = 4 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Lock gate = new();
    private readonly Dictionary<string, string> whole = [];
    private readonly List<(string Name, bool MustBeRefused)> killed = [];

    [Fact]
    public async Task Every_way_in_brings_whole_files_and_no_halves()
    {
        var row = new Row("A3", 2, 20, 100);
        if (TransferServers.Hindrance() is { } hindrance)
        {
            row.NotRun(hindrance);
            return;
        }

        await using var folder = new LiveFolder(o => o.MaxSettleMinutes = 0.05);
        using var servers = await TransferServers.StartAsync(folder.Options.Path);
        var ways = Way.All(folder.Options.Path, servers);
        await Task.WhenAll(ways.Select((way, i) => GoAsync(way, i, row.Count, folder)));

        await Eventually.ComesAsync(() => folder.Ledger.Lines.Count >= whole.Count + killed.Count(k => k.MustBeRefused), Patience);
        var lines = folder.Ledger.Lines.ToLookup(l => l.Shown);
        var wrong = whole.Where(w => lines[w.Key].ToList() is not [{ Refusal: "" } line] || line.Sha256 != w.Value).Select(w => w.Key)
            .Concat(killed.Where(k => lines[k.Name].Count(l => l.Refusal.Length > 0) != (k.MustBeRefused ? 1 : 0) || lines[k.Name].Any(l => l.Refusal.Length == 0)).Select(k => k.Name)).ToHashSet();
        whole.Keys.Concat(killed.Select(k => k.Name)).ToList().ForEach(name => row.Trial(!wrong.Contains(name)));
        row.Report(wrong.Select(name => $"{name}: {string.Join("; ", lines[name])}"));
    }

    private async Task GoAsync(Way way, int place, int count, LiveFolder folder)
    {
        for (var i = 0; i < count; i++)
        {
            var content = Scans.Jpeg((place * 1000) + i, FileBytes);
            var (good, bad) = ($"{way.Name}-{i}-whole.jpg", $"{way.Name}-{i}-killed.jpg");
            Assert.True(await way.SendAsync(good, content), $"{way.Name} did not send the file");
            await way.KillAsync(bad, Scans.Jpeg(-1 - (place * 1000) - i, FileBytes), name => HasComeAsync(folder, name));
            lock (gate)
            {
                whole[good] = Convert.ToHexStringLower(SHA256.HashData(content));
                killed.Add((bad, way.Unfinished.Length == 0));
            }
        }
    }

    private static async Task HasComeAsync(LiveFolder folder, string name)
        => Assert.True(await Eventually.ComesAsync(() => new FileInfo(folder.Path(name)) is { Exists: true, Length: > 0 }, Patience), $"{name} did not come");
}
