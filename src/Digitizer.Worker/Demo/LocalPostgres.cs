using System.Globalization;
using Digitizer.Failures;
using Digitizer.Native;
using Npgsql;

namespace Digitizer.Worker.Demo;

/// <summary>A PostgreSQL of our own on loopback, for a while: it trusts whoever is on this machine, and its data survive nothing.</summary>
internal sealed class LocalPostgres
{
    private const string Packages = "/usr/lib/postgresql";
    private const string User = "digitizer";
    private const string NextStep = "Run the demonstration again; if it may not enter its folder, set TMPDIR to a folder that all users may enter, such as /tmp.";

    private LocalPostgres(int port) => Port = port;

    public int Port { get; }

    /// <summary>The connection string of its one database.</summary>
    public string Connection => $"Host=127.0.0.1;Port={Port};Username={User};Database=postgres";

    /// <summary>Finds its programs.</summary>
    /// <returns>Their folder.</returns>
    /// <exception cref="DigitizerException">EngineMissing.</exception>
    public static string Find()
    {
        // Debian has a folder for each version, and none of them in PATH.
        var versions = Directory.Exists(Packages) ? Directory.GetDirectories(Packages) : [];
        return versions.OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0)
                .Select(folder => Path.Combine(folder, "bin")).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
            ?? Path.GetDirectoryName(LocalProgram.Find("initdb"))
            ?? throw new DigitizerException(FailureKind.EngineMissing, "PostgreSQL is not installed. Type: sudo apt-get install postgresql");
    }

    /// <summary>Makes a cluster and starts it.</summary>
    /// <param name="beside">What it is started among.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="DigitizerException">EngineMissing.</exception>
    public static async Task<LocalPostgres> StartAsync(LocalPrograms beside, CancellationToken cancellation)
    {
        var (programs, folder) = (Find(), beside.NewFolder("postgres"));

        // The server refuses to run as root.
        var user = Environment.IsPrivilegedProcess ? "postgres" : null;
        if (user is not null)
        {
            await DoAsync(new LocalStart("chown", ["chown", user, folder], LogIn("chown")));
        }

        var data = Path.Combine(folder, "data");
        await DoAsync(Server("initdb", "-D", data, "-A", "trust", "-U", User, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"));
        var postgres = new LocalPostgres(LocalPrograms.FreePort());
        string[] settings = ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off"];
        var server = await beside.StartAsync(Server("postgres", ["-D", data, "-p", $"{postgres.Port}", .. settings]) with { EndSignal = PosixProcess.Interrupt });
        await server.ReadyAsync(postgres.AnswersAsync, cancellation);
        return postgres;

        string LogIn(string name) => Path.Combine(beside.NewFolder("logs"), name);
        LocalStart Server(string name, params string[] arguments) => new($"PostgreSQL ({name})", [Path.Combine(programs, name), .. arguments], LogIn(name)) { User = user, NextStep = NextStep };
        async Task DoAsync(LocalStart start) => await (await beside.StartAsync(start)).DoneAsync(cancellation);
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        try
        {
            var connection = new NpgsqlConnection(Connection + ";Pooling=false");
            await using (connection)
            {
                await connection.OpenAsync(cancellation);
                return true;
            }
        }
        catch (NpgsqlException)
        {
            // Not yet, or it is starting up and says so.
            return false;
        }
    }
}
