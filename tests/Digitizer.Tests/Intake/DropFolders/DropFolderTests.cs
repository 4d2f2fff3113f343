using Digitizer.Intake.DropFolders;
using Digitizer.Native;
using Digitizer.Tests.Support.DropFolders;

namespace Digitizer.Tests.Intake.DropFolders;

public sealed class DropFolderTests : IDisposable
{
    private readonly DropBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task A_whole_file_is_taken_when_it_was_quiet_and_its_bytes_lie_read_only_in_the_vault()
    {
        var content = Scans.Jpeg(1);
        bench.Drop("a.jpg", content);

        await bench.PassAsync(TimeSpan.FromSeconds(2));
        Assert.Empty(bench.Ledger.Lines);
        await bench.PassAsync(TimeSpan.FromSeconds(1));

        var line = Assert.Single(bench.Ledger.Accepted);
        Assert.Empty(bench.Left());
        var original = Assert.Single(bench.Vault.Originals());
        Assert.Equal(line.Unit, original.Unit);
        Assert.Equal(content, File.ReadAllBytes(bench.Vault.PathOf(original)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.GroupRead, File.GetUnixFileMode(bench.Vault.PathOf(original)));
        Assert.Equal(1, Assert.Single(bench.Ledger.Arrivals).ExpectedPages);
        Assert.Empty(Directory.EnumerateFiles(bench.Vault.Claims, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_file_that_changes_within_the_quiet_time_waits_anew()
    {
        var path = bench.Drop("a.jpg", Scans.Jpeg(1));
        for (var i = 0; i < 10; i++)
        {
            await bench.PassAsync(TimeSpan.FromSeconds(2));
            File.SetLastWriteTimeUtc(path, new DateTime(2020, 1, 1 + i, 0, 0, 0, DateTimeKind.Utc));
        }

        Assert.Empty(bench.Ledger.Lines);
        await bench.SettleAsync();
        Assert.Single(bench.Ledger.Accepted);
    }

    [Theory]
    [InlineData("a.jpg.done")]
    [InlineData("a.ready")]
    public async Task A_side_car_settles_at_once_and_goes_with_its_file(string marker)
    {
        bench.Drop("a.jpg", Scans.Jpeg(1));
        bench.Drop(marker, []);
        await bench.LookAsync();
        Assert.Single(bench.Ledger.Accepted);
        Assert.Empty(bench.Left());
    }

    [Fact]
    public async Task A_side_car_does_not_make_a_cut_file_whole()
    {
        bench.Drop("a.jpg", Scans.Jpeg(1)[..^1]);
        bench.Drop("a.jpg.done", []);
        await bench.SettleAsync();
        Assert.Empty(bench.Ledger.Lines);
    }

    [Fact]
    public async Task A_rename_from_a_temporary_name_settles_at_once()
    {
        var path = bench.Drop("a.jpg.part", Scans.Jpeg(1));
        await bench.LookAsync();
        Assert.True(PosixFiles.TryRenameNew(path, bench.Path("a.jpg")));
        await bench.LookAsync();
        Assert.Single(bench.Ledger.Accepted);
    }

    [Fact]
    public async Task A_file_that_somebody_has_open_for_writing_is_never_taken()
    {
        var path = bench.Drop("a.jpg", Scans.Jpeg(1));
        await using (new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            await bench.SettleAsync();
            await bench.ExpireAsync(120);
            Assert.Empty(bench.Ledger.Lines);
            Assert.True(bench.Alerts.Has(AlertKind.StuckFile, "a.jpg"));
        }

        await bench.SettleAsync();
        Assert.Single(bench.Ledger.Accepted);
    }

    [Fact]
    public async Task What_stays_cut_is_refused_with_its_original_and_a_reason_in_two_languages()
    {
        var cut = Scans.Pdf()[..400];
        bench.Drop("tờ khai.pdf", cut);
        await bench.ExpireAsync();

        Assert.Equal("FileIncomplete", Assert.Single(bench.Ledger.Refused).Refusal);
        Assert.Empty(bench.Left());
        var reason = Assert.Single(bench.Reasons());
        var text = File.ReadAllText(reason);
        Assert.Contains("tệp chưa được ghi xong", text, StringComparison.Ordinal);
        Assert.Contains("The file is cut off", text, StringComparison.Ordinal);
        Assert.Equal(cut, File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(reason)!, "tờ khai.pdf")));
        Assert.Equal(cut, File.ReadAllBytes(bench.Vault.PathOf(Assert.Single(bench.Vault.Originals()))));
    }

    [Fact]
    public async Task When_the_receiver_fails_the_file_is_safe_and_accepted_later_once()
    {
        bench.Drop("a.jpg", Scans.Jpeg(1));
        bench.Ledger.IsDown = true;
        await bench.SettleAsync();
        Assert.True(bench.Alerts.Has(AlertKind.TakingFailed));
        Assert.Single(bench.Vault.Originals());

        bench.Ledger.IsDown = false;
        await bench.SettleAsync();
        Assert.Single(bench.Ledger.Accepted);
        Assert.Single(bench.Vault.Originals());
    }

    [Fact]
    public async Task After_a_crash_before_acceptance_the_next_start_goes_on_with_the_same_unit()
    {
        bench.Drop("sub/a.jpg", Scans.Jpeg(1));
        bench.Ledger.Before = _ => throw new InvalidOperationException("dies here");
        await Assert.ThrowsAsync<InvalidOperationException>(bench.SettleAsync);
        var sealedBefore = Assert.Single(bench.Vault.Originals());

        bench.Restart();
        await bench.LookAsync();
        Assert.Equal(sealedBefore.Unit, Assert.Single(bench.Ledger.Accepted).Unit);
        Assert.Equal("sub/a.jpg", Assert.Single(bench.Ledger.Accepted).Shown);
    }

    [Fact]
    public async Task An_original_that_is_gone_stops_its_folder_until_it_is_back()
    {
        bench.Drop("a.jpg", Scans.Jpeg(1));
        await bench.SettleAsync();
        var path = bench.Vault.PathOf(Assert.Single(bench.Vault.Originals()));
        var kept = File.ReadAllBytes(path);
        File.Delete(path);

        bench.Restart();
        bench.Drop("b.jpg", Scans.Jpeg(2));
        await bench.SettleAsync();
        Assert.True(bench.Alerts.Has(AlertKind.OriginalMissing));
        Assert.Single(bench.Ledger.Lines);

        File.WriteAllBytes(path, kept);
        await bench.SettleAsync();
        Assert.Equal(2, bench.Ledger.Accepted.Count());
    }

    [Fact]
    public async Task A_folder_that_is_gone_is_an_alert_and_comes_back_by_itself()
    {
        await bench.LookAsync();
        Directory.Delete(bench.Options.Path);
        await bench.LookAsync();
        Assert.True(bench.Alerts.Has(AlertKind.FolderGone));

        Directory.CreateDirectory(bench.Options.Path);
        bench.Drop("a.jpg", Scans.Jpeg(1));
        await bench.SettleAsync();
        Assert.Single(bench.Ledger.Accepted);
        Assert.Contains(bench.Alerts.Over, a => a.Kind == AlertKind.FolderGone);
    }

    [Fact]
    public async Task Nothing_is_taken_while_the_disk_is_too_full()
    {
        bench.MinFreeBytes = long.MaxValue;
        bench.Drop("a.jpg", Scans.Jpeg(1));
        await bench.SettleAsync();
        Assert.Empty(bench.Ledger.Lines);
        Assert.Equal(["a.jpg"], bench.Left());
        Assert.True(bench.Alerts.Has(AlertKind.NoRoom));
    }

    [Fact]
    public async Task Silence_is_an_alert()
    {
        bench.Options.SilentMinutes = 30;
        await bench.ExpireAsync(29);
        Assert.False(bench.Alerts.Has(AlertKind.SilentFolder));
        await bench.ExpireAsync(2);
        Assert.True(bench.Alerts.Has(AlertKind.SilentFolder));
    }

    [Fact]
    public async Task A_receipt_says_which_unit_a_file_became()
    {
        bench.Options.Receipts = true;
        bench.Drop("a.jpg", Scans.Jpeg(1));
        await bench.SettleAsync();
        Assert.StartsWith(Assert.Single(bench.Ledger.Accepted).Unit, File.ReadAllText(bench.Path("a.jpg.accepted")), StringComparison.Ordinal);
        await bench.ExpireAsync(120);
        Assert.Single(bench.Ledger.Lines);
    }

    [Theory]
    [InlineData("000.00.01.H29-260310-0420/a.jpg", true, null, "000.00.01.H29-260310-0420")]
    [InlineData("khac/a.jpg", true, null, "")]
    [InlineData("G09.20-20260609-0092637_1.jpg", false, "^(?<dossier>[^_]+)_", "G09.20-20260609-0092637")]
    [InlineData("a.jpg", false, null, "")]
    public async Task The_folders_rule_names_the_dossier(string name, bool bySubFolder, string? pattern, string code)
    {
        using var ruled = new DropBench(o => o.Dossier = new DossierRuleOptions { FromSubFolder = bySubFolder, NamePattern = pattern });
        ruled.Drop(name, Scans.Jpeg(1));
        await ruled.SettleAsync();
        Assert.Equal(code, Assert.Single(ruled.Ledger.Accepted).Dossier);
        Assert.Equal(name.StartsWith("khac", StringComparison.Ordinal), ruled.Ledger.Arrivals[0].Dossier.Problem is not null);
    }
}
