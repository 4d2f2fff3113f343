using System.Text.Json;

namespace Digitizer.Worker.Demo;

/// <summary>What tells a queue of a blob.</summary>
internal static class DemoMessages
{
    /// <summary>A message of our own, as any program can write it.</summary>
    public static string Own(string container, string blob) => JsonSerializer.Serialize(new { version = 1, container, blob });

    /// <summary>An event as Event Grid writes it into a queue.</summary>
    /// <param name="account">The storage account's own name.</param>
    /// <param name="container">Where the blob is.</param>
    /// <param name="blob">Its name.</param>
    /// <param name="eTag">Its version.</param>
    /// <param name="at">When it was written.</param>
    public static string Event(string account, string container, string blob, string eTag, DateTimeOffset at) => JsonSerializer.Serialize(new
    {
        id = Guid.NewGuid(),
        topic = $"/subscriptions/{Guid.Empty}/resourceGroups/demo/providers/Microsoft.Storage/storageAccounts/{account}",
        subject = $"/blobServices/default/containers/{container}/blobs/{blob}",
        eventType = "Microsoft.Storage.BlobCreated",
        eventTime = at,
        data = new { api = "PutBlob", eTag, blobType = "BlockBlob" },
        dataVersion = "",
        metadataVersion = "1",
    });
}
