using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using Digitizer.EndToEndTests.Support;
using Digitizer.Intake;
using Digitizer.Intake.BlobQueues;
using Digitizer.Jobs;
using Digitizer.Storage;
using Digitizer.Tests.Intake.BlobQueues;
using Digitizer.Tests.Support.DropFolders;
using Digitizer.Tests.Support.Servers;
using Digitizer.Vault;
using Microsoft.Extensions.Logging.Abstractions;

namespace Digitizer.Tests.Support.BlobQueues;

/// <summary>A blob queue with a container, a vault and a journal of its own, before a real Azurite.</summary>
internal sealed class BlobBench : IAsyncDisposable
{
    /// <summary>Longest wait; the long figures take their time.</summary>
    public static TimeSpan Patience => Row.IsReduced ? TimeSpan.FromSeconds(60) : TimeSpan.FromMinutes(30);

    private readonly TempFolder folder = new();
    private readonly Azurite azurite;
    private readonly string? postgres;
    private readonly AzureAccount account;
    private CancellationTokenSource? stop;
    private Task running = Task.CompletedTask;
    private BlobQueueSet? set;
    private JobStore? jobs;

    private BlobBench(Azurite azurite, Action<BlobQueueOptions>? with, AzureAccount? account, string? postgres)
    {
        (this.azurite, this.postgres) = (azurite, postgres);
        this.account = account ?? azurite.Open();
        (Container, Queue) = (azurite.NewContainer(), azurite.NewQueue());
        Options = new BlobQueueOptions { Name = "hang-doi", Account = "main", Queue = Queue.Name, SweepMinutes = 0, VisibilitySeconds = 5 };
        Options.Containers.Add(Container.Name);
        with?.Invoke(Options);
        Vault = LocalVault.Open(folder["vault"], Clock);
    }

    public BlobContainerClient Container { get; }

    public QueueClient Queue { get; }

    public QueueClient Poison => azurite.Queues.GetQueueClient(Queue.Name + "-poison");

    public BlobQueueOptions Options { get; }

    /// <summary>What the product is given as its clock.</summary>
    public JumpingClock Clock { get; } = new(TimeProvider.System);

    public LocalVault Vault { get; }

    public AdmissionOptions Admission { get; } = new();

    public RecordedAlerts Alerts { get; } = new();

    public long MinFreeBytes { get; set; }

    public bool IsPaused { get; set; }

    /// <summary>What sharing an original does; nothing unless a test says otherwise.</summary>
    public Func<OriginalName, CancellationToken, Task> Share { get; set; } = (_, _) => Task.CompletedTask;

    public JobStore Jobs => jobs!;

    public BlobQueueStatus Status => set!.Status.Single();

    public string this[string name] => folder[name];

    /// <param name="azurite">The tests' own.</param>
    /// <param name="with">Changes to the options.</param>
    /// <param name="account">Null: the account itself, with nothing between.</param>
    /// <param name="postgres">A connection string; null: SQLite.</param>
    public static async Task<BlobBench> CreateAsync(Azurite azurite, Action<BlobQueueOptions>? with = null, AzureAccount? account = null, string? postgres = null)
    {
        var bench = new BlobBench(azurite, with, account, postgres);
        await bench.OpenAsync();
        return bench;
    }

    /// <summary>The same account through a proxy for each of its two services.</summary>
    public static AzureAccount Through(FaultProxy blobs, FaultProxy queues)
        => AzureAccount.Create(new AzureAccountOptions { Name = "main", ConnectionString = Azurite.ConnectionOf(blobs.Port, queues.Port) });

    /// <summary>A picture that no other call gives.</summary>
    public static byte[] Page(int number) => PlainPng.Create(8, 8, 1, [.. BitConverter.GetBytes(number), .. new byte[60]]);

