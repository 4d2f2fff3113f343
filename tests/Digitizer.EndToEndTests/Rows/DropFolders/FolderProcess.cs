using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Digitizer.Intake.DropFolders;
using Digitizer.EndToEndTests.Support;

namespace Digitizer.EndToEndTests.Rows.DropFolders;

/// <summary>A running <see cref="DropFolderChild"/>, and what it has said so far.</summary>
internal sealed class FolderProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly Task listening;
    private readonly ConcurrentDictionary<string, Standing> standings = new();
    private readonly ConcurrentDictionary<(string Kind, string Source), int> alerts = new();

    private FolderProcess(Process process)
    {
        this.process = process;
        listening = ListenAsync();
    }

    /// <summary>All lines.</summary>
    public ConcurrentQueue<string> Said { get; } = [];

    /// <summary>Starts it.</summary>
    /// <param name="settings">What it looks after.</param>
    /// <param name="inside">A program that runs it, and its arguments; that must become the child, not start it.</param>
    public static async Task<FolderProcess> StartAsync(ChildSettings settings, params string[] inside)
    {
        string[] words = [.. inside, "dotnet", typeof(DropFolderChild).Assembly.Location, settings.Write()];
        var process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true })!;
        var ready = await process.StandardOutput.ReadLineAsync();
        return ready == "ready" ? new FolderProcess(process) : throw new InvalidOperationException($"The child did not start: {ready}");
    }

    /// <summary>How a folder stands; nothing is known at first.</summary>
    public Standing Of(string source) => standings.GetValueOrDefault(source);

    /// <summary>True while an alert stands.</summary>
    public bool Has(AlertKind kind, string source) => alerts.GetValueOrDefault((kind.ToString(), source)) > 0;

    /// <summary>Sends a signal by name.</summary>
    public void Signal(string signal) => TestProgram.Signal(process, signal);

    /// <summary>A size of /proc/PID/status, in MB.</summary>
    public double Megabytes(string key)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").First(l => l.StartsWith(key + ":", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>Kills it.</summary>
    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        await listening;
        process.Dispose();
    }

    private async Task ListenAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            Said.Enqueue(line);
            switch (line.Split(' ', 3))
            {
                case ["status", var source, var standing]:
                    standings[source] = Standing.Parse(standing);
                    break;
                case ["raised", var kind, var rest]:
                    alerts.AddOrUpdate((kind, rest.Split(' ')[0]), 1, (_, n) => n + 1);
                    break;
                case ["ended", var kind, var source]:
                    alerts.AddOrUpdate((kind, source), 0, (_, n) => n - 1);
                    break;
            }
        }
    }
}
