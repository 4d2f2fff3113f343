using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Intake.DropFolders;
using Digitizer.Tests.Support.DropFolders;
using Digitizer.Vault;
using Microsoft.Extensions.Logging;

namespace Digitizer.EndToEndTests.Rows.DropFolders;

/// <summary>A process that does nothing but look after drop folders, for tests that kill, stop or measure it. It says on standard output what happens.</summary>
internal static class DropFolderChild
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <param name="arguments">The file of its settings.</param>
    public static async Task RunAsync(string[] arguments)
    {
        var time = TimeProvider.System;
        var settings = ChildSettings.Read(arguments[0]);
        var options = new DropFoldersOptions { MinFreeBytes = 0 };
        settings.Folders.ForEach(options.Folders.Add);
        using var set = new DropFolderSet(
            options, new AdmissionOptions(), Vaults.Local(LocalVault.Open(settings.Vault, time)), new FileLedger(settings.Ledger), new SaidAlerts(), time, new SaidLog());
        Console.WriteLine("ready");
        await await Task.WhenAny(set.RunAsync(CancellationToken.None), TellAsync(set));
    }

    private static async Task TellAsync(DropFolderSet set)
    {
        var told = new Dictionary<string, Standing>();
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync())
        {
            foreach (var status in set.Status)
            {
                var standing = new Standing(status.Unsettled, status.Taken, status.HasEvents);
                if (standing != told.GetValueOrDefault(status.Source))
                {
                    told[status.Source] = standing;
                    Console.WriteLine($"status {status.Source} {standing}");
                }
            }
        }
    }

    private sealed class SaidAlerts : IAlerts
    {
        public void Raised(FolderAlert alert) => Console.WriteLine($"raised {alert.Kind} {alert.Source} {ShownName.Escape(alert.Message)}");

        public void Ended(FolderAlert alert) => Console.WriteLine($"ended {alert.Kind} {alert.Source}");
    }

    private sealed class SaidLog : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => Console.WriteLine($"log {eventId.Name} {exception?.Message}");
    }
}
