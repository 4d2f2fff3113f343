using System.Security.Cryptography;
using System.Text;
using Digitizer.Failures;
using Digitizer.Tests.Support;
using Digitizer.Tests.Support.Servers;
using Digitizer.Vault;
using Digitizer.Vault.Blobs;
using Microsoft.Extensions.Time.Testing;

namespace Digitizer.Tests.Vault;

/// <summary>What every vault promises; the classes below run it on each.</summary>
public abstract class VaultContract : IAsyncLifetime, IDisposable
{
    private const string Unit = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

    private readonly TempFolder folder = new();

    // Files bear the machine's time, so the clock begins with it.
    private readonly FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
    private Vaults vaults = null!;

    private IVault Vault => vaults.Kept;

    public async Task InitializeAsync() => vaults = await OpenAsync(folder["vault"], time);

    public Task DisposeAsync() => Task.CompletedTask;

    public virtual void Dispose()
    {
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens it; a second time, with another folder, as another machine would.</summary>
    private protected abstract Task<Vaults> OpenAsync(string spool, TimeProvider clock);

    /// <summary>Changes a kept file behind the vault's back.</summary>
    private protected abstract Task DamageAsync(Vaults damaged, string below);

    /// <summary>Takes a kept file away behind the vault's back.</summary>
    private protected abstract Task LoseAsync(Vaults damaged, string below);

    [Fact]
    public async Task A_result_is_kept_once_under_its_digest_and_comes_back_as_it_was()
    {
        var (first, second) = (await StoreAsync("abc"), await StoreAsync("abc"));
        Assert.Equal(first, second);
        Assert.Equal((3, Digest("abc")), (first.Bytes, first.Sha256));
        Assert.Equal("abc", await ReadAsync(Vault, first.Sha256));
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task What_is_no_longer_what_was_put_in_is_noticed_where_it_is_stored_again_and_where_it_is_read()
    {
        var stored = await StoreAsync("abc");
        await DamageAsync(vaults, ResultOf(stored.Sha256));
        Assert.Equal(FailureKind.OriginalChanged, (await Assert.ThrowsAsync<DigitizerException>(() => StoreAsync("abc"))).Kind);
        Assert.Equal(VaultFault.Changed, Assert.Single(await FindingsAsync()).Fault);
    }

    [Fact]
    public async Task An_original_is_shared_with_its_side_car_and_found_by_everybody()
    {
        var original = await SealAsync("abc", 'A');
        await Vault.ShareAsync(original, default);
        await Vault.ShareAsync(original, default);
        Vault.Release(original);

        var other = (await OpenAsync(folder["other"], time)).Kept;
        Assert.True(await other.HasAsync(original, default));
        Assert.Equal([original], await other.OriginalsAsync(default).ToListAsync());
        Assert.Equal("{}"u8.ToArray(), await other.ReadSideCarAsync(original, default));
        using var borrowed = other.Borrow();
        Assert.Equal("abc", await File.ReadAllTextAsync(await borrowed.OriginalAsync(original, default)));
        using var own = Vault.Borrow();
        Assert.Equal("abc", await File.ReadAllTextAsync(await own.OriginalAsync(original, default)));
    }

    [Fact]
    public async Task What_is_missing_or_changed_is_found()
    {
        var originals = new[] { await SealAsync("good", 'A'), await SealAsync("changed", 'B'), await SealAsync("gone", 'C') };
        foreach (var original in originals)
        {
            await Vault.ShareAsync(original, default);
            Vault.Release(original);
        }

        var result = await StoreAsync("result");
        await DamageAsync(vaults, $"originals/{originals[1]}");
        await LoseAsync(vaults, $"originals/{originals[2]}");
        await LoseAsync(vaults, ResultOf(result.Sha256));

        Assert.Equal(($"originals/{originals[1]}", VaultFault.Changed), Assert.Single((await FindingsAsync()).Select(f => (f.File, f.Fault))));
        Assert.Equal(
            [ResultOf(result.Sha256), $"originals/{originals[2]}"],
            (await Vault.MissingAsync(originals, [result.Sha256], default)).Where(f => f.Fault == VaultFault.Missing).Select(f => f.File));
        Assert.False(await Vault.HasAsync(originals[2], default));
    }

    [Fact]
    public async Task What_is_removed_lies_in_the_trash_until_it_is_purged_and_can_be_stored_anew()
    {
        var original = await SealAsync("abc", 'A');
        await Vault.ShareAsync(original, default);
        Vault.Release(original);
        var result = await StoreAsync("result");
        time.Advance(TimeSpan.FromDays(2));

        await Vault.TrashAsync(original, new Removal("retention", "kept for ten years"), default);
        Assert.True(await Vault.TrashResultAsync(result.Sha256, TimeSpan.FromDays(1), new Removal("retention", "as well"), default));
        Assert.False(await Vault.TrashResultAsync(result.Sha256, TimeSpan.FromDays(1), new Removal("retention", "again"), default));
        Assert.False(await Vault.HasAsync(original, default));
        Assert.Equal([original.Unit], await Vault.UnitsInTrashAsync(default));
        Assert.Equal(FailureKind.OriginalMissing, (await Assert.ThrowsAsync<DigitizerException>(() => Vault.TrashAsync(original, new Removal("x", "y"), default))).Kind);

        Assert.Equal(0, await Vault.CountInTrashAsync(TimeSpan.FromDays(30), default));
        Assert.Empty(await Vault.PurgeAsync(TimeSpan.FromDays(30), new Removal("retention", "too early"), default));
        time.Advance(TimeSpan.FromDays(30));
        Assert.Equal(3, await Vault.CountInTrashAsync(TimeSpan.FromDays(30), default));
        Assert.Equal(3, (await Vault.PurgeAsync(TimeSpan.FromDays(30), new Removal("retention", "30 days in the trash"), default)).Count);
        Assert.Empty(await Vault.UnitsInTrashAsync(default));
        Assert.Equal("result", await ReadAsync(Vault, (await StoreAsync("result")).Sha256));
    }

    [Fact]
    public async Task A_result_that_was_stored_again_a_moment_ago_is_not_taken_out()
    {
        var result = await StoreAsync("result");
        await StoreAsync("result");
        Assert.False(await Vault.TrashResultAsync(result.Sha256, TimeSpan.FromDays(1), new Removal("retention", "too young"), default));
        Assert.Equal("result", await ReadAsync(Vault, result.Sha256));
    }

    [Fact]
    public async Task Many_at_once_store_the_same_and_each_reads_it()
    {
        var other = (await OpenAsync(folder["other"], time)).Kept;
        var stored = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? Vault : other).StoreAsync(Bytes($"content {i / 8}"), default)));
        Assert.Equal(5, stored.Distinct().Count());
        foreach (var result in stored.Distinct())
        {
            Assert.Equal(result.Sha256, Digest(await ReadAsync(other, result.Sha256)));
        }

