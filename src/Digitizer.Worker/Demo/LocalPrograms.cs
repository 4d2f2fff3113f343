using System.Net;
using System.Net.Sockets;
using Digitizer.Confinement;

namespace Digitizer.Worker.Demo;

/// <summary>Programs that run beside this one, and a temporary folder for them; afterwards none of them runs, and the folder is gone.</summary>
internal sealed class LocalPrograms : IAsyncDisposable
{
    // Servers may run under a user of their own, who reaches his folder and lists nothing.
    private const UnixFileMode Passable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private const int Removals = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly string root = Directory.CreateTempSubdirectory("digitizer-demo-").FullName;
    private readonly ProcessLauncher launcher = new();
    private readonly Stack<LocalProgram> started = [];
    private readonly Lock gate = new();

    public LocalPrograms() => File.SetUnixFileMode(root, Passable);

    /// <summary>A port of this machine that nobody listens on at the moment.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Whether somebody listens on a port of this machine.</summary>
    public static async Task<bool> ListensAsync(int port, CancellationToken cancellation)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, cancellation);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>A new folder that is gone afterwards.</summary>
    public string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(root, name)).FullName;

    /// <summary>Starts a program, which is stopped before those that were started before it.</summary>
    public async Task<LocalProgram> StartAsync(LocalStart start)
    {
        var program = await LocalProgram.StartAsync(launcher, start);
        lock (gate)
        {
            started.Push(program);
        }

        return program;
    }

    public async ValueTask DisposeAsync()
    {
        while (started.TryPop(out var program))
        {
            await program.StopAsync();
            program.Dispose();
        }

        launcher.Dispose();
        await RemoveAsync();
    }

    // What a killed program had started dies a moment after it, and may write until then.
    private async Task RemoveAsync()
    {
        using var timer = new PeriodicTimer(Pause);
        for (var tries = 1; ; tries++)
        {
            try
            {
                Directory.Delete(root, recursive: true);
                return;
            }
            catch (IOException) when (tries < Removals)
            {
                await timer.WaitForNextTickAsync();
            }
        }
    }
}
