using System.Buffers;
using System.Text;
using System.Text.Json;
using Digitizer.Failures;

namespace Digitizer.Intake.BlobQueues;

/// <summary>Reads the body of a message: an Event Grid event, a CloudEvent 1.0, or a message of our own; plain or Base64. Pure.</summary>
/// <remarks>
/// Of an event these are taken: its type, the account in its topic, container and name in its subject, the version and the operation
/// in its data. No address in it is ever looked at.
/// </remarks>
/// <param name="account">The storage account's own name.</param>
/// <param name="containers">Those that may be named.</param>
/// <param name="trustDossier">Whether a dossier in a message of our own is taken.</param>
internal sealed class EnvelopeReader(string account, IReadOnlyCollection<string> containers, bool trustDossier)
{
    private const int MaxName = 1024;
    private const int MaxETag = 128;
    private const int MaxDossier = 256;
    private const string BlobCreated = "Microsoft.Storage.BlobCreated";
    private const string AccountPart = "/storageAccounts/";
    private const string ContainerPart = "/blobServices/default/containers/";
    private const string BlobPart = "/blobs/";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly JsonDocumentOptions Json = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    // Hierarchical accounts and SFTP say this of a file that is there and has no content yet; another event follows.
    private static readonly SearchValues<string> Beginnings = SearchValues.Create(["CreateFile", "SftpCreate"], StringComparison.Ordinal);

