using System.Text.Json;
using Digitizer.Failures;
using Digitizer.Native;
using Digitizer.Vault;
using Digitizer.Workspace;
using Microsoft.Win32.SafeHandles;

namespace Digitizer.Intake.DropFolders;

/// <summary>
/// One process's claimed files and their notes: <c>claims/&lt;worker&gt;/&lt;ulid&gt;</c> and
/// <c>&lt;ulid&gt;.note</c>. The folder is locked while the process lives; what a dead one left is taken over.
/// </summary>
internal sealed class ClaimFolder : IDisposable
{
    private const string NoteEnd = ".note";
    private const string BatchEnd = ".batch";
    private const string UnfinishedEnd = ".unfinished";
    private const int Private = 0b110_000_000;
    private const int MaxNoteBytes = 64 << 20;

    private static readonly TimeSpan Starting = TimeSpan.FromMilliseconds(200);

    private readonly SafeFileHandle heldLock;

    private ClaimFolder(string path, SafeFileHandle heldLock)
    {
        Folder = PosixFolder.Open(path);
        this.heldLock = heldLock;
    }

    /// <summary>Where claimed files lie.</summary>
    public PosixFolder Folder { get; }

    /// <summary>Creates this process's folder and takes over those of dead processes.</summary>
    /// <exception cref="DigitizerException">OutputNotWritable.</exception>
    public static ClaimFolder Open(LocalVault vault, TimeProvider time)
    {
        try
        {
            var path = Path.Combine(vault.Claims, UnitId.New(time).ToString());
            Directory.CreateDirectory(path);
            var opened = new ClaimFolder(path, PosixFiles.LockFolder(path));
            foreach (var other in Directory.GetDirectories(vault.Claims).Where(d => d != path))
            {
                opened.TakeOver(other);
            }

            PosixFiles.FlushFolder(vault.Claims);
            return opened;
        }
        catch (Exception e) when (WriteFailure.IsExpected(e))
        {
            throw WriteFailure.Create(e, vault.Claims);
        }
    }

    public static FileName ClaimOf(string unit) => FileName.FromText(unit);

    /// <summary>Puts a note on the disk, before what it tells of is done.</summary>
    /// <exception cref="IOException">It may not be there.</exception>
    public void Write(ClaimNote note) => WriteNew(FileName.FromText(note.Unit + NoteEnd), note.ToJson());

    /// <summary>Puts on the disk that a batch goes forward.</summary>
    /// <exception cref="IOException">It may not be there.</exception>
    public void Write(string batchClaim, BatchNote note)
    {
        WriteNew(FileName.FromText(batchClaim + BatchEnd), JsonSerializer.SerializeToUtf8Bytes(note, DropFolderJsonContext.Default.BatchNote));
        Folder.Flush();
    }

    public void DeleteNote(string unit) => Folder.Delete(FileName.FromText(unit + NoteEnd));

    public void DeleteBatch(string batchClaim) => Folder.Delete(FileName.FromText(batchClaim + BatchEnd));

    public bool HasBatch(string batchClaim) => Folder.Look(FileName.FromText(batchClaim + BatchEnd)) is not null;

    /// <summary>All notes, oldest first. One that cannot be read has no claim yet, and is removed.</summary>
    public List<ClaimNote> Notes()
    {
        var notes = new List<ClaimNote>();
        foreach (var name in NamesWith(NoteEnd))
        {
            if (ClaimNote.TryParse(Read(name)) is { } note)
            {
                notes.Add(note);
            }
            else
            {
                Folder.Delete(name);
            }
        }

        return notes;
    }

    /// <summary>Batches that go forward, by their claim.</summary>
    public IEnumerable<(string Claim, BatchNote Note)> Batches()
    {
        foreach (var name in NamesWith(BatchEnd))
        {
            if (JsonSerializer.Deserialize(Read(name), DropFolderJsonContext.Default.BatchNote) is { } note)
            {
                yield return (name.Raw[..^BatchEnd.Length], note);
            }
        }
    }

    /// <summary>Claimed files that no note tells of.</summary>
    public IEnumerable<FileName> Strays()
    {
        var names = Folder.List();
        var known = names.Select(n => n.Raw).ToHashSet(StringComparer.Ordinal);
        return names.Where(n => n.Raw.Length == 26 && !known.Contains(n.Raw + NoteEnd));
    }

    public void Dispose()
    {
        var empty = Folder.List().Count == 0;
        Folder.Dispose();
        if (empty)
        {
            Directory.Delete(Folder.Path);
        }

        heldLock.Dispose();
    }

    private void TakeOver(string other)
    {
        // A program that a dead process was just starting has its lock until it runs.
        IDisposable? found = null;
        if (!SpinWait.SpinUntil(() => (found = PosixFiles.TryLockFolder(other)) is not null, Starting))
        {
            return;
        }

        using var theirs = found;
        using var from = PosixFolder.Open(other);
        foreach (var name in from.List())
        {
            if (name.Raw.EndsWith(UnfinishedEnd, StringComparison.Ordinal))
            {
                from.Delete(name);
            }
            else
            {
                from.Move(name, Folder, name);
            }
        }

        Folder.Flush();
        from.Flush();
        Directory.Delete(other);
    }

    /// <summary>
    /// Writes a claimed file's bytes anew, beside it, and puts them in its place: a flush of the old ones may have failed, and
    /// another would succeed without having written them.
    /// </summary>
    /// <exception cref="IOException">The claim is as it was.</exception>
    public void Rewrite(ClaimNote note)
    {
        var name = ClaimOf(note.Unit);
        var unfinished = new FileName(name.Raw + UnfinishedEnd);
        Folder.Delete(unfinished);
        using (var source = Folder.OpenFile(name) ?? throw new IOException($"The claim of {note.Unit} is gone."))
        using (var from = new FileStream(source, FileAccess.Read, bufferSize: 1))
        using (var target = Folder.CreateFile(unfinished, Private))
        using (var to = new FileStream(target, FileAccess.Write, bufferSize: 1))
        {
            from.CopyTo(to);
            PosixFiles.Flush(to.SafeFileHandle, note.Unit);
            File.SetLastWriteTimeUtc(to.SafeFileHandle, note.Facts.Modified.UtcDateTime);
        }

        PosixFiles.Rename(Path.Combine(Folder.Path, unfinished.Raw), Path.Combine(Folder.Path, name.Raw));
    }

    private List<FileName> NamesWith(string end)
        => [.. Folder.List().Where(n => n.Raw.EndsWith(end, StringComparison.Ordinal)).OrderBy(n => n.Raw, StringComparer.Ordinal)];

    // Under its name only when it is whole: that a batch's note is there decides what becomes of the batch.
    private void WriteNew(FileName name, byte[] content)
    {
        var unfinished = new FileName(name.Raw + UnfinishedEnd);
        using (var file = Folder.CreateFile(unfinished, Private))
        {
            RandomAccess.Write(file, content, 0);
            PosixFiles.Flush(file, name.ToString());
        }

        if (Folder.Move(unfinished, Folder, name) != Moved.Done)
        {
            throw new IOException($"The note {name} is there already. Look into {Folder.Path}.");
        }
    }

    private byte[] Read(FileName name)
    {
        using var file = Folder.OpenFile(name);
        if (file is null)
        {
            return [];
        }

        var content = new byte[(int)Math.Min(RandomAccess.GetLength(file), MaxNoteBytes)];
        return content[..RandomAccess.Read(file, content, 0)];
    }
}
