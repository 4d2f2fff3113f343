using System.Text.Json;

namespace Digitizer.Tests.Intake.BlobQueues;

/// <summary>Messages as Event Grid and other systems write them.</summary>
internal static class Events
{
    public const string Created = "Microsoft.Storage.BlobCreated";

    public static string Grid(string account, string container, string blob, string eTag, string type = Created, string api = "PutBlob", long length = 100) => JsonSerializer.Serialize(new
    {
        topic = Topic(account),
        subject = Subject(container, blob),
        eventType = type,
        eventTime = "2026-03-10T08:00:00.0000000Z",
        id = Guid.NewGuid(),
        data = Data(api, eTag, length),
        dataVersion = "",
        metadataVersion = "1",
    });

    public static string Cloud(string account, string container, string blob, string eTag, string type = Created, string api = "PutBlob", long length = 100) => JsonSerializer.Serialize(new
    {
        specversion = "1.0",
        source = Topic(account),
        subject = Subject(container, blob),
        type,
        time = "2026-03-10T08:00:00.0000000Z",
        id = Guid.NewGuid(),
        data = Data(api, eTag, length),
    });

    public static string Ours(string container, string blob, string? eTag = null, string? dossier = null, string? account = null)
        => JsonSerializer.Serialize(new { version = 1, container, blob, eTag, dossier, account });

    private static string Topic(string account) => $"/subscriptions/319a9601-1ec0-0000-aebc-8fe82724c81e/resourceGroups/quay/providers/Microsoft.Storage/storageAccounts/{account}";

    private static string Subject(string container, string blob) => $"/blobServices/default/containers/{container}/blobs/{blob}";

    private static object Data(string api, string eTag, long length) => new
    {
        api,
        clientRequestId = Guid.NewGuid(),
        requestId = Guid.NewGuid(),
        eTag,
        contentType = "application/pdf",
        contentLength = length,
        blobType = "BlockBlob",
        url = "https://169.254.169.254/metadata/instance",
        sequencer = "00000000000004420000000000028963",
        storageDiagnostics = new { batchId = Guid.NewGuid() },
    };
}
