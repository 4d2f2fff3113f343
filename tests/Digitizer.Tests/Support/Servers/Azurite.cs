using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Azure.Storage.Sas;
using Digitizer.Storage;

namespace Digitizer.Tests.Support.Servers;

/// <summary>An Azurite of the tests' own, on loopback, gone afterwards: blobs and queues as Azure has them.</summary>
public sealed class Azurite : IDisposable
{
    /// <summary>The well-known account of emulators and its key, which opens nothing else.</summary>
    public const string Account = "devstoreaccount1";

    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string folder = Directory.CreateTempSubdirectory("digitizer-azurite-").FullName;
    private readonly string[] more;
    private Process process;

    public Azurite()
        : this([])
    {
    }

    /// <param name="more">Further arguments.</param>
    internal Azurite(string[] more)
    {
        this.more = more;
        (BlobPort, QueuePort) = (FreePort(), FreePort());
        process = Start();
    }

    /// <summary>The emulator itself.</summary>
    public int ProcessId => process.Id;

    public int BlobPort { get; }

    public int QueuePort { get; }

    /// <summary>What a configuration says of it.</summary>
    public string ConnectionString => ConnectionOf(BlobPort, QueuePort);

    /// <summary>The same account at other ports, those of a proxy before it.</summary>
    public static string ConnectionOf(int blobPort, int queuePort)
        => $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint=http://127.0.0.1:{blobPort}/{Account};QueueEndpoint=http://127.0.0.1:{queuePort}/{Account};";

    /// <summary>The tests' own client, which knows nothing of the product.</summary>
    public BlobServiceClient Blobs => new(ConnectionString, new BlobClientOptions(BlobClientOptions.ServiceVersion.V2023_11_03));

    /// <inheritdoc cref="Blobs"/>
    public QueueServiceClient Queues => new(ConnectionString, new QueueClientOptions(QueueClientOptions.ServiceVersion.V2023_11_03));

    /// <summary>A name that no other test uses.</summary>
    public static string NewName(string start) => $"{start}-{Guid.NewGuid():N}";

    /// <summary>The account as the product has it.</summary>
    internal AzureAccount Open(string name = "main") => AzureAccount.Create(new AzureAccountOptions { Name = name, ConnectionString = ConnectionString });

    /// <summary>A signature of the account that opens all of it until then.</summary>
    internal static string Signature(TimeSpan from)
    {
        var now = TimeProvider.System.GetUtcNow();
        var builder = new AccountSasBuilder(AccountSasPermissions.All, now + from, AccountSasServices.Blobs | AccountSasServices.Queues, AccountSasResourceTypes.All) { StartsOn = now - TimeSpan.FromHours(1), Protocol = SasProtocol.HttpsAndHttp };
        return builder.ToSasQueryParameters(new StorageSharedKeyCredential(Account, Key)).ToString();
    }

    /// <summary>A new, empty container.</summary>
    public BlobContainerClient NewContainer(string start = "c")
    {
        var container = Blobs.GetBlobContainerClient(NewName(start));
        container.Create();
        return container;
    }

    /// <summary>A new, empty queue.</summary>
    public QueueClient NewQueue(string start = "q")
    {
        var queue = Queues.GetQueueClient(NewName(start));
        queue.Create();
        return queue;
    }

    /// <summary>Ends it at once, as a machine that fails; what it held is kept.</summary>
    public void Kill()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
    }

    /// <summary>Starts it again.</summary>
    public void Restart()
    {
        process.Dispose();
        process = Start();
    }

    public void Dispose()
    {
        Kill();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private Process Start()
    {
        var program = Environment.GetEnvironmentVariable("DIGITIZER_AZURITE") is { Length: > 0 } path ? path : throw new InvalidOperationException("DIGITIZER_AZURITE is not set: run ./test, or source eng/setup.sh.");
        string[] arguments =
        [
            program, "--silent", "--disableTelemetry", "--location", folder,
            "--blobHost", "127.0.0.1", "--blobPort", $"{BlobPort}", "--queueHost", "127.0.0.1", "--queuePort", $"{QueuePort}", "--tableHost", "127.0.0.1", "--tablePort", $"{FreePort()}", .. more,
        ];
        // Nothing is redirected to us: a full pipe would stop it.
        var started = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec node \"$@\" > \"$0\" 2>&1", Path.Combine(folder, "log"), .. arguments]) { WorkingDirectory = folder })!;
        Await(BlobPort, started);
        Await(QueuePort, started);
        return started;
    }

    private void Await(int port, Process started)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                client.Connect(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (!started.HasExited && TimeProvider.System.GetElapsedTime(began) < Patience)
            {
                started.WaitForExit(TimeSpan.FromMilliseconds(50));
            }
            catch (SocketException e)
            {
                throw new InvalidOperationException("Azurite does not start: " + File.ReadAllText(Path.Combine(folder, "log")), e);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