        Assert.Equal(5, await CountAsync());
        Assert.Empty(await FindingsAsync());
    }

    [Fact]
    public async Task It_keeps_the_id_that_was_drawn_when_it_was_made()
    {
        var id = await Vault.IdAsync(default);
        Assert.Equal(32, id.Length);
        Assert.Equal(id, await Vault.IdAsync(default));
        Assert.Equal(id, await (await OpenAsync(folder[SecondPlace], time)).Kept.IdAsync(default));
    }

    /// <summary>Where another process finds the same vault.</summary>
    private protected virtual string SecondPlace => "other";

    private protected static string ResultOf(string sha256) => $"results/{sha256[..2]}/{sha256}";

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    private static async Task<string> ReadAsync(IVault from, string sha256)
    {
        using var borrowed = from.Borrow();
        return await File.ReadAllTextAsync(await borrowed.ResultAsync(sha256, default));
    }

    private Task<StoredResult> StoreAsync(string text) => Vault.StoreAsync(Bytes(text), default);

    private async Task<OriginalName> SealAsync(string content, char last)
    {
        var original = await vaults.Spool.StoreOriginalAsync(Bytes(content), Unit[..^1] + last, default);
        vaults.Spool.WriteSideCar(original, "{}"u8.ToArray());
        return original;
    }

    private async Task<int> CountAsync()
    {
        var files = 0;
        await foreach (var _ in Vault.VerifyAllAsync(() => files++, default))
        {
            // Only counted.
        }

        return files;
    }

    private Task<List<VaultFinding>> FindingsAsync() => Vault.VerifyAllAsync(() => { }, default).ToListAsync().AsTask();
}

public sealed class LocalVaultContract : VaultContract
{
    private string? first;

    private protected override string SecondPlace => "vault";

    // Processes of one machine share the folder.
    private protected override Task<Vaults> OpenAsync(string spool, TimeProvider clock) => Task.FromResult(Vaults.Local(LocalVault.Open(first ??= spool, clock)));

    private protected override Task DamageAsync(Vaults damaged, string below)
    {
        var path = Path.Combine(damaged.Spool.Root, below);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var bytes = File.ReadAllBytes(path);
        bytes[0] ^= 1;
        File.WriteAllBytes(path, bytes);
        return Task.CompletedTask;
    }

    private protected override Task LoseAsync(Vaults damaged, string below)
    {
        File.Delete(Path.Combine(damaged.Spool.Root, below));
        return Task.CompletedTask;
    }
}

[Collection(AzuriteTests.Name)]
public sealed class BlobVaultContract(Azurite azurite) : VaultContract
{
    private readonly Storage.AzureAccount account = azurite.Open();
    private readonly string container = Azurite.NewName("vault");

    public override void Dispose()
    {
        account.Dispose();
        base.Dispose();
    }

    private protected override async Task<Vaults> OpenAsync(string spool, TimeProvider clock)
    {
        var local = LocalVault.Open(spool, clock);
        return new Vaults(local, await BlobVault.OpenAsync(new BlobObjects(account, container), local, 64 << 20, clock, default));
    }

    private protected override async Task DamageAsync(Vaults damaged, string below)
        => await azurite.Blobs.GetBlobContainerClient(container).GetBlobClient(below).UploadAsync(new BinaryData("damaged"), overwrite: true);

    private protected override async Task LoseAsync(Vaults damaged, string below)
        => await azurite.Blobs.GetBlobContainerClient(container).GetBlobClient(below).DeleteAsync();
}
