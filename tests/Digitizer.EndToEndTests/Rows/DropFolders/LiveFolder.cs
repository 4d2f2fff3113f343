using Digitizer.Intake;
using Digitizer.Intake.DropFolders;
using Digitizer.Tests.Support;
using Digitizer.Tests.Support.DropFolders;
using Digitizer.Vault;
using Microsoft.Extensions.Logging.Abstractions;

namespace Digitizer.EndToEndTests.Rows.DropFolders;

/// <summary>A drop folder that is looked after on the real clock, as a service does it, with events and in the background.</summary>
internal sealed class LiveFolder : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly CancellationTokenSource stop = new();
    private readonly DropFolderSet set;
    private readonly Task running;

    /// <param name="change">Changes to options that are quick already.</param>
    /// <param name="path">The drop folder, if it is a mount of the test's own.</param>
    public LiveFolder(Action<DropFolderOptions>? change = null, string? path = null)
    {
        Options = new DropFolderOptions { Name = "quay-1", Path = path ?? folder["drop"], QuietSeconds = 0.5, BusyLookSeconds = 0.1, IdleLookSeconds = 0.5 };
        change?.Invoke(Options);
        Directory.CreateDirectory(Options.Path);
        Ledger = new FileLedger(folder["ledger"]);
        Vault = LocalVault.Open(folder["vault"], TimeProvider.System);
        set = new DropFolderSet(
            new DropFoldersOptions { Folders = { Options }, MinFreeBytes = 0 }, new AdmissionOptions(), Vaults.Local(Vault), Ledger, Alerts, TimeProvider.System, NullLogger.Instance);
        running = set.RunAsync(stop.Token);
    }

    public DropFolderOptions Options { get; }

    public FileLedger Ledger { get; }

    public RecordedAlerts Alerts { get; } = new();

    public LocalVault Vault { get; }

    public DropFolderStatus Status => set.Status.Single();

    public string Path(string name) => System.IO.Path.Combine(Options.Path, name);

    /// <summary>Stops it and shows what went wrong with it, if anything did.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        try
        {
            await running;
        }
        catch (OperationCanceledException)
        {
        }

        set.Dispose();
        stop.Dispose();
        folder.Dispose();
    }
}
