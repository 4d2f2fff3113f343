using System.Security.Cryptography;
using Digitizer.Failures;
using Digitizer.Native;
using Digitizer.Tests.Support;
using Digitizer.Vault;
using Microsoft.Extensions.Time.Testing;

namespace Digitizer.Tests.Vault;

public sealed class LocalVaultTests : IDisposable
{
    private const string Unit = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

    private readonly TempFolder folder = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 25, 8, 0, 0, TimeSpan.Zero));
    private readonly LocalVault vault;

    public LocalVaultTests() => vault = LocalVault.Open(folder["vault"], time);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_result_is_kept_once_under_its_digest_read_only()
    {
        var first = await Store("abc");
        var second = await Store("abc");

        Assert.Equal(first, second);
        Assert.Equal(3, first.Bytes);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("abc"u8)), first.Sha256);
        var file = Assert.Single(Directory.GetFiles(Path.Combine(vault.Root, "results"), "*", SearchOption.AllDirectories));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.GroupRead, File.GetUnixFileMode(file));
        Assert.Empty(Directory.GetFiles(Path.Combine(vault.Root, "incoming")));
        using var reader = new StreamReader(vault.OpenResult(first.Sha256));
        Assert.Equal("abc", await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task A_result_that_the_disk_changed_is_not_taken_for_the_one_that_is_stored_again()
    {
        var stored = await Store("abc");
        Damage(vault.ResultPath(stored.Sha256));
        Assert.Equal(FailureKind.OriginalChanged, (await Assert.ThrowsAsync<DigitizerException>(() => Store("abc"))).Kind);
    }

    [Fact]
    public async Task What_is_missing_or_changed_is_found()
    {
        var (good, changed, gone) = (Seal("good", 'A'), Seal("changed", 'B'), Seal("gone", 'C'));
        var result = await Store("result");
        Damage(vault.PathOf(changed));
        Damage(vault.ResultPath(result.Sha256));
        File.Delete(vault.PathOf(gone));

        Assert.Null(await vault.VerifyAsync(good, CancellationToken.None));
        Assert.Equal(VaultFault.Missing, (await vault.VerifyAsync(gone, CancellationToken.None))!.Fault);
        var found = new List<VaultFinding>();
        await foreach (var finding in vault.VerifyAllAsync(() => { }, CancellationToken.None))
        {
            found.Add(finding);
        }

        Assert.Equal(2, found.Count);
        Assert.All(found, f => Assert.Equal(VaultFault.Changed, f.Fault));
        Assert.Equal(FailureKind.OriginalMissing, Assert.Throws<DigitizerException>(() => vault.OpenOriginal(gone)).Kind);
    }

    [Fact]
    public void An_original_is_never_overwritten()
    {
        var original = Seal("abc", 'A');
        Assert.Throws<IOException>(() => Seal("abc", 'A'));
        Assert.Equal("abc", File.ReadAllText(vault.PathOf(original)));
        Assert.True(vault.WriteSideCar(original, "1"u8.ToArray()));
        Assert.False(vault.WriteSideCar(original, "2"u8.ToArray()));
        Assert.Equal("1"u8.ToArray(), vault.ReadSideCar(original));
        Assert.Equal(original, vault.Find(original.Unit));
        Assert.Equal([original], vault.Originals());
    }

    [Fact]
    public void What_is_removed_lies_in_the_trash_until_it_is_purged_and_both_are_written_down_first()
    {
        var original = Seal("abc", 'A');
        vault.WriteSideCar(original, "{}"u8.ToArray());
        vault.Trash(original, new Removal("retention", "kept for ten years"));
        Assert.False(vault.Has(original));
        Assert.Equal(2, Directory.GetFiles(Path.Combine(vault.Root, "trash")).Length);

        time.Advance(TimeSpan.FromDays(29));
        Assert.Empty(vault.Purge(TimeSpan.FromDays(30), new Removal("retention", "30 days in the trash")));
        time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(2, vault.Purge(TimeSpan.FromDays(30), new Removal("retention", "30 days in the trash")).Count);
        Assert.Empty(Directory.GetFiles(Path.Combine(vault.Root, "trash")));
        Assert.Equal(["purge", "purge", "trash", "trash"], File.ReadAllLines(Path.Combine(vault.Root, "removals.jsonl")).Select(l => l.Split("\"act\":\"")[1].Split('"')[0]).Order());
        Assert.Equal(FailureKind.OriginalMissing, Assert.Throws<DigitizerException>(() => vault.Trash(original, new Removal("x", "y"))).Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    [InlineData("01ARZ3NDEKTSV4RRFFQ69G5FAV-abc")]
    [InlineData("81ARZ3NDEKTSV4RRFFQ69G5FAV-0000000000000000000000000000000000000000000000000000000000000000")]
    public void Only_a_unit_and_a_digest_name_an_original(string name) => Assert.Null(OriginalName.TryParse(name));

    [Fact]
    public async Task A_result_that_another_process_stores_again_while_it_is_taken_out_stays()
    {
        var stored = await Store("abc");
        var path = Assert.Single(Directory.GetFiles(Path.Combine(vault.Root, "results"), "*", SearchOption.AllDirectories));
        File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);
        time.Advance(TimeSpan.FromDays(2));
        var clock = new WatchedTime(time);
        var other = LocalVault.Open(vault.Root, clock);

        // After the look, and before the move.
        clock.AtSecondLook = () => File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);
        Assert.False(other.TrashResult(stored.Sha256, TimeSpan.FromDays(1), new Removal("retention", "kept for ten years")));

        Assert.True(File.Exists(path));
        Assert.Empty(Directory.GetFiles(Path.Combine(vault.Root, "trash")));
        Assert.Contains("\"return\"", File.ReadAllText(Path.Combine(vault.Root, "removals.jsonl")), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromDays(2));
        Assert.True(vault.TrashResult(stored.Sha256, TimeSpan.FromDays(1), new Removal("retention", "kept for ten years")));
    }

    private Task<StoredResult> Store(string text) => vault.StoreAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), CancellationToken.None);

    private OriginalName Seal(string content, char last)
    {
        File.WriteAllText(Path.Combine(vault.Claims, "claim"), content);
        using var claims = PosixFolder.Open(vault.Claims);
        using var file = claims.OpenFile(FileName.FromText("claim"))!;
        var original = OriginalName.Create(Unit[..^1] + last, Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(content))));
        vault.Seal(file, claims, FileName.FromText("claim"), original);
        return original;
    }

    private static void Damage(string path)
    {
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var bytes = File.ReadAllBytes(path);
        bytes[0] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    /// <summary>A clock that lets something happen when it is looked at for the second time from now on.</summary>
    private sealed class WatchedTime(TimeProvider time) : TimeProvider
    {
        private int looks;

        public Action? AtSecondLook { get; set; }

        public override DateTimeOffset GetUtcNow()
        {
            if (AtSecondLook is { } act && ++looks == 2)
            {
                act();
            }

            return time.GetUtcNow();
        }
    }
}
