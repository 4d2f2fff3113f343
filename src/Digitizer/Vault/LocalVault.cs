using System.Buffers;
using System.Security.Cryptography;
using Digitizer.Failures;
using Digitizer.Native;
using Digitizer.Workspace;

namespace Digitizer.Vault;

/// <summary>Keeps originals and results on a local disk: content-hashed, written once, never overwritten.</summary>
/// <remarks>
/// <code>
/// claims/&lt;worker&gt;/             files on their way in, of the same file system as the originals
/// originals/&lt;ulid&gt;-&lt;sha256&gt;  as they arrived, read-only; beside each its side-car, .json
/// results/aa/&lt;sha256&gt;         what was made of them
/// incoming/                    results being written
/// trash/                       what retention took out; purged later
/// removals.jsonl               who took out and purged what, why and when
/// </code>
/// A file is under its name only when its bytes are on the disk, and the name is on the disk before
/// a method returns. What was written is read back and hashed.
/// </remarks>
internal sealed partial class LocalVault
{
    private const int Private = 0b111_000_000;
    private const int ReadOnlyFile = 0b100_100_000;
    private const int BufferBytes = 1 << 17;
    private const int FilesAtATime = 1024;

    private readonly string originals;
    private readonly string results;
    private readonly string incoming;
    // Who stores what is there already may not find it taken out a moment later.
    private readonly Lock resultsGate = new();
    private readonly TimeProvider time;
    private readonly VaultTrash trash;

    private LocalVault(string root, TimeProvider time)
    {
        this.time = time;
        Root = root;
        originals = Path.Combine(root, "originals");
        results = Path.Combine(root, "results");
        incoming = Path.Combine(root, "incoming");
        Claims = Path.Combine(root, "claims");
        trash = new VaultTrash(root, time);
    }

    /// <summary>Absolute.</summary>
    public string Root { get; }

    /// <summary>The folder under which each worker has a folder of its own for files on their way in.</summary>
    public string Claims { get; }

    /// <summary>What the disk has left for us, in bytes.</summary>
    /// <exception cref="IOException">The disk does not answer.</exception>
    public long FreeBytes => new DriveInfo(Root).AvailableFreeSpace;

    /// <summary>Opens the vault and creates what is missing of it.</summary>
    /// <exception cref="DigitizerException">OutputNotWritable.</exception>
    public static LocalVault Open(string root, TimeProvider time)
    {
        var vault = new LocalVault(Path.GetFullPath(root), time);
        try
        {
            Directory.CreateDirectory(vault.Root, (UnixFileMode)Private);
            foreach (var folder in new[] { vault.originals, vault.results, vault.incoming, vault.Claims, vault.trash.Folder })
            {
                Directory.CreateDirectory(folder, (UnixFileMode)Private);
            }

            PosixFiles.FlushFolder(vault.Root);
            return vault;
        }
        catch (Exception e) when (WriteFailure.IsExpected(e))
        {
            throw WriteFailure.Create(e, root);
        }
    }

    /// <summary>
    /// Takes a claimed file in as an original: read-only, its bytes on the disk, under its final name. The name is on the disk when
    /// <see cref="WriteSideCar"/> has returned and the caller has flushed the folder that it came from.
    /// </summary>
    /// <param name="claim">Open for reading; hashed by the caller, who saw that nothing changed meanwhile.</param>
    /// <param name="claims">The folder that it lies in, below <see cref="Claims"/>.</param>
    /// <param name="name">Its name there.</param>
    /// <param name="original">Its name from now on.</param>
    /// <exception cref="IOException">It is not sealed; it lies under one of the two names.</exception>
    public void Seal(Microsoft.Win32.SafeHandles.SafeFileHandle claim, PosixFolder claims, FileName name, OriginalName original)
    {
        PosixFolder.SetMode(claim, ReadOnlyFile, original.Unit);
        PosixFiles.Flush(claim, original.Unit);
        using var target = PosixFolder.Open(originals);
        if (claims.Move(name, target, original.File) != Moved.Done)
        {
            throw new IOException($"The original {original.Unit} cannot be sealed: its name is taken or its claim is gone. Look into {Root}.");
        }

        Failpoints.Pass(Failpoint.OriginalNamed);
    }

