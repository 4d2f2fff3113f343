using Digitizer.Failures;
using Digitizer.Workspace;

namespace Digitizer.Intake.BlobQueues;

/// <summary>What makes arrivals by blob queues recognisable: a version of a blob, or a message that names none. No other source's keys begin like these.</summary>
internal static class BlobKey
{
    private const string Blobs = "blob:";
    private const string Messages = "message:";

    /// <summary>The key of a version of a blob, whichever queue told of it.</summary>
    /// <param name="account">The storage account's own name.</param>
    /// <param name="container">Its container.</param>
    /// <param name="blob">Its name, which may be of any characters.</param>
    /// <param name="version">Its eTag, without quotes.</param>
    public static string Of(string account, string container, string blob, string version) => $"{Blobs}{account}/{container}/{FileDigest.Of($"{blob}\0{version}")}";

    /// <summary>The key of a message that tells of no version of a blob.</summary>
    public static string OfMessage(string account, string queue, string messageId) => $"{Messages}{account}/{queue}/{messageId}";

    /// <summary>True for the keys of units that came from a blob.</summary>
    public static bool IsOfBlob(string key) => key.StartsWith(Blobs, StringComparison.Ordinal);

    /// <summary>Container and name for people, on one line.</summary>
    public static string Shown(string container, string blob) => ShownName.Escape($"{container}/{blob}");

    /// <summary>Where results of a blob go, without extension: segments that can be folders everywhere.</summary>
    public static string ResultBase(string container, string blob)
    {
        var segments = blob.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var folders = segments.SkipLast(1).Select(ResultName.FromFullName);
        var path = string.Join('/', [container, .. folders, ResultName.FromStem(segments is [.., var name] ? name : "blob")]);

        // A container's names end at 1,024 characters, with what is added to them.
        return path.Length <= 900 ? path : $"{container}/{FileDigest.Of(blob)}";
    }
}
