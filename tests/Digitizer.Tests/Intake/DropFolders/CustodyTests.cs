using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Digitizer.Intake.DropFolders;
using Digitizer.Native;
using Digitizer.Vault;
using Digitizer.Tests.Support.DropFolders;
using Microsoft.Extensions.Logging.Abstractions;

namespace Digitizer.Tests.Intake.DropFolders;

public sealed class CustodyTests : IDisposable
{
    private readonly DropBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task From_another_file_system_a_file_is_copied_and_its_source_put_aside()
    {
        using var far = new DropBench(dropPath: Directory.CreateDirectory($"/dev/shm/digitizer-{Guid.NewGuid():N}").FullName);
        var content = Scans.Jpeg(1, 100_000);
        far.Drop("sub/a.jpg", content);
        await far.SettleAsync();

        Assert.Equal(ClaimMode.Copy, far.Folder.Status.Facts!.Mode);
        var line = Assert.Single(far.Ledger.Accepted);
        Assert.Equal(content, File.ReadAllBytes(far.Vault.PathOf(Assert.Single(far.Vault.Originals()))));
        Assert.Equal([$"{line.Unit}-a.jpg"], Directory.GetFiles(far.Path(".taken")).Select(f => Path.GetFileName(f)));
        await far.SettleAsync();
        Assert.Single(far.Ledger.Lines);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_copy_that_was_accepted_before_a_crash_is_the_same_arrival_afterwards(bool hasNote)
    {
        using var far = new DropBench(dropPath: Directory.CreateDirectory($"/dev/shm/digitizer-{Guid.NewGuid():N}").FullName);
        far.Drop("a.jpg", Scans.Jpeg(1));
        far.Ledger.After = _ => throw new InvalidOperationException("dies here");
        await Assert.ThrowsAsync<InvalidOperationException>(far.SettleAsync);
        Assert.Equal(["a.jpg"], far.Left());
        if (!hasNote)
        {
            Array.ForEach(Directory.GetFiles(far.Vault.Claims, "*.note", SearchOption.AllDirectories), File.Delete);
        }

        far.Restart();
        await far.SettleAsync();
        Assert.Single(far.Ledger.Lines);
        Assert.Single(far.Vault.Originals());
        Assert.Empty(far.Left());
        Assert.Single(Directory.GetFiles(far.Path(".taken")));
    }

    [Fact]
    public async Task An_entry_that_cannot_be_put_aside_delays_no_other()
    {
        var elsewhere = $"/dev/shm/digitizer-{Guid.NewGuid():N}";
        using var far = new DropBench(o => o.Exceptions = elsewhere);
        File.CreateSymbolicLink(far.Path("a.jpg"), "/etc/passwd");
        await far.ExpireAsync();
        far.Drop("b.jpg", Scans.Jpeg(1));
        await far.SettleAsync();

        Assert.Single(far.Ledger.Accepted);
        Assert.True(far.Alerts.Has(AlertKind.TakingFailed, "a.jpg"));
        Assert.Equal(["a.jpg"], far.Left());
        Directory.Delete(elsewhere, recursive: true);
    }

    [Fact]
    public async Task Racing_processes_take_every_file_once()
    {
        const int Files = 200;
        var claims = Enumerable.Range(0, 4).Select(_ => ClaimFolder.Open(bench.Vault, TimeProvider.System)).ToList();
        var racers = claims.Select(c => new DropFolder(bench.Options, new DropFolderContext(Vaults.Local(bench.Vault), c, bench.Ledger, bench.Alerts, bench.Admission, 0), bench.Time, NullLogger.Instance)).ToList();
        for (var i = 0; i < Files; i++)
        {
            bench.Drop($"{i}.jpg", Scans.Jpeg(i));
        }

        for (var look = 0; look < 5; look++)
        {
            await Task.WhenAll(racers.Select(r => Task.Run(() => r.LookAsync(CancellationToken.None))));
            bench.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(Files, bench.Ledger.Accepted.Select(l => l.Sha256).Distinct().Count());
        Assert.Equal(Files, bench.Ledger.Lines.Count);
        Assert.Equal(Files, bench.Vault.Originals().Count());
        racers.ForEach(r => r.Dispose());
        claims.ForEach(c => c.Dispose());
    }

    [Fact]
    public void What_a_dead_process_claimed_is_taken_over_and_a_living_one_is_left_alone()
    {
        using var living = ClaimFolder.Open(bench.Vault, TimeProvider.System);
        var dead = Directory.CreateDirectory(Path.Combine(bench.Vault.Claims, "dead")).FullName;
        File.WriteAllText(Path.Combine(dead, "01ARZ3NDEKTSV4RRFFQ69G5FAV"), "x");
        File.WriteAllText(Path.Combine(Path.Combine(bench.Vault.Claims, Path.GetFileName(living.Folder.Path)), "mine"), "x");

        using var next = ClaimFolder.Open(bench.Vault, TimeProvider.System);
        Assert.Equal(["01ARZ3NDEKTSV4RRFFQ69G5FAV"], next.Strays().Select(s => s.Raw));
        Assert.Equal(["mine"], living.Folder.List().Select(n => n.Raw));
        Assert.False(Directory.Exists(dead));
    }

    [Fact]
    public async Task A_half_claimed_batch_is_put_back_and_a_whole_one_goes_forward()
    {
        var (first, second) = (Scans.Jpeg(1), Scans.Jpeg(2));
        bench.Drop("lo/1.jpg", first);
        bench.Drop("lo/2.jpg", second);
        bench.Drop("lo/x.manifest.json", JsonSerializer.SerializeToUtf8Bytes(new
        {
            manifestVersion = 1,
            documents = new[] { new { files = new[] { Named("1.jpg", first) } }, new { files = new[] { Named("2.jpg", second) } } },
        }));
        bench.Ledger.Before = a => throw new InvalidOperationException("dies at the first");
        await Assert.ThrowsAsync<InvalidOperationException>(bench.SettleAsync);

        // All were claimed and the batch was written down: forward.
        bench.Restart();
        await bench.LookAsync();
        Assert.Equal(2, bench.Ledger.Accepted.Count());
        Assert.All(bench.Ledger.Accepted, l => Assert.Equal("x.manifest.json", l.Batch));
        await bench.SettleAsync();
        Assert.Empty(Directory.GetFiles(bench.Path("lo")));
        Assert.Empty(bench.Folder.Status.Alerts);
    }

    [Fact]
    public async Task A_writer_in_another_process_keeps_its_file()
    {
        var path = bench.Drop("a.jpg", Scans.Jpeg(1));
        using var writer = Process.Start(new ProcessStartInfo("sh", ["-c", $"exec 3>>'{path}'; echo open; read line"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await writer.StandardOutput.ReadLineAsync();
        await bench.SettleAsync();
        Assert.Empty(bench.Ledger.Lines);

        writer.StandardInput.Close();
        await writer.WaitForExitAsync();
        await bench.SettleAsync();
        Assert.Single(bench.Ledger.Accepted);
    }

    [Fact]
    public async Task With_events_a_finished_file_is_taken_at_once_without_waiting_for_the_clock()
    {
        using var watched = new DropBench(o => (o.Watch, o.IdleLookSeconds) = (true, 600));
        using var stop = new CancellationTokenSource();
        var accepted = new TaskCompletionSource();
        watched.Ledger.Before = _ => accepted.TrySetResult();
        var running = watched.Folder.RunAsync(stop.Token);
        var temporary = watched.Drop("a.jpg.part", Scans.Jpeg(1));
        Assert.True(PosixFiles.TryRenameNew(temporary, watched.Path("a.jpg")));

        // The clock of this folder stands still: only an event can make it look.
        await accepted.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await stop.CancelAsync();
        await running;
    }

    private static object Named(string path, byte[] content) => new { path, sha256 = Convert.ToHexStringLower(SHA256.HashData(content)) };
}
