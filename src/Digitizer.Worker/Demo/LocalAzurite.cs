using Digitizer.Failures;

namespace Digitizer.Worker.Demo;

/// <summary>An Azurite of our own on loopback, for a while: the emulator of blob and queue storage.</summary>
internal sealed class LocalAzurite
{
    /// <summary>Names the emulator's script.</summary>
    public const string Variable = "DIGITIZER_AZURITE";

    /// <summary>The well-known account of emulators.</summary>
    public const string Account = "devstoreaccount1";

    // As well known, and opens nothing else.
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private LocalAzurite(int blobPort, int queuePort) => (BlobPort, QueuePort) = (blobPort, queuePort);

    public int BlobPort { get; }

    public int QueuePort { get; }

    /// <summary>What a configuration says of it.</summary>
    public string ConnectionString
        => $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint=http://127.0.0.1:{BlobPort}/{Account};QueueEndpoint=http://127.0.0.1:{QueuePort}/{Account};";

    /// <summary>Finds what it is run by, and its script.</summary>
    /// <exception cref="DigitizerException">EngineMissing.</exception>
    public static (string Node, string Script) Find()
    {
        var script = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(script) || !File.Exists(script))
        {
            throw new DigitizerException(
                FailureKind.EngineMissing,
                (string.IsNullOrEmpty(script) ? $"{Variable} is not set" : $"{Variable} names {ShownName.Escape(script)}, which is not there")
                + $". Type: npm install --prefix ~/azurite azurite; export {Variable}=~/azurite/node_modules/azurite/dist/src/azurite.js — or start the demonstration with ./digitizer of a clone, which does both.");
        }

        return (LocalProgram.Find("node") ?? throw new DigitizerException(FailureKind.EngineMissing, "Node.js, which runs Azurite, is not installed. Type: sudo apt-get install nodejs npm"), script);
    }

    /// <summary>Starts it.</summary>
    /// <param name="beside">What it is started among.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="DigitizerException">EngineMissing.</exception>
    public static async Task<LocalAzurite> StartAsync(LocalPrograms beside, CancellationToken cancellation)
    {
        var (node, script) = Find();
        var azurite = new LocalAzurite(LocalPrograms.FreePort(), LocalPrograms.FreePort());
        string[] words =
        [
            node, script, "--silent", "--disableTelemetry", "--location", beside.NewFolder("azurite"),
            "--blobHost", "127.0.0.1", "--blobPort", $"{azurite.BlobPort}", "--queueHost", "127.0.0.1", "--queuePort", $"{azurite.QueuePort}",
            "--tableHost", "127.0.0.1", "--tablePort", $"{LocalPrograms.FreePort()}",
        ];
        var server = await beside.StartAsync(new LocalStart("Azurite", words, Path.Combine(beside.NewFolder("logs"), "azurite")));
        await server.ReadyAsync(
            async stop => await LocalPrograms.ListensAsync(azurite.BlobPort, stop) && await LocalPrograms.ListensAsync(azurite.QueuePort, stop), cancellation);
        return azurite;
    }
}