    /// <summary>Reads a body; nothing that is in it makes this throw.</summary>
    public Envelope Read(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(BytesOf(body), Json);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            // Its message quotes the body.
            return Invalid("it is no JSON, is nested too deeply, or has a field twice");
        }
        catch (InvalidMessageException e)
        {
            return Invalid(e.Message);
        }
    }

    private Envelope Read(JsonElement root) => root.ValueKind switch
    {
        JsonValueKind.Array when root.GetArrayLength() == 1 && root[0].ValueKind == JsonValueKind.Object => Read(root[0]),
        JsonValueKind.Array => throw new InvalidMessageException("it is a list, and not of one event"),
        JsonValueKind.Object when root.TryGetProperty("specversion", out _) => OfEvent(root, CloudType(root), "source"),
        JsonValueKind.Object when root.TryGetProperty("eventType", out _) => OfEvent(root, Text(root, "eventType"), "topic"),
        JsonValueKind.Object when root.TryGetProperty("version", out _) => OfOurs(root),
        _ => throw new InvalidMessageException("it has none of the fields eventType, specversion and version"),
    };

    private static string? CloudType(JsonElement root)
        => Text(root, "specversion") == "1.0" ? Text(root, "type") : throw new InvalidMessageException("its specversion is not 1.0");

    private Envelope OfEvent(JsonElement root, string? type, string accountField)
    {
        if (type is null)
        {
            throw new InvalidMessageException("the event has no type");
        }

        if (type != BlobCreated)
        {
            return Envelope.Ignore("other event");
        }

        if (!root.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidMessageException("the event has no data");
        }

        var (container, blob) = Subject(Needed(root, "subject"));
        var refusal = NotAllowed(AccountOf(Needed(root, accountField)), container);
        return refusal ?? (IsBeginning(data) ? Envelope.Ignore("not finished") : Envelope.Of(Wanted(container, blob, Text(data, "eTag"), null)));
    }

    private Envelope OfOurs(JsonElement root)
    {
        if (!root.TryGetProperty("version", out var version) || version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var number) || number != 1)
        {
            throw new InvalidMessageException("its version is not 1");
        }

        if (root.EnumerateObject().Any(field => field.Name is not ("version" or "container" or "blob" or "eTag" or "dossier" or "account")))
        {
            // A field that is spelt wrongly must not be passed over: it may be the dossier.
            throw new InvalidMessageException("it has other fields than version, container, blob, eTag, dossier and account");
        }

        var (container, blob) = (Needed(root, "container"), Needed(root, "blob"));
        return NotAllowed(Text(root, "account") ?? account, container) ?? Envelope.Of(Wanted(container, blob, Text(root, "eTag"), Text(root, "dossier")));
    }

    private WantedBlob Wanted(string container, string blob, string? tag, string? dossier)
    {
        if (blob.Length is 0 or > MaxName)
        {
            throw new InvalidMessageException($"the name of the blob must have 1 to {MaxName} characters");
        }

        if (dossier is { Length: > MaxDossier })
        {
            throw new InvalidMessageException($"the dossier has more than {MaxDossier} characters");
        }

        return new WantedBlob(container, blob, Version(tag), trustDossier ? dossier : null);
    }

    // As a header has it or bare; what is no version at all would only never be found.
    private static string? Version(string? tag)
    {
        var bare = tag?.Trim('"');
        return bare is null || (bare.Length is > 0 and <= MaxETag && bare.All(c => c is > ' ' and < (char)127 and not '"'))
            ? bare
            : throw new InvalidMessageException("its eTag is none");
    }

    private Envelope? NotAllowed(string named, string container)
        => !named.Equals(account, StringComparison.OrdinalIgnoreCase)
            ? Envelope.Refuse(FailureKind.BlobNotAllowed, $"The message names the storage account {Short(named)}, and its queue brings blobs of {account} only. Mend the sender.")
            : !containers.Contains(container)
            ? Envelope.Refuse(FailureKind.BlobNotAllowed, $"The message names the container {Short(container)}, of which its queue may bring no blobs. Add it to the queue's Containers, or mend the sender.")
            : null;

    private static (string Container, string Blob) Subject(string subject)
    {
        if (subject.StartsWith(ContainerPart, StringComparison.Ordinal)
            && subject.IndexOf(BlobPart, ContainerPart.Length, StringComparison.Ordinal) is var end and > 0
            && subject[ContainerPart.Length..end] is var container && !container.Contains('/'))
        {
            return (container, subject[(end + BlobPart.Length)..]);
        }

        throw new InvalidMessageException("its subject names no container and blob");
    }

    private static string AccountOf(string topic)
        => topic.LastIndexOf(AccountPart, StringComparison.OrdinalIgnoreCase) is var at and >= 0 && topic[(at + AccountPart.Length)..] is { Length: > 0 } name && !name.Contains('/')
            ? name
            : throw new InvalidMessageException("it does not say which storage account it is of");

    private static bool IsBeginning(JsonElement data)
        => Beginnings.Contains(Text(data, "api") ?? "") && data.TryGetProperty("contentLength", out var length) && length.ValueKind == JsonValueKind.Number && length.TryGetInt64(out var bytes) && bytes == 0;

    private static string Needed(JsonElement parent, string name) => Text(parent, name) ?? throw new InvalidMessageException($"it has no {name}");

    private static string? Text(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : throw new InvalidMessageException($"its {name} is no text");
        }
        catch (InvalidOperationException)
        {
            // Half of a character that takes two.
            throw new InvalidMessageException($"its {name} is no text");
        }
    }

    private static ReadOnlyMemory<byte> BytesOf(string body)
    {
        var text = body.Trim().TrimStart('\uFEFF');
        try
        {
            if (text.StartsWith('{') || text.StartsWith('['))
            {
                return Strict.GetBytes(text);
            }

            var bytes = Convert.FromBase64String(text);
            return bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsMemory(Encoding.UTF8.Preamble.Length) : bytes;
        }
        catch (Exception e) when (e is FormatException or EncoderFallbackException)
        {
            throw new InvalidMessageException("it is neither JSON nor Base64 of it");
        }
    }

    private static Envelope Invalid(string why)
        => Envelope.Refuse(FailureKind.MessageInvalid, $"The message cannot be understood: {why}. Send an Event Grid event, a CloudEvent or a message as docs/blob-queues.md has it.");

    private static string Short(string name) => ShownName.Escape(name.Length <= 80 ? name : name[..80] + "…");

    private sealed class InvalidMessageException(string why) : Exception(why);
}
