using Digitizer.EndToEndTests.Support;
using Digitizer.Intake.DropFolders;
using Digitizer.Tests.Support.DropFolders;

namespace Digitizer.EndToEndTests.Rows.DropFolders;

/// <summary>Row A10: empty files, temporary names, unknown types, folders named like scans. None is processed; each is refused or reported in time.</summary>
[Trait("Row", "A10")]
public sealed class RowA10Junk
{
    private static readonly string[] Temporary = ["{0}.tmp", "{0}.part", "{0}.partial", "{0}.filepart", "{0}.crdownload", "~${0}.docx", "{0}.pdf~", ".~lock.{0}.pdf#", ".nfs{0}", ".{0}.jpg"];

    [Fact]
    public async Task Junk_is_never_taken_and_never_unseen()
    {
        var row = new Row("A10", 200, 200, 200);
        using var bench = new DropBench();
        var expected = new Dictionary<string, Func<string, bool>>();
        for (var i = 0; i < row.Count / 4; i++)
        {
            var (empty, temporary, unknown, folder) = ($"e{i}.jpg", string.Format(null, Temporary[i % Temporary.Length], $"t{i}"), $"u{i}.docx", $"f{i}.pdf");
            bench.Drop(empty, []);
            bench.Drop(temporary, Scans.Jpeg(i));
            bench.Drop(unknown, "PK\u0003\u0004 gì đó"u8.ToArray());
            Directory.CreateDirectory(bench.Path(folder));
            expected[empty] = name => IsRefused(bench, name, "FileEmpty");
            expected[temporary] = name => bench.Alerts.Has(AlertKind.StuckTemporaryName, name);
            expected[unknown] = name => IsRefused(bench, name, "FormatUnknown");
            expected[folder] = name => bench.Alerts.Has(AlertKind.OddFolder, name);
        }

        bench.Drop("Thumbs.db", [1]);
        bench.Drop("desktop.ini", [1]);
        await bench.ExpireAsync();
        await bench.ExpireAsync(61);

        Assert.Empty(bench.Ledger.Accepted);
        foreach (var (name, isSeen) in expected)
        {
            row.Trial(isSeen(name));
        }

        row.Report(expected.Where(e => !e.Value(e.Key)).Select(e => e.Key));
    }

    private static bool IsRefused(DropBench bench, string name, string kind) => bench.Ledger.Refused.Any(l => l.Shown == name && l.Refusal == kind);
}
