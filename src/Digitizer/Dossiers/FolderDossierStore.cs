using System.Security.Cryptography;
using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Native;
using Digitizer.Workspace;

namespace Digitizer.Dossiers;

/// <summary>A dossier is a folder, a document in it a folder of its own: <c>dossiers/CODE/NAME/NAME.pdf</c>, <c>.txt</c>, <c>.json</c>.</summary>
/// <remarks>
/// A folder appears under its name by one rename, with all its files in it or not at all. Another
/// document under the same name: the new one is <c>NAME~2</c>. A revision changes places with its predecessor in one step; that
/// one moves to <c>.superseded/DOCUMENT.r1</c>. Stores that file into one dossier at the same time take turns by the lock of its
/// folder, whatever process they are in.
/// </remarks>
/// <param name="dossiersFolder"><c>DIR/dossiers</c>; created when the first document comes.</param>
internal sealed class FolderDossierStore(string dossiersFolder) : IDossierStore
{
    /// <summary>Where replaced revisions are kept, below the dossier's folder.</summary>
    public const string SupersededFolder = ".superseded";

    private readonly FiledFolders filed = new();

    public StoreCapabilities Capabilities { get; } = new(Keyed: true, Queryable: true, Settling: TimeSpan.Zero);

    // Any folder can become one.
    public Task<DossierReply> AskAsync(DossierKey dossier, CancellationToken cancellation) => Task.FromResult(DossierReply.NotTold);

    public Task<AttachReply> AttachAsync(Attachment attachment, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var isNamed = false;
        var folder = FolderOf(attachment.Dossier);
        try
        {
            Directory.CreateDirectory(folder);
            using var turn = PosixFiles.LockFolder(folder);
            return Task.FromResult(Attach(folder, attachment, ref isNamed));
        }
        catch (Exception e) when (WriteFailure.IsExpected(e))
        {
            var failure = WriteFailure.Create(e, folder);
            return Task.FromResult<AttachReply>(isNamed ? new AttachReply.Uncertain(failure.Message) : new AttachReply.Unavailable(failure.Message, Kind: failure.Kind));
        }
    }

    public Task<FindReply> FindAsync(DossierKey dossier, DeliveryKey key, CancellationToken cancellation)
    {
        try
        {
            var there = filed.Find(FolderOf(dossier), key.Document);
            return Task.FromResult<FindReply>((there, there?.PdfSha256()) switch
            {
                (null, _) => new FindReply.Absent(),
                ({ } found, var sha256) => new FindReply.Found(found.Receipt(sha256 ?? ""), found.Key.Revision),
            });
        }
        catch (Exception e) when (WriteFailure.IsExpected(e))
        {
            // A rename by somebody else among them: it is looked for again.
            return Task.FromResult<FindReply>(new FindReply.NoAnswer($"The dossier's folder cannot be read: {ShownName.Escape(e.Message)}."));
        }
    }

    public async Task<ReadBackReply> ReadBackAsync(Attachment attachment, Receipt receipt, CancellationToken cancellation)
        => await FindAsync(attachment.Dossier, attachment.Key, cancellation).ConfigureAwait(false) switch
        {
            FindReply.Found found when found.Receipt.Sha256 == attachment.Files.Pdf.Sha256 => new ReadBackReply.Same(),
            FindReply.Found found => new ReadBackReply.Different(found.Receipt.Sha256),
            FindReply.NoAnswer none => new ReadBackReply.NoAnswer(none.Why, none.RetryAfter, none.IsOnlyThis),
            _ => new ReadBackReply.Missing(),
        };

    private string FolderOf(DossierKey dossier) => Path.Combine(dossiersFolder, dossier.Code);

