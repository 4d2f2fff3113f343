using Digitizer.Intake;
using Digitizer.Intake.DropFolders;
using Digitizer.Tests.Support.DropFolders;
using Digitizer.Vault;
using Microsoft.Extensions.Logging.Abstractions;

namespace Digitizer.EndToEndTests.Rows.DropFolders;

/// <summary>A process that does nothing but look after one drop folder, for tests that kill it.</summary>
internal static class DropFolderChild
{
    /// <param name="arguments">The drop folder, the vault, the ledger's file.</param>
    public static async Task Main(string[] arguments)
    {
        var time = TimeProvider.System;
        var folder = new DropFolderOptions
        {
            Name = "quay-1", Path = arguments[0], Watch = false, QuietSeconds = 0.02, QuietLooks = 2, BusyLookSeconds = 0.01, IdleLookSeconds = 0.01,
        };
        var options = new DropFoldersOptions { Folders = { folder }, MinFreeBytes = 0 };
        using var set = new DropFolderSet(
            options, new AdmissionOptions(), LocalVault.Open(arguments[1], time), new FileLedger(arguments[2]), new RecordedAlerts(), time, NullLogger.Instance);
        Console.WriteLine("ready");
        await set.RunAsync(CancellationToken.None);
    }
}
