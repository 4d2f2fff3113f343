using System.Globalization;

namespace Digitizer.Dossiers.Rest;

/// <summary>A file that the dossier system holds, or may fetch.</summary>
/// <param name="Id">The system's id; empty in link style.</param>
/// <param name="Hash">The hash as the system wrote it; empty in link style.</param>
/// <param name="Link">Where it may be fetched; empty in upload style.</param>
internal sealed record HandedFile(string Id, string Hash, string Link);

/// <summary>What placeholders stand for.</summary>
internal sealed class RestValues(Attachment attachment, IReadOnlyDictionary<string, HandedFile> handed, string? session)
{
    /// <summary>Names without those of files; a format may follow <c>decided</c>.</summary>
    public static readonly string[] Plain = ["dossier", "document", "revision", "key", "name", "supersedes", "decided", "session"];

    /// <summary>Names that follow a kind of file.</summary>
    public static readonly string[] OfFile = ["name", "sha256", "bytes", "id", "hash", "link"];

    // Indochina Time has had no summer time since 1975; no zone database is needed.
    private static readonly TimeSpan Vietnam = TimeSpan.FromHours(7);

    /// <summary>The value, or null if nothing has that name.</summary>
    public string? Get(string name) => name switch
    {
        "dossier" => attachment.Dossier.Code,
        "document" => attachment.Key.Document.ToString(),
        "revision" => attachment.Key.Revision.ToString(CultureInfo.InvariantCulture),
        "key" => attachment.Key.ToString(),
        "name" => attachment.Name,
        "supersedes" => attachment.Supersedes ?? "",
        "decided" => attachment.Decided.ToOffset(Vietnam).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
        "session" => session ?? "",
        _ when name.StartsWith("decided:", StringComparison.Ordinal) => attachment.Decided.ToOffset(Vietnam).ToString(name["decided:".Length..], CultureInfo.InvariantCulture),
        _ => name.Split('.') is [var kind, var what] ? OfKind(kind, what) : null,
    };

    private string? OfKind(string kind, string what)
    {
        if (attachment.Files.All.FirstOrDefault(f => f.Kind == kind).File is not { } file)
        {
            return null;
        }

        var known = handed.GetValueOrDefault(kind);
        return what switch
        {
            "name" => $"{attachment.Name}.{kind}",
            "sha256" => file.Sha256,
            "bytes" => file.Bytes.ToString(CultureInfo.InvariantCulture),
            "id" => known?.Id ?? "",
            "hash" => known?.Hash ?? "",
            "link" => known?.Link ?? "",
            _ => null,
        };
    }
}
