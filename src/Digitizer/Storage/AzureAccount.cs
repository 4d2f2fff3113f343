using System.Net.Security;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Digitizer.Failures;
using Digitizer.Network;
using Digitizer.Workspace;

namespace Digitizer.Storage;

/// <summary>A storage account: gives clients of its containers and queues, and says what their failures mean.</summary>
/// <remarks>
/// Clients are built from the configured addresses and a name, never from an address that came in, and reach no other host
/// (<see cref="Outbound"/>); only tokens of a managed identity come by the identity library's own way. Nothing of what they send is logged.
/// </remarks>
internal sealed class AzureAccount : IDisposable
{
    // Older than what any account has by now, so that stores which lag behind the cloud take it too.
    private const BlobClientOptions.ServiceVersion BlobVersion = BlobClientOptions.ServiceVersion.V2023_11_03;
    private const QueueClientOptions.ServiceVersion QueueVersion = QueueClientOptions.ServiceVersion.V2023_11_03;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan NetworkTimeout = TimeSpan.FromSeconds(60);

    private readonly AzureAccountOptions options;
    private readonly AzureSasCredential? signature;
    private readonly HttpClient client;

    private AzureAccount(AzureAccountOptions options, AzureSasCredential? signature, Func<BlobClientOptions, BlobServiceClient> blobs, Func<QueueClientOptions, QueueServiceClient> queues)
    {
        this.options = options;
        this.signature = signature;
        // These two only tell the addresses.
        Uri[] addresses = [blobs(new BlobClientOptions(BlobVersion)).Uri, queues(new QueueClientOptions(QueueVersion)).Uri];
        client = new HttpClient(Outbound.CreateHandler(addresses, new SslClientAuthenticationOptions(), ConnectTimeout)) { Timeout = Timeout.InfiniteTimeSpan };
        Blobs = blobs(With(new BlobClientOptions(BlobVersion)));
        Queues = queues(With(new QueueClientOptions(QueueVersion) { MessageEncoding = QueueMessageEncoding.None }));
    }

    /// <summary>What the configuration calls it.</summary>
    public string Name => options.Name;

    /// <summary>Its containers.</summary>
    public BlobServiceClient Blobs { get; }

    /// <summary>Its queues; bodies of messages are taken as they are.</summary>
    public QueueServiceClient Queues { get; }

    /// <summary>Makes the clients; nothing is connected to.</summary>
    /// <param name="options">Without problems (<see cref="AzureAccountsCheck"/>).</param>
    /// <exception cref="DigitizerException">ConfigurationInvalid or StorageDenied: a secret cannot be read, or is none.</exception>
    public static AzureAccount Create(AzureAccountOptions options)
    {
        try
        {
            if (Text(options.ConnectionString, options.ConnectionStringFile) is { } connection)
            {
                return new AzureAccount(options, null, o => new BlobServiceClient(connection, o), o => new QueueServiceClient(connection, o));
            }

            var (blobs, queues) = (new Uri(options.BlobEndpoint!), new Uri(options.QueueEndpoint!));
            if (options.ManagedIdentity)
            {
                TokenCredential identity = new DefaultAzureCredential(Identity(options.ClientId));
                return new AzureAccount(options, null, o => new BlobServiceClient(blobs, identity, o), o => new QueueServiceClient(queues, identity, o));
            }

            var signature = new AzureSasCredential(Signature(options));
            return new AzureAccount(options, signature, o => new BlobServiceClient(blobs, signature, o), o => new QueueServiceClient(queues, signature, o));
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            // Its message may hold part of the secret.
            throw new DigitizerException(FailureKind.ConfigurationInvalid, $"The connection string or signature of storage account {options.Name} is none. Copy it again.", e);
        }
    }

    /// <summary>What a failed call means.</summary>
    /// <param name="exception">What the client threw.</param>
    /// <returns>StorageUnavailable: it may pass by itself; StorageDenied: somebody must change a right, a secret, a name or a clock.</returns>
    public DigitizerException Failure(Exception exception)
    {
        var failure = StorageFailure.Create(Name, exception);
        if (failure.Kind == FailureKind.StorageDenied && options.SasFile is { } file && TryRead(file) is { Length: > 0 } renewed)
        {
            signature!.Update(renewed);
        }

        return failure;
    }

    public void Dispose() => client.Dispose();

    // It may have been renewed, or is being renewed: then the next denial finds it.
    private static string? TryRead(string file)
    {
        try
        {
            return SecretFile.Read(file, FailureKind.StorageDenied).TrimStart('?');
        }
        catch (DigitizerException)
        {
            return null;
        }
    }

    private static string? Text(string? text, string? file) => text ?? (file is null ? null : SecretFile.Read(file, FailureKind.StorageDenied));

    private static string Signature(AzureAccountOptions options) => Text(options.Sas, options.SasFile)!.TrimStart('?');

    // What identifies a machine or a pod; never a person who happens to be logged in on it.
    private static DefaultAzureCredentialOptions Identity(string? clientId) => new()
    {
        ManagedIdentityClientId = clientId,
        WorkloadIdentityClientId = clientId,
        ExcludeEnvironmentCredential = true,
        ExcludeAzureCliCredential = true,
        ExcludeAzureDeveloperCliCredential = true,
        ExcludeAzurePowerShellCredential = true,
        ExcludeVisualStudioCredential = true,
        ExcludeVisualStudioCodeCredential = true,
        ExcludeInteractiveBrowserCredential = true,
        ExcludeBrokerCredential = true,
    };

    private T With<T>(T clientOptions)
        where T : ClientOptions
    {
        clientOptions.Transport = new HttpClientTransport(client);
        clientOptions.Diagnostics.IsLoggingEnabled = false;
        clientOptions.Diagnostics.IsDistributedTracingEnabled = false;
        clientOptions.Diagnostics.IsTelemetryEnabled = false;
        clientOptions.Retry.MaxRetries = 3;
        clientOptions.Retry.Delay = TimeSpan.FromMilliseconds(300);
        clientOptions.Retry.MaxDelay = TimeSpan.FromSeconds(3);
        clientOptions.Retry.NetworkTimeout = NetworkTimeout;
        return clientOptions;
    }
}
