using System.Text.Json;
using System.Text.Json.Nodes;
using Digitizer.Trials;
using Digitizer.Tests.Support.Servers;
using Digitizer.Vault;
using Digitizer.Vault.Blobs;

namespace Digitizer.EndToEndTests.Trials;

/// <summary>What a fleet's services share besides their drop folders.</summary>
/// <param name="Journal">Connection string of PostgreSQL.</param>
/// <param name="Storage">Connection string of the account that the vault is in; null: the vault is a folder.</param>
/// <param name="Own">The account without what stands between it and the services; for the trial's own looks.</param>
internal sealed record FleetPlaces(string Journal, string? Storage, string? Own = null);

/// <summary>Several services on one journal and one vault, that take from the same drop folders and file in the same dossiers.</summary>
internal sealed class TrialFleet : IDisposable
{
    private const string Account = "main";

    private readonly string root = Directory.CreateTempSubdirectory("digitizer-fleet-").FullName;
    private readonly string container = Azurite.NewName("vault");
    private readonly string scans = Azurite.NewName("scans");
    private readonly string results = Azurite.NewName("results");
    private readonly Storage.AzureAccount? account;

    /// <param name="workers">How many.</param>
    /// <param name="places">What they share.</param>
    /// <param name="change">Changes to the configuration of each, by its number.</param>
    /// <param name="arguments">What each is started with, by its number.</param>
    public TrialFleet(int workers, FleetPlaces places, Action<int, JsonNode>? change = null, Func<int, string[]>? arguments = null)
    {
        Journal = places.Journal;
        account = places.Storage is null ? null : Storage.AzureAccount.Create(new Storage.AzureAccountOptions { Name = Account, ConnectionString = places.Own ?? places.Storage });
        account?.Blobs.CreateBlobContainer(scans);
        account?.Blobs.CreateBlobContainer(results);
        account?.Queues.CreateQueue(scans);
        First = Create(0, null);
        Houses = [First, .. Enumerable.Range(1, workers - 1).Select(i => Create(i, First))];

        TrialHouse Create(int number, TrialHouse? first) => new(Directory.CreateDirectory(Path.Combine(root, $"worker-{number}")).FullName, configuration =>
        {
            var service = configuration["Service"]!;
            service["PostgreSql"] = places.Journal;
            service["Vault"] = JsonSerializer.SerializeToNode(places.Storage is null ? new { Folder = Path.Combine(root, "vault") } : (object)new { Blob = new { Account, Container = container, CacheBytes = 64 << 20 } });
            service["Azure"] = places.Storage is null ? null : JsonSerializer.SerializeToNode(new { Accounts = new[] { new { Name = Account, ConnectionString = places.Storage } } });
            service["BlobQueues"] = places.Storage is null ? null : JsonSerializer.SerializeToNode(new[]
            {
                new { Name = "nop-truc-tuyen", Account, Queue = scans, Containers = new[] { scans }, Dossier = new { Metadata = "dossier" }, Results = new { Container = results }, VisibilitySeconds = 5, SweepMinutes = 0.05, Attempts = 100 },
            });
            service["Dossiers"] = Path.Combine(root, "dossiers");
            if (first is not null)
            {
                service["Drop"]!["Folders"]![0]!["Path"] = first.Drop;
                service["Drop"]!["Folders"]![1]!["Path"] = first.Other;
            }

            change?.Invoke(number, configuration);
        })
        {
            SharedVault = Open,
            SharedDossiers = Path.Combine(root, "dossiers"),
            Arguments = arguments?.Invoke(number) ?? [],
        };
    }

    /// <summary>Connection string of the journal, as the services have it.</summary>
    public string Journal { get; }

    /// <summary>The one whose drop folders all take from, and which is asked.</summary>
    public TrialHouse First { get; }

    public IReadOnlyList<TrialHouse> Houses { get; }

    /// <summary>What they said, all of them.</summary>
    public string Log => string.Join("\n---\n", Houses.Select(house => house.Log));

    /// <summary>Lines of all of them that hold a text.</summary>
    public int Said(string text) => Houses.Sum(house => house.Said.Count(line => line.Contains(text, StringComparison.Ordinal)));

    /// <summary>Messages that wait in the queue of blobs, about.</summary>
    public int Announced => account!.Queues.GetQueueClient(scans).GetProperties().Value.ApproximateMessagesCount;

    /// <summary>Puts a scan of one page into the container of blobs and announces it; it is among what is compared.</summary>
    public async Task UploadAsync(uint dossier)
    {
        var scan = First.Draw(dossier);
        var (name, content) = scan.Files[0];
        await UploadAsync($"{scan.Document.Unit}/{name}", content, PrintedIdentity.CodeOf(dossier));
    }

    /// <summary>Puts any blob there and announces it.</summary>
    public async Task UploadAsync(string name, byte[] content, string dossier)
    {
        var blob = account!.Blobs.GetBlobContainerClient(scans).GetBlobClient(name);
        await blob.UploadAsync(new BinaryData(content), new Azure.Storage.Blobs.Models.BlobUploadOptions { Metadata = new Dictionary<string, string> { ["dossier"] = dossier } });
        await AnnounceAsync(JsonSerializer.Serialize(new { version = 1, container = scans, blob = name }));
    }

    /// <summary>Sends a message of any kind.</summary>
    public Task AnnounceAsync(string message) => account!.Queues.GetQueueClient(scans).SendMessageAsync(message, timeToLive: TimeSpan.FromSeconds(-1));

    /// <summary>Names of the blobs that results were written to.</summary>
    public IReadOnlyList<string> Results => [.. account!.Blobs.GetBlobContainerClient(results).GetBlobs().Select(blob => blob.Name)];

    /// <summary>How many pieces of work one of them has in hand, by the journal.</summary>
    public async Task<long> InHandAsync(TrialHouse house)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(Journal);
        await using var command = source.CreateCommand("SELECT count(*) FROM work WHERE state = 'running' AND owner LIKE '%/' || $1 || '/%'");
        command.Parameters.AddWithValue(house.Service.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public Task StartAsync() => Task.WhenAll(Houses.Select(house => house.StartAsync()));

    /// <summary>Starts those that have ended.</summary>
    public Task StartEndedAsync() => Task.WhenAll(Houses.Where(house => house.Service.HasExited).Select(house => house.StartAsync()));

    /// <summary>Waits until all is settled, and compares.</summary>
    /// <returns>All that is wrong.</returns>
    public async Task<IReadOnlyList<string>> FaultsAsync()
    {
        await StartEndedAsync();
        var isSettled = await First.SettledAsync(TimeSpan.FromMinutes(2));
        var faults = await TrialCheck.FaultsAsync(First.All, First.FiledDocuments(), First);
        return isSettled && faults.Count == 0 ? [] : [isSettled ? "" : "the first service has ended", .. faults, Log];
    }

    /// <summary>Ends all as they should be ended.</summary>
    /// <returns>Exit codes.</returns>
    public async Task<IReadOnlyList<int>> StopAsync() => await Task.WhenAll(Houses.Select(house => house.StopAsync()));

    public void Dispose()
    {
        foreach (var house in Houses)
        {
            house.Dispose();
        }

        account?.Dispose();
        Directory.Delete(root, recursive: true);
    }

    private IVault Open()
    {
        var time = TimeProvider.System;
        var local = LocalVault.Open(Path.Combine(root, account is null ? "vault" : "look"), time);
        return account is null ? local : new BlobVault(new BlobObjects(account, container), local, new BlobCache(Path.Combine(root, "look-cache"), long.MaxValue, time), time);
    }
}
