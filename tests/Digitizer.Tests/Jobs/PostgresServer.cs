using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Digitizer.Tests.Jobs;

/// <summary>A PostgreSQL of the tests' own, on loopback, gone afterwards.</summary>
public sealed class PostgresServer : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("digitizer-pg-").FullName;
    private readonly string programs = Directory.EnumerateDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin")).Last(d => File.Exists(Path.Combine(d, "initdb")));
    private readonly int port = FreePort();
    private readonly bool isDurable;
    private int databases;
    private bool isRunning;

    public PostgresServer()
        : this(isDurable: false)
    {
    }

    /// <param name="isDurable">True: commits wait for the disk, as they do in use; what is measured is worth something.</param>
    internal PostgresServer(bool isDurable)
        : this(isDurable, "initdb", "-A", "trust", "-U", "digitizer", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    {
    }

    private PostgresServer(bool isDurable, string program, params string[] arguments)
    {
        this.isDurable = isDurable;

        // The server refuses to run as root.
        if (Environment.IsPrivilegedProcess)
        {
            Run("chown", "postgres", folder);
        }

        RunAsServer(program, ["-D", Path.Combine(folder, "data"), .. arguments]);
        Start();
    }

    /// <summary>Where it listens, on loopback.</summary>
    public int Port => port;

    /// <summary>The server itself, parent of those that serve connections.</summary>
    public int ProcessId => int.Parse(File.ReadLines(Path.Combine(folder, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    /// <summary>The connection string of a new, empty database.</summary>
    public string NewDatabase()
    {
        var name = $"journal{Interlocked.Increment(ref databases)}";
        using var source = NpgsqlDataSource.Create(Connection("postgres"));
        using var command = source.CreateCommand($"CREATE DATABASE {name}");
        command.ExecuteNonQuery();
        return Connection(name);
    }

    /// <summary>The same database at another port, that of a proxy before it.</summary>
    public string Through(string connection, int other) => connection.Replace($"Port={port};", $"Port={other};", StringComparison.Ordinal);

    /// <summary>Starts a server that follows this one: from now on a commit is acknowledged when both have it.</summary>
    internal PostgresServer Follow()
    {
        var standby = new PostgresServer(isDurable, "pg_basebackup", "-h", "127.0.0.1", "-p", $"{port}", "-U", "digitizer", "-R", "-X", "stream", "-c", "fast", "--no-sync");
        using var source = NpgsqlDataSource.Create(Connection("postgres"));
        foreach (var text in new[] { "ALTER SYSTEM SET synchronous_standby_names = '*'", "SELECT pg_reload_conf()" })
        {
            using var command = source.CreateCommand(text);
            command.ExecuteNonQuery();
        }

        return standby;
    }

    /// <summary>Makes one that followed another the one that takes writes.</summary>
    internal void Promote() => RunAsServer("pg_ctl", "-D", Path.Combine(folder, "data"), "-w", "promote");

    /// <summary>The same database on either of two servers, whichever takes writes.</summary>
    internal string With(PostgresServer other, string connection) => connection.Replace($"Host=127.0.0.1;Port={port};", $"Host=127.0.0.1:{port},127.0.0.1:{other.port};", StringComparison.Ordinal);

    /// <summary>Starts it.</summary>
    public void Start()
    {
        var options = $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync={(isDurable ? "on" : "off")} -c track_wal_io_timing=on -c max_connections=200";
        RunAsServer("pg_ctl", "-D", Path.Combine(folder, "data"), "-l", Path.Combine(folder, "log"), "-o", options, "-w", "start");
        isRunning = true;
    }

    /// <summary>Ends it without a word to anybody, as a crash; the next start recovers.</summary>
    public void StopAtOnce()
    {
        RunAsServer("pg_ctl", "-D", Path.Combine(folder, "data"), "-m", "immediate", "-w", "stop");
        isRunning = false;
    }

    public void Dispose()
    {
        if (isRunning)
        {
            StopAtOnce();
        }

        Directory.Delete(folder, recursive: true);
    }

    private string Connection(string database) => $"Host=127.0.0.1;Port={port};Username=digitizer;Database={database};Pooling=true;Maximum Pool Size=20";

    private void RunAsServer(string program, params string[] arguments)
    {
        string[] words = [Path.Combine(programs, program), .. arguments];
        if (Environment.IsPrivilegedProcess)
        {
            Run("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", .. words]);
        }
        else
        {
            Run(words[0], arguments);
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        // Nothing is redirected: the server would keep a pipe open for ever.
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" > /dev/null 2>&1", "sh", program, .. arguments]) { WorkingDirectory = "/" })!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
