using Digitizer.EndToEndTests.Support;
using Digitizer.Service;
using Digitizer.Tests.Jobs;
using Digitizer.Tests.Support;
using Digitizer.Worker.Api.Webhooks;

namespace Digitizer.EndToEndTests.Api;

/// <summary>Webhooks on a real journal, with a clock that tests move.</summary>
internal sealed class WebhookBench : IAsyncDisposable
{
    public const string Secret = "0123456789abcdef0123456789abcdef";

    private readonly TempFolder folder = new();
    private readonly List<WebhookOptions> options = [];
    private Webhooks? webhooks;
    private CancellationTokenSource stop = new();
    private Task running = Task.CompletedTask;

    private WebhookBench(Journal journal)
    {
        Journal = journal;
        Alerts = new ServiceAlerts(new AlertLog(Log), journal.Time);
    }

    public Journal Journal { get; }

    public LogLines Log { get; } = new();

    public ServiceAlerts Alerts { get; }

    public WebhookNetwork Network { get; init; } = WebhookNetwork.Own;

    /// <param name="network">Null: this machine's.</param>
    /// <param name="connection">Of a journal on PostgreSQL; null: SQLite.</param>
    public static async Task<WebhookBench> CreateAsync(WebhookNetwork? network = null, string? connection = null) => new(await Journal.CreateAsync(connection)) { Network = network ?? WebhookNetwork.Own };

    /// <summary>Writes a file of secrets that may be used.</summary>
    public string SecretFile(string name, params string[] lines)
    {
        var file = folder.File(name, string.Join('\n', lines) + "\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }

    public void Add(string name, string address, Func<WebhookOptions, WebhookOptions>? with = null)
    {
        var one = new WebhookOptions { Name = name, Address = address, SecretFile = SecretFile(name, Secret) };
        options.Add(with is null ? one : with(one));
    }

    /// <summary>Changes the settings of one, for the next start.</summary>
    public void Change(string name, Func<WebhookOptions, WebhookOptions> with)
    {
        var i = options.FindIndex(o => o.Name == name);
        options[i] = with(options[i]);
    }

    /// <summary>Starts the webhooks; they begin behind what the journal has now, unless they are known.</summary>
    public async Task StartAsync()
    {
        foreach (var one in options)
        {
            await Journal.Store.StartWebhookAsync(one.Name, default);
        }

        stop = new CancellationTokenSource();
        webhooks = new Webhooks(options, Journal.Store, Alerts, Network, Journal.Time, Log);
        running = webhooks.RunAsync(stop.Token);
    }

    /// <summary>Stops them; they end at once.</summary>
    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await running.WaitAsync(TestProgram.Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        webhooks?.Dispose();
        stop.Dispose();
        (webhooks, stop) = (null, new CancellationTokenSource());
    }

    /// <summary>Moves the clock on by steps until something has come.</summary>
    public async Task UntilAsync(Func<bool> condition, TimeSpan? step = null)
        => Assert.True(
            await Eventually.ComesAsync(
                () =>
                {
                    Journal.Time.Advance(step ?? TimeSpan.FromSeconds(1));
                    return condition();
                },
                TestProgram.Patience),
            string.Join(Environment.NewLine, Log.All));

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        stop.Dispose();
        await Journal.DisposeAsync();
        folder.Dispose();
    }
}