    private AttachReply Attach(string folder, Attachment attachment, ref bool isNamed)
    {
        ClearLeftovers(folder);
        var there = filed.Find(folder, attachment.Key.Document);
        if (there is not null && there.Key.Revision >= attachment.Key.Revision)
        {
            return Compare(there, attachment);
        }

        if (there?.PdfSha256() != attachment.Supersedes)
        {
            return new AttachReply.Conflict(there is null ? "nothing; the revision to be replaced is gone" : Describe(there));
        }

        var staging = Path.Combine(folder, $"{AtomicFile.TemporaryPrefix}{Guid.NewGuid():N}.tmp");
        if (Stage(attachment, staging) is { } refused)
        {
            return refused;
        }

        isNamed = true;
        var place = there is null ? Add(folder, staging, attachment.Name) : Replace(folder, staging, there);
        Failpoints.Pass(Failpoint.DocumentNamed);
        PosixFiles.FlushFolder(folder);
        PosixFiles.FlushFolder(dossiersFolder);
        return new AttachReply.Attached(new FiledFolder(place, attachment.Key).Receipt(attachment.Files.Pdf.Sha256));
    }

    private static AttachReply Compare(FiledFolder there, Attachment attachment)
        => there.Key == attachment.Key && there.PdfSha256() == attachment.Files.Pdf.Sha256
            ? new AttachReply.WasThere(there.Receipt(attachment.Files.Pdf.Sha256))
            : new AttachReply.Conflict(Describe(there));

    private static string Describe(FiledFolder there)
        => $"revision {there.Key.Revision} with other content in {ShownName.Escape(Path.GetFileName(there.Path))}";

    // Whoever has the lock may: files on their way are there only under it, or of a run that was killed.
    private void ClearLeftovers(string folder)
    {
        foreach (var leftover in Directory.GetDirectories(folder, AtomicFile.TemporaryPrefix + "*"))
        {
            // Killed between changing places and putting the old revision away: it is the only copy.
            if (filed.Look(leftover) is { } old && filed.Find(folder, old.Key.Document) is { } now && now.Key.Revision > old.Key.Revision)
            {
                PutAway(folder, old);
            }
            else
            {
                Directory.Delete(leftover, recursive: true);
            }
        }
    }

    private static string Add(string folder, string staging, string name)
    {
        var wanted = Path.Combine(folder, name);
        var place = wanted;
        for (var n = 2; !PosixFiles.TryRenameNew(staging, place); n++)
        {
            place = ResultName.Variant(wanted, n);
        }

        return place;
    }

    private static string Replace(string folder, string staging, FiledFolder old)
    {
        if (PosixFiles.TryExchange(staging, old.Path))
        {
            PosixFiles.FlushFolder(folder);
            PutAway(folder, old with { Path = staging });
            return old.Path;
        }

        // Some network file systems cannot: the old one goes first, and a crash here leaves it among the superseded.
        PutAway(folder, old);
        return Add(folder, staging, Path.GetFileName(old.Path));
    }

    private static void PutAway(string folder, FiledFolder old)
    {
        var superseded = Path.Combine(folder, SupersededFolder);
        AtomicFile.CreateFolder(superseded);
        Add(superseded, old.Path, old.Key.ToString());
        PosixFiles.FlushFolder(superseded);
    }

    private static AttachReply.Refused? Stage(Attachment attachment, string staging)
    {
        Directory.CreateDirectory(staging);
        try
        {
            foreach (var (kind, file) in attachment.Files.All)
            {
                if (Copy(file.Path, Path.Combine(staging, $"{attachment.Name}.{kind}")) != file.Sha256)
                {
                    Directory.Delete(staging, recursive: true);
                    return new AttachReply.Refused(null, $"The {kind} file is not the one that was proved any more.");
                }
            }

            PosixFiles.FlushFolder(staging);
            return null;
        }
        catch (Exception e) when (WriteFailure.IsExpected(e))
        {
            Directory.Delete(staging, recursive: true);
            throw;
        }
    }

    /// <summary>Copies, flushes, and says what was copied.</summary>
    private static string Copy(string file, string copy)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var source = File.OpenRead(file);
        using var target = new FileStream(copy, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        var buffer = new byte[1 << 16];
        for (var read = source.Read(buffer); read > 0; read = source.Read(buffer))
        {
            hash.AppendData(buffer, 0, read);
            target.Write(buffer, 0, read);
        }

        target.Flush();
        PosixFiles.Flush(target.SafeFileHandle, copy);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
