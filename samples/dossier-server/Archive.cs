using System.Security.Cryptography;
using System.Text.Json;

namespace DossierServer;

/// <summary>A file of a document.</summary>
internal sealed record StoredFile(string Name, string Sha256, string Path);

/// <summary>One revision of a document in a dossier.</summary>
internal sealed record StoredDocument(string Dossier, string Id, int Revision, string Key, string Sha256, IReadOnlyList<StoredFile> Files)
{
    public string PdfPath => Files.First(f => f.Name.EndsWith(".pdf", StringComparison.Ordinal)).Path;
}

/// <summary>Answers to an attempt to add a document.</summary>
internal enum Added
{
    Yes,
    Exists,
    OtherDigest,
}

/// <summary>All dossiers, kept on disk. <c>applied.jsonl</c> has a line for every document that was ever added: doubles show there.</summary>
internal sealed class Archive
{
    private readonly string root;
    private readonly Lock gate = new();
    private readonly Dictionary<string, StoredFile> files = [];
    private readonly Dictionary<string, string> uploadsByKey = [];
    private readonly Dictionary<(string Dossier, string Id), StoredDocument> documents = [];
    private readonly List<StoredDocument> applied = [];

    public Archive(string root)
    {
        this.root = Directory.CreateDirectory(root).FullName;
        Directory.CreateDirectory(FilesFolder);
        if (!File.Exists(AppliedFile))
        {
            return;
        }

        foreach (var document in File.ReadLines(AppliedFile).Select(line => JsonSerializer.Deserialize<StoredDocument>(line)!))
        {
            applied.Add(document);
            if (document.Files.All(f => File.Exists(f.Path)))
            {
                documents[(document.Dossier, document.Id)] = document;
            }
        }
    }

    private string FilesFolder => Path.Combine(root, "files");

    private string AppliedFile => Path.Combine(root, "applied.jsonl");

    /// <summary>Everything that was ever added, in order.</summary>
    public IReadOnlyList<StoredDocument> Applied
    {
        get
        {
            lock (gate)
            {
                return [.. applied];
            }
        }
    }

    /// <summary>Keeps a file; the same key gives the same file again.</summary>
    public async Task<(string Id, StoredFile File)> KeepAsync(string name, Stream content, string? key, CancellationToken cancellation)
    {
        var id = Guid.NewGuid().ToString("N");
        var path = Path.Combine(FilesFolder, id);
        var target = File.Create(path);
        await using (target.ConfigureAwait(false))
        {
            await content.CopyToAsync(target, cancellation).ConfigureAwait(false);
            target.Position = 0;
            var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(target, cancellation).ConfigureAwait(false));
            lock (gate)
            {
                if (key is not null && uploadsByKey.TryGetValue(key, out var known) && files[known].Sha256 == sha256)
                {
                    return (known, files[known]);
                }

                files[id] = new StoredFile(name, sha256, path);
                uploadsByKey[key ?? id] = id;
                return (id, files[id]);
            }
        }
    }

    public StoredFile? Kept(string id)
    {
        lock (gate)
        {
            return files.GetValueOrDefault(id);
        }
    }

    /// <summary>Adds a document, or a revision in place of the one with the given digest.</summary>
    public Added Add(StoredDocument document, string? replaces, bool mayReplace)
    {
        lock (gate)
        {
            var there = documents.GetValueOrDefault((document.Dossier, document.Id));
            if (there is null && replaces is not null)
            {
                return Added.OtherDigest;
            }

            if (there is not null && (!mayReplace || there.Sha256 != replaces))
            {
                return mayReplace ? Added.OtherDigest : Added.Exists;
            }

            documents[(document.Dossier, document.Id)] = document;
            applied.Add(document);
            File.AppendAllText(AppliedFile, JsonSerializer.Serialize(document) + "\n");
            return Added.Yes;
        }
    }

    public StoredDocument? Find(string dossier, string id)
    {
        lock (gate)
        {
            return documents.GetValueOrDefault((dossier, id));
        }
    }

    public StoredDocument? FindByKey(string dossier, string key)
    {
        lock (gate)
        {
            return documents.Values.FirstOrDefault(d => d.Dossier == dossier && d.Key == key);
        }
    }

    /// <summary>Forgets a document, as careless systems do.</summary>
    public void Lose(string dossier, string id)
    {
        lock (gate)
        {
            documents.Remove((dossier, id));
        }
    }
}
