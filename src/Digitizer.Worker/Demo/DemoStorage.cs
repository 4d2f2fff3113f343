using Azure;
using Azure.Storage.Blobs.Models;
using Digitizer.Storage;

namespace Digitizer.Worker.Demo;

/// <summary>A scan that was sent.</summary>
/// <param name="Blob">Its name in the container.</param>
/// <param name="IsEvent">Whether an event of the storage account told of it, or a message of a program.</param>
internal sealed record SentScan(string Blob, bool IsEvent);

/// <summary>The demonstration's storage account, as those see it who send scans and fetch results.</summary>
internal sealed class DemoStorage(AzureAccountOptions options) : IDisposable
{
    public const string Scans = "scans";
    public const string Results = "results";
    public const string Queue = "new-scans";

    /// <summary>Metadata of this key name the dossier.</summary>
    public const string DossierKey = "dossier";

    private readonly AzureAccount account = AzureAccount.Create(options);

    /// <summary>Makes containers and queue.</summary>
    /// <exception cref="Failures.DigitizerException">StorageUnavailable or StorageDenied.</exception>
    public Task PrepareAsync(CancellationToken cancellation) => DoAsync(async () =>
    {
        await account.Blobs.CreateBlobContainerAsync(Scans, cancellationToken: cancellation);
        await account.Blobs.CreateBlobContainerAsync(Results, cancellationToken: cancellation);
        await account.Queues.CreateQueueAsync(Queue, cancellationToken: cancellation);
        return true;
    });

    /// <summary>Uploads a scan and tells the queue of it.</summary>
    /// <param name="file">The scan.</param>
    /// <param name="dossier">Where it belongs.</param>
    /// <param name="byEvent">Whether as Event Grid does, or as a program does.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="Failures.DigitizerException">StorageUnavailable or StorageDenied.</exception>
    public Task<SentScan> SendAsync(string file, string dossier, bool byEvent, CancellationToken cancellation) => DoAsync(async () =>
    {
        var scan = new SentScan(Path.GetFileName(file), byEvent);
        var content = File.OpenRead(file);
        await using (content)
        {
            var metadata = new BlobUploadOptions { Metadata = new Dictionary<string, string> { [DossierKey] = dossier } };
            BlobContentInfo written = await account.Blobs.GetBlobContainerClient(Scans).GetBlobClient(scan.Blob).UploadAsync(content, metadata, cancellation);
            var body = byEvent
                ? DemoMessages.Event(account.Blobs.AccountName, Scans, scan.Blob, written.ETag.ToString().Trim('"'), written.LastModified)
                : DemoMessages.Own(Scans, scan.Blob);
            await account.Queues.GetQueueClient(Queue).SendMessageAsync(body, cancellation);
        }

        return scan;
    });

    /// <summary>Names of all results.</summary>
    /// <exception cref="Failures.DigitizerException">StorageUnavailable or StorageDenied.</exception>
    public Task<List<string>> ResultsAsync(CancellationToken cancellation) => DoAsync(async () =>
    {
        var names = new List<string>();
        await foreach (var blob in account.Blobs.GetBlobContainerClient(Results).GetBlobsAsync(cancellationToken: cancellation))
        {
            names.Add(blob.Name);
        }

        return names;
    });

    public void Dispose() => account.Dispose();

    private async Task<T> DoAsync<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (RequestFailedException e)
        {
            throw account.Failure(e);
        }
    }
}
