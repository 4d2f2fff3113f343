using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using Digitizer.Failures;
using Digitizer.Tests.Support;
using Digitizer.Tests.Support.Servers;
using Digitizer.Vault;
using Digitizer.Vault.Blobs;
using Microsoft.Extensions.Time.Testing;

namespace Digitizer.Tests.Vault;

[Collection(AzuriteTests.Name)]
public sealed class BlobVaultTests(Azurite azurite) : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly string container = Azurite.NewName("vault");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Copies_on_the_disk_stay_within_their_bound_but_for_those_that_are_being_read()
    {
        using var account = azurite.Open();
        var vault = await OpenAsync(account, "vault", cacheBytes: 100_000);
        var stored = new List<StoredResult>();
        for (var i = 0; i < 8; i++)
        {
            stored.Add(await vault.StoreAsync(new MemoryStream(RandomNumberGenerator.GetBytes(30_000)), default));
        }

        Assert.InRange(CacheBytes("vault"), 30_000, 100_000);
        using (var borrowed = vault.Borrow())
        {
            var paths = new List<string>();
            foreach (var result in stored)
            {
                paths.Add(await borrowed.ResultAsync(result.Sha256, default));
            }

            Assert.All(paths.Zip(stored), pair => Assert.Equal(pair.Second.Sha256, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(pair.First)))));
            Assert.Equal(240_000, CacheBytes("vault"));
        }

        Assert.InRange(CacheBytes("vault"), 30_000, 100_000);
    }

    [Fact]
    public async Task A_copy_that_an_earlier_process_left_is_hashed_before_it_is_believed()
    {
        using var account = azurite.Open();
        var stored = await (await OpenAsync(account, "vault")).StoreAsync(new MemoryStream("abc"u8.ToArray()), default);
        var copy = Assert.Single(Directory.GetFiles(folder["vault/cache"]));
        File.SetUnixFileMode(copy, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(copy, "torn");

        using var borrowed = (await OpenAsync(account, "vault")).Borrow();
        Assert.Equal("abc", File.ReadAllText(await borrowed.ResultAsync(stored.Sha256, default)));
    }

    [Fact]
    public async Task A_copy_that_nobody_used_for_a_day_goes()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 25, 8, 0, 0, TimeSpan.Zero));
        using var account = azurite.Open();
        var vault = await BlobVault.OpenAsync(new BlobObjects(account, container), LocalVault.Open(folder["vault"], time), 64 << 20, time, default);
        var (old, used) = (await vault.StoreAsync(new MemoryStream("old"u8.ToArray()), default), await vault.StoreAsync(new MemoryStream("used"u8.ToArray()), default));
        using var reading = vault.Borrow();
        await reading.ResultAsync(used.Sha256, default);
        time.Advance(TimeSpan.FromHours(25));
        using (var borrowed = vault.Borrow())
        {
            await borrowed.ResultAsync((await vault.StoreAsync(new MemoryStream("new"u8.ToArray()), default)).Sha256, default);
        }

        Assert.DoesNotContain(old.Sha256, Directory.GetFiles(folder["vault/cache"]).Select(Path.GetFileName));
        Assert.Equal(2, Directory.GetFiles(folder["vault/cache"]).Length);
        await reading.ResultAsync(old.Sha256, default);
    }

    [Fact]
    public async Task Those_who_want_one_file_together_fetch_it_once()
    {
        using var account = azurite.Open();
        var stored = await (await OpenAsync(account, "vault")).StoreAsync(new MemoryStream(RandomNumberGenerator.GetBytes(1 << 20)), default);
        var (vault, gets) = (await OpenAsync(account, "another"), 0);
        using var listener = new MeterListener { InstrumentPublished = (instrument, l) => { if (instrument.Name == "http.client.request.duration") { l.EnableMeasurementEvents(instrument); } } };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) => _ = IsGet(tags) ? Interlocked.Increment(ref gets) : 0);
        listener.Start();

        using var borrowed = vault.Borrow();
        var paths = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var own = vault.Borrow();
            return await own.ResultAsync(stored.Sha256, default);
        }));

        Assert.Single(paths.Distinct());
        Assert.Equal(1, gets);

        // Others' tests use the same process, and other accounts.
        bool IsGet(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var of = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value);
            return of["http.request.method"] is "GET" && of["server.port"] is int port && azurite.ConnectionString.Contains($":{port}/", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_blob_that_somebody_changed_is_not_handed_out()
    {
        using var account = azurite.Open();
        var stored = await (await OpenAsync(account, "vault")).StoreAsync(new MemoryStream("abc"u8.ToArray()), default);
        await azurite.Blobs.GetBlobContainerClient(container).GetBlobClient($"results/{stored.Sha256[..2]}/{stored.Sha256}").UploadAsync(new BinaryData("other"), overwrite: true);

        using var borrowed = (await OpenAsync(account, "another")).Borrow();
        Assert.Equal(FailureKind.OriginalChanged, (await Assert.ThrowsAsync<DigitizerException>(() => borrowed.ResultAsync(stored.Sha256, default))).Kind);
        Assert.Empty(Directory.GetFiles(folder["another/cache"]));
        Assert.Empty(Directory.GetFiles(folder["another/incoming"]));
    }

    [Fact]
    public async Task What_cannot_be_reached_or_may_not_be_entered_says_so_and_nothing_of_the_secret()
    {
        using var away = Storage.AzureAccount.Create(new Storage.AzureAccountOptions { Name = "away", ConnectionString = Azurite.ConnectionOf(1, 2) });
        var unavailable = await Assert.ThrowsAsync<DigitizerException>(() => OpenAsync(away, "vault"));
        Assert.Equal(FailureKind.StorageUnavailable, unavailable.Kind);

        var wrong = azurite.ConnectionString.Replace("Eby8", "Abc8", StringComparison.Ordinal);
        using var denied = Storage.AzureAccount.Create(new Storage.AzureAccountOptions { Name = "denied", ConnectionString = wrong });
        var refused = await Assert.ThrowsAsync<DigitizerException>(() => OpenAsync(denied, "vault"));
        Assert.Equal(FailureKind.StorageDenied, refused.Kind);
        Assert.All(new[] { unavailable, refused }, e => Assert.DoesNotContain("ArKBHBeksoGMGw", e.ToString(), StringComparison.Ordinal));
        Assert.DoesNotContain("Abc8", refused.Message, StringComparison.Ordinal);
    }

    private async Task<BlobVault> OpenAsync(Storage.AzureAccount account, string spool, long cacheBytes = 64 << 20)
        => await BlobVault.OpenAsync(new BlobObjects(account, container), LocalVault.Open(folder[spool], TimeProvider.System), cacheBytes, TimeProvider.System, default);

    private long CacheBytes(string spool) => new DirectoryInfo(folder[spool + "/cache"]).EnumerateFiles().Sum(f => f.Length);
}
