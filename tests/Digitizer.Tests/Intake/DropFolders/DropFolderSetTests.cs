using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Intake.DropFolders;
using Digitizer.Tests.Support;
using Digitizer.Tests.Support.DropFolders;
using Digitizer.Vault;
using Microsoft.Extensions.Logging.Abstractions;

namespace Digitizer.Tests.Intake.DropFolders;

public sealed class DropFolderSetTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_one_folder_does_not_expect_ends_all_of_them_at_once()
    {
        var ledger = new FileLedger(folder["ledger"]) { Before = _ => throw new InvalidOperationException("nobody thought of this") };
        using var set = Open(ledger, Options("quay-1"), Options("quay-2"));
        await File.WriteAllBytesAsync(folder["quay-1/a.jpg"], Scans.Jpeg(1));

        // The other folder would go on for ever.
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => set.RunAsync(CancellationToken.None));

        Assert.Equal("nobody thought of this", failure.Message);
    }

    [Fact]
    public async Task Stopping_is_no_failure_of_a_folder()
    {
        using var stop = new CancellationTokenSource();
        var ledger = new FileLedger(folder["ledger"]) { After = _ => stop.Cancel() };
        using var set = Open(ledger, Options("quay-1"), Options("quay-2"));
        await File.WriteAllBytesAsync(folder["quay-1/a.jpg"], Scans.Jpeg(1));

        var ended = await Record.ExceptionAsync(() => set.RunAsync(stop.Token));

        Assert.True(ended is null or OperationCanceledException);
        Assert.Single(ledger.Accepted);
    }

    [Fact]
    public void Exceptions_on_another_file_system_are_refused_before_anything_is_taken()
    {
        var options = Options("quay-1");
        options.Exceptions = "/dev/shm/digitizer-exceptions/quay-1";

        var failure = Assert.Throws<DigitizerException>(() => Open(new FileLedger(folder["ledger"]), options));

        Assert.Equal(FailureKind.DropFolderUnusable, failure.Kind);
        Assert.Contains("another file system", failure.Message, StringComparison.Ordinal);
        options.Exceptions = folder["elsewhere/not-there-yet"];
        Open(new FileLedger(folder["ledger"]), options).Dispose();
    }

    private DropFolderOptions Options(string name)
    {
        Directory.CreateDirectory(folder[name]);
        return new DropFolderOptions { Name = name, Path = folder[name], Watch = false, QuietSeconds = 0.02, QuietLooks = 2, BusyLookSeconds = 0.01, IdleLookSeconds = 0.01 };
    }

    private DropFolderSet Open(IReceiver receiver, params DropFolderOptions[] folders)
    {
        var options = new DropFoldersOptions { MinFreeBytes = 0 };
        folders.ToList().ForEach(options.Folders.Add);
        return new DropFolderSet(
            options, new AdmissionOptions(), Vaults.Local(LocalVault.Open(folder["vault"], TimeProvider.System)), receiver, new RecordedAlerts(), TimeProvider.System, NullLogger.Instance);
    }
}