    public async Task<string> UploadAsync(string name, byte[] content, Dictionary<string, string>? metadata = null, Dictionary<string, string>? tags = null)
    {
        var answer = await Container.GetBlobClient(name).UploadAsync(new MemoryStream(content), new BlobUploadOptions { Metadata = metadata, Tags = tags });
        return answer.Value.ETag.ToString().Trim('"');
    }

    public Task SendAsync(string body) => Queue.SendMessageAsync(body);

    /// <summary>Uploads, and sends the event that follows.</summary>
    public async Task<string> ArriveAsync(string name, byte[] content)
    {
        var version = await UploadAsync(name, content);
        await SendAsync(Events.Grid(Azurite.Account, Container.Name, name, version));
        return version;
    }

    /// <summary>Begins to take.</summary>
    public void Start()
    {
        stop = new CancellationTokenSource();
        var context = new BlobQueueContext(Vault, new BlobReceiver(Jobs, () => { }, () => IsPaused), Alerts, Admission, MinFreeBytes, (original, cancellation) => Share(original, cancellation), _ => { }, (original, removal) => ((IVault)Vault).TrashAsync(original, removal, default));
        set = new BlobQueueSet([Options], new Dictionary<string, AzureAccount> { ["main"] = account }, context, Clock, NullLogger.Instance);
        running = set.RunAsync(stop.Token);
    }

    /// <summary>Ends it as a service ends; what it did not expect comes out here.</summary>
    [SuppressMessage("Usage", "VSTHRD003", Justification = "Started here.")]
    public async Task StopAsync()
    {
        if (stop is null)
        {
            return;
        }

        await stop.CancelAsync();
        try
        {
            await running;
        }
        catch (OperationCanceledException)
        {
            // Told to.
        }

        set!.Dispose();
        stop.Dispose();
        stop = null;
    }

    /// <summary>Takes until the queue is empty, then ends.</summary>
    public async Task DrainAsync()
    {
        Start();
        Assert.True(await ComesAsync(IsEmptyAsync), $"messages are left; alerts: {string.Join(", ", Alerts.All.Select(a => a.Kind + " " + a.Message))}");
        await StopAsync();
    }

    public async Task<bool> IsEmptyAsync() => (await Queue.GetPropertiesAsync()).Value.ApproximateMessagesCount == 0;

    /// <returns>False if it has not come in time, or the queue ended by itself.</returns>
    public async Task<bool> ComesAsync(Func<Task<bool>> condition)
        => await Eventually.ComesAsync(async () => running.IsFaulted || await condition(), Patience) && !running.IsFaulted;

    /// <summary>All units, in the order of their acceptance.</summary>
    public async Task<IReadOnlyList<JobUnit>> UnitsAsync()
    {
        var units = new List<JobUnit>();
        while (await Jobs.UnitsAsync(new UnitFilter(), new Slice(500) { After = units.Count == 0 ? null : units[^1].Id }, default) is { Count: > 0 } more)
        {
            units.AddRange(more);
        }

        return units;
    }

    /// <summary>What the vault holds of a unit.</summary>
    public byte[] Original(JobUnit unit) => File.ReadAllBytes(Vault.PathOf(OriginalName.Create(unit.Id.ToString(), unit.Arrival.Sha256)));

    /// <summary>Bodies and facts of what is in the poison queue.</summary>
    public async Task<IReadOnlyList<Azure.Storage.Queues.Models.PeekedMessage>> PoisonedAsync()
    {
        try
        {
            return (await Poison.PeekMessagesAsync(32)).Value;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return [];
        }
    }

    /// <summary>The journal as a new process finds it.</summary>
    public async Task ReopenAsync()
    {
        await StopAsync();
        await Jobs.DisposeAsync();
        await OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Jobs.DisposeAsync();
        account.Dispose();
        folder.Dispose();
    }

    private async Task OpenAsync() => jobs = await JobStore.OpenAsync(
        new JobOptions { Engine = postgres is null ? JournalEngine.Sqlite : JournalEngine.PostgreSql, File = folder["journal.db"], Connection = postgres, AuditFile = folder["audit.jsonl"] }, Clock, default);
}