    /// <summary>Takes in a copy of a file that stays where it is; one that is there already is left alone.</summary>
    /// <param name="content">Read from where it stands to its end.</param>
    /// <param name="unit">26 letters and digits of a ULID.</param>
    /// <param name="cancellation">Leaves nothing behind but a file in <c>incoming</c>.</param>
    /// <exception cref="DigitizerException">OutputNotWritable.</exception>
    public async Task<OriginalName> StoreOriginalAsync(Stream content, string unit, CancellationToken cancellation)
    {
        var temporary = Path.Combine(incoming, Guid.NewGuid().ToString("N"));
        try
        {
            var stored = await WriteAsync(content, temporary, cancellation).ConfigureAwait(false);
            var original = OriginalName.Create(unit, stored.Sha256);
            if (PosixFiles.TryRenameNew(temporary, PathOf(original)))
            {
                PosixFiles.FlushFolder(originals);
            }

            return original;
        }
        catch (Exception e) when (WriteFailure.IsExpected(e))
        {
            throw WriteFailure.Create(e, Root);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Writes what comes in from elsewhere; it is on the disk and read-only, and not yet an original.</summary>
    /// <param name="content">Read from where it stands to its end.</param>
    /// <param name="cancellation">Leaves nothing behind.</param>
    /// <param name="durable">False: a copy of what is kept elsewhere, which need not outlive a power cut.</param>
    /// <exception cref="DigitizerException">OutputNotWritable. What the content's own reading throws must be no IOException, or it is taken for the disk's.</exception>
    public async Task<StagedFile> StageAsync(Stream content, CancellationToken cancellation, bool durable = true)
    {
        var path = Path.Combine(incoming, Guid.NewGuid().ToString("N"));
        try
        {
            var stored = await WriteAsync(content, path, cancellation, durable).ConfigureAwait(false);
            return new StagedFile(path, stored.Sha256, stored.Bytes);
        }
        catch (Exception e)
        {
            File.Delete(path);
            throw WriteFailure.IsExpected(e) ? WriteFailure.Create(e, Root) : e;
        }
    }

    /// <summary>Gives what was staged its name among the originals. The name is on the disk when <see cref="WriteSideCar"/> has returned.</summary>
    /// <exception cref="DigitizerException">OutputNotWritable.</exception>
    public void Adopt(StagedFile staged, OriginalName original)
    {
        try
        {
            if (!PosixFiles.TryRenameNew(staged.Path, PathOf(original)))
            {
                throw new IOException($"The original {original.Unit} cannot be sealed: its name is taken. Look into {Root}.");
            }
        }
        catch (Exception e) when (WriteFailure.IsExpected(e))
        {
            throw WriteFailure.Create(e, Root);
        }

        Failpoints.Pass(Failpoint.OriginalNamed);
    }

    /// <summary>True if results are kept here, and not in a vault that machines share.</summary>
    public bool HasResults => Directory.EnumerateDirectories(results).Any();

    /// <summary>Lets go of an original that is kept elsewhere by now; its side-car goes.</summary>
    /// <returns>Its path, from where the caller moves it away; null: it is not there.</returns>
    /// <exception cref="DigitizerException">OutputNotWritable.</exception>
    public string? TakeOut(OriginalName original)
    {
        try
        {
            File.Delete(SideCarOf(original));
            return Has(original) ? PathOf(original) : null;
        }
        catch (Exception e) when (WriteFailure.IsExpected(e))
        {
            throw WriteFailure.Create(e, Root);
        }
    }

    /// <summary>Deletes an original that is kept elsewhere by now, and its side-car.</summary>
    /// <returns>False if it is not there.</returns>
    /// <exception cref="DigitizerException">OutputNotWritable.</exception>
    public bool Discard(OriginalName original)
    {
        if (TakeOut(original) is not { } file)
        {
            return false;
        }

        File.Delete(file);
        return true;
    }

    /// <summary>Deletes what an interruption left half written.</summary>
    /// <param name="age">What was written to since is left: somebody else may be writing. Zero: nobody is.</param>
    public void ClearIncoming(TimeSpan age)
    {
        var before = time.GetUtcNow() - age;
        foreach (var left in Directory.EnumerateFiles(incoming).Where(file => age == TimeSpan.Zero || File.GetLastWriteTimeUtc(file) < before))
        {
            File.Delete(left);
        }
    }

    /// <summary>True if the original is there; its bytes are not read.</summary>
    public bool Has(OriginalName original) => File.Exists(PathOf(original));

    /// <summary>A unit's original, if it is sealed; the folder is searched for it.</summary>
    public OriginalName? Find(string unit)
        => Directory.EnumerateFiles(originals, unit + "-*").Select(f => OriginalName.TryParse(Path.GetFileName(f))).OfType<OriginalName>().FirstOrDefault();

    /// <summary>Absolute path of an original, for those who read it; nobody writes to it.</summary>
    public string PathOf(OriginalName original) => Path.Combine(originals, original.ToString());

    /// <summary>Opens an original for reading.</summary>
    /// <exception cref="DigitizerException">OriginalMissing.</exception>
    public FileStream OpenOriginal(OriginalName original) => BorrowedFiles.Open(PathOf(original), original.Unit);

    /// <summary>All originals, in no order.</summary>
    public IEnumerable<OriginalName> Originals()
        => Directory.EnumerateFiles(originals).Select(f => OriginalName.TryParse(Path.GetFileName(f))).OfType<OriginalName>();

    /// <summary>Units of files that were claimed and are not accepted yet, by their notes.</summary>
    public IReadOnlySet<string> OnTheirWay()
        => Directory.EnumerateFiles(Claims, "*.note", SearchOption.AllDirectories).Select(f => Path.GetFileNameWithoutExtension(f)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Writes what is known of an original beside it; then both names are on the disk.</summary>
    /// <returns>False if a side-car is there already; it stays as it is.</returns>
    /// <exception cref="DigitizerException">OutputNotWritable.</exception>
    public bool WriteSideCar(OriginalName original, ReadOnlyMemory<byte> json)
    {
        if (AtomicFile.Write(SideCarOf(original), Existing.Keep, stream => stream.Write(json.Span)))
        {
            return true;
        }

        // Written before an interruption, which may have come before the folder was flushed.
        PosixFiles.FlushFolder(originals);
        return false;
    }

    /// <summary>What was written beside an original, or null.</summary>
    /// <exception cref="IOException">The disk does not give it.</exception>
    public byte[]? ReadSideCar(OriginalName original) => File.Exists(SideCarOf(original)) ? File.ReadAllBytes(SideCarOf(original)) : null;

    /// <summary>Puts a result in; one that is there already is read back instead.</summary>
    /// <param name="content">Read from where it stands to its end.</param>
    /// <param name="cancellation">Leaves nothing behind but a file in <c>incoming</c>.</param>
    /// <exception cref="DigitizerException">OutputNotWritable, or OriginalChanged: the disk gives back other bytes.</exception>
    public async Task<StoredResult> StoreAsync(Stream content, CancellationToken cancellation)
    {
        var temporary = Path.Combine(incoming, Guid.NewGuid().ToString("N"));
        try
        {
            var stored = await WriteAsync(content, temporary, cancellation).ConfigureAwait(false);
            var path = ResultPath(stored.Sha256);
            var folder = Path.GetDirectoryName(path)!;
            if (!Directory.Exists(folder))
            {
                Directory.CreateDirectory(folder, (UnixFileMode)Private);
                PosixFiles.FlushFolder(results);
            }

            lock (resultsGate)
            {
                if (PosixFiles.TryRenameNew(temporary, path))
                {
                    Failpoints.Pass(Failpoint.ResultNamed);
                    PosixFiles.FlushFolder(folder);
                }
                else
                {
                    File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);
                }
            }

            return await FindingAsync(path, stored.Sha256, cancellation).ConfigureAwait(false) is null
                ? stored
                : throw new DigitizerException(
                    FailureKind.OriginalChanged, $"Result {stored.Sha256} reads back with other bytes. Check the disk of {Root} before anything else is written to it.");
        }
        catch (Exception e) when (WriteFailure.IsExpected(e))
        {
            throw WriteFailure.Create(e, Root);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Opens a result for reading.</summary>
    /// <exception cref="DigitizerException">OriginalMissing.</exception>
    public FileStream OpenResult(string sha256) => BorrowedFiles.Open(ResultPath(sha256), sha256);

    /// <summary>Absolute path of a result, for those who read it; nobody writes to it.</summary>
    public string ResultPath(string sha256) => Path.Combine(results, sha256[..2], sha256);

    /// <summary>Reads an original and compares it with its digest.</summary>
    /// <returns>Null if it is as it arrived.</returns>
    public async Task<VaultFinding?> VerifyAsync(OriginalName original, CancellationToken cancellation)
        => await FindingAsync(PathOf(original), original.Sha256, cancellation).ConfigureAwait(false);

    /// <summary>Reads everything that is kept; gives only what is wrong.</summary>
    /// <param name="looked">Called for every file.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async IAsyncEnumerable<VaultFinding> VerifyAllAsync(Action looked, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var kept = Originals().Select(o => (Path: PathOf(o), o.Sha256))
            .Concat(Directory.EnumerateFiles(results, "*", SearchOption.AllDirectories).Select(f => (Path: f, Sha256: Path.GetFileName(f))));
        foreach (var some in kept.Chunk(FilesAtATime))
        {
            // Most files are small: opening them is the work, so it is shared by all cores.
            var findings = await Task.Run(
                () => some.AsParallel().AsOrdered().WithCancellation(cancellation).Select(file => Finding(file.Path, file.Sha256, cancellation)).ToList(), cancellation).ConfigureAwait(false);
            foreach (var finding in findings)
            {
                looked();
                if (finding is not null)
                {
                    yield return finding;
                }
            }
        }
    }

    /// <summary>Looks whether what the journal says is there; nothing is read.</summary>
    /// <param name="kept">Originals of the unit, as far as it has any that are kept.</param>
    /// <param name="digests">Of results.</param>
    public IEnumerable<VaultFinding> Missing(IEnumerable<OriginalName> kept, IEnumerable<string> digests)
        => digests.Select(ResultPath).Concat(kept.Select(PathOf))
            .Where(path => !File.Exists(path)).Select(path => new VaultFinding(Path.GetRelativePath(Root, path), VaultFault.Missing));

    /// <summary>First step of removal: an original and its side-car leave the vault for its trash, where they can be found again.</summary>
    /// <param name="original">The caller has seen that retention is over.</param>
    /// <param name="removal">Who decided, and why; on the disk before anything moves.</param>
    /// <exception cref="DigitizerException">OriginalMissing or OutputNotWritable.</exception>
    public void Trash(OriginalName original, Removal removal)
    {
        // The original last: while it is there the removal is not finished.
        if (File.Exists(SideCarOf(original)))
        {
            trash.Take(SideCarOf(original), removal);
        }

        trash.Take(PathOf(original), removal);
    }

    /// <summary>First step of removal for a result that no unit that is kept has.</summary>
    /// <param name="sha256">Its digest.</param>
    /// <param name="unstored">One that was stored in so short a time is left: a unit that has it may be about to say so.</param>
    /// <param name="removal">Who decided, and why.</param>
    /// <returns>False if it is left, or not there.</returns>
    /// <exception cref="DigitizerException">OutputNotWritable.</exception>
    public bool TrashResult(string sha256, TimeSpan unstored, Removal removal)
    {
        var path = ResultPath(sha256);
        lock (resultsGate)
        {
            if (!File.Exists(path) || IsYoung(path))
            {
                return false;
            }

            var taken = trash.Take(path, removal);
            if (!IsYoung(taken))
            {
                return true;
            }

            // Another process stored it again at that moment, and relies on it.
            trash.Return(taken, path, removal);
            return false;
        }

        bool IsYoung(string file) => time.GetUtcNow() - File.GetLastWriteTimeUtc(file) < unstored;
    }

    /// <summary>Second step: deletes what has been in the trash for so long.</summary>
    /// <param name="age">Since it was taken out.</param>
    /// <param name="removal">Who decided, and why; on the disk before anything is deleted.</param>
    /// <returns>The names of what was deleted.</returns>
    /// <exception cref="DigitizerException">OutputNotWritable.</exception>
    public IReadOnlyList<string> Purge(TimeSpan age, Removal removal) => trash.Purge(age, removal);

    /// <summary>How many files <see cref="Purge"/> would delete.</summary>
    public int CountInTrash(TimeSpan age) => trash.CountOlder(age);

    /// <summary>Units whose originals are in the trash.</summary>
    public IEnumerable<string> UnitsInTrash() => trash.Names().Select(OriginalName.TryParse).OfType<OriginalName>().Select(original => original.Unit);

    private string SideCarOf(OriginalName original) => PathOf(original) + ".json";

    private static async Task<StoredResult> WriteAsync(Stream content, string temporary, CancellationToken cancellation, bool durable = true)
    {
        var file = new FileStream(temporary, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 0,
            UnixCreateMode = (UnixFileMode)ReadOnlyFile,
        });
        await using (file.ConfigureAwait(false))
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[BufferBytes];
            for (int length; (length = await content.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0;)
            {
                hash.AppendData(buffer, 0, length);
                await file.WriteAsync(buffer.AsMemory(0, length), cancellation).ConfigureAwait(false);
            }

            if (durable)
            {
                PosixFiles.Flush(file.SafeFileHandle, temporary);
            }

            return new StoredResult(Convert.ToHexStringLower(hash.GetHashAndReset()), file.Length);
        }
    }

    private Task<VaultFinding?> FindingAsync(string path, string sha256, CancellationToken cancellation)
        => Task.Run(() => Finding(path, sha256, cancellation), cancellation);

    private VaultFinding? Finding(string path, string sha256, CancellationToken cancellation)
        => FaultOf(path, sha256, cancellation) is { } fault ? new VaultFinding(Path.GetRelativePath(Root, path), fault) : null;

    private static VaultFault? FaultOf(string path, string sha256, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            for (long at = 0; RandomAccess.Read(file, buffer, at) is var length and > 0; at += length)
            {
                cancellation.ThrowIfCancellationRequested();
                hash.AppendData(buffer, 0, length);
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset()) == sha256 ? null : VaultFault.Changed;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return VaultFault.Missing;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return VaultFault.Unreadable;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
