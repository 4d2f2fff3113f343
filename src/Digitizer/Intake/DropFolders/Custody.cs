using System.Security.Cryptography;
using Digitizer.Failures;
using Digitizer.Native;
using Digitizer.Vault;

namespace Digitizer.Intake.DropFolders;

/// <summary>A file in our hands that is not sealed yet.</summary>
/// <param name="Note">What is known of it.</param>
/// <param name="Root">The drop folder's path.</param>
internal sealed record Claim(ClaimNote Note, string Root);

/// <summary>Takes files out of drop folders so that no crash and no power cut loses or doubles one.</summary>
/// <remarks>
/// <para>1. Claim: the note goes to disk, then the file moves (or is copied) beside it.</para>
/// <para>2. Hash: one read; the file must be the same before and after, and nobody may have it open for writing.</para>
/// <para>3. Seal: read-only, fsync, rename to the originals.</para>
/// <para>4. A refused file is laid out among the folder's exceptions, with a reason.</para>
/// <para>5. Side-cars; then fsync of all three folders, once for all names; then the vault that machines share, if there is one.</para>
/// <para>6. Accept: the receiver's answer is the acknowledgement.</para>
/// <para>7. Finish: a copied source is put aside, the note goes.</para>
/// The files of one document of a batch go steps 3 to 7 together: it is accepted at once, when all of them are sealed, and
/// only then do their notes go.
/// After a crash <see cref="ForwardAsync"/> goes on from what lies there; every step may be done twice.
/// </remarks>
internal sealed class Custody(Vaults vaults, ClaimFolder claims, IReceiver receiver)
{
    private const int BufferBytes = 1 << 17;
    private const int NoEntry = 2;
    private const int Writable = 0b110_110_000;

    private readonly LocalVault vault = vaults.Spool;

    /// <summary>Step 1.</summary>
    /// <returns>Null if the file is gone or no longer the one that was judged.</returns>
    /// <exception cref="IOException">It lies in the drop folder, or as a claim with its note.</exception>
    public async Task<Claim?> ClaimAsync(string root, Arrival arrival, ClaimDue due, FolderExceptions exceptions, CancellationToken cancellation)
    {
        var note = ClaimNote.Of(arrival, due, exceptions.Path);
        using var folder = FolderPlace.Open(root, arrival.Folder);
        claims.Write(note);
        Failpoints.Pass(Failpoint.ClaimNoted);
        var isClaimed = due.Mode switch
        {
            ClaimMode.Move => Move(folder, note, due.Judged),
            ClaimMode.Copy => await CopyAsync(folder, note, cancellation).ConfigureAwait(false),
            _ => folder.Look(note.FileName) == note.Facts && exceptions.TakeIn(folder, note),
        };
        if (!isClaimed)
        {
            claims.DeleteNote(note.Unit);
        }

        Failpoints.Pass(Failpoint.Claimed);

        return isClaimed ? new Claim(note, root) : null;
    }

    /// <summary>Step 2.</summary>
    /// <returns>The digest, or null if the file changes or somebody writes to it: put it back.</returns>
    /// <exception cref="IOException">It cannot be read; it stays a claim.</exception>
    public async Task<string?> HashAsync(Claim claim, CancellationToken cancellation)
    {
        using var file = claims.Folder.OpenFile(ClaimFolder.ClaimOf(claim.Note.Unit)) ?? throw Gone(claim);
        var before = PosixFolder.FactsOf(file, claim.Note.Unit);
        var asJudged = before.Bytes == claim.Note.Facts.Bytes
            && (claim.Note.Mode == ClaimMode.Copy || before.Modified == claim.Note.Facts.Modified);
        if (!asJudged || PosixLease.Take(file) == LeaseAnswer.WriterHasIt)
        {
            return null;
        }

        var sha256 = await DigestAsync(file, cancellation).ConfigureAwait(false);
        var isSame = PosixFolder.FactsOf(file, claim.Note.Unit) == before && (PosixLease.IsUndisturbed(file) || PosixLease.Ask(file) == LeaseAnswer.CannotTell);
        PosixLease.Release(file);
        return !isSame || (claim.Note.Mode == ClaimMode.Copy && !await SourceIsAsync(claim, sha256, cancellation).ConfigureAwait(false)) ? null : sha256;
    }

    /// <summary>Gives a claimed file its place in the drop folder again; if the place is taken, a name beside it.</summary>
    /// <exception cref="IOException">It stays a claim.</exception>
    public void PutBack(Claim claim)
    {
        var name = ClaimFolder.ClaimOf(claim.Note.Unit);
        if (claim.Note.Mode == ClaimMode.Copy)
        {
            claims.Folder.Delete(name);
        }
        else
        {
            using var folder = FolderPlace.Open(claim.Root, claim.Note.FolderPath);
            var back = claim.Note.FileName;
            for (var n = 2; claims.Folder.Move(name, folder, back) == Moved.Taken; n++)
            {
                back = EntryRule.Variant(claim.Note.FileName, n);
            }

            folder.Flush();
            claims.Folder.Flush();
        }

        claims.DeleteNote(claim.Note.Unit);
    }

    /// <summary>Steps 3 to 7 of a file.</summary>
    /// <exception cref="DigitizerException">From the receiver, or the disk.</exception>
    /// <exception cref="IOException">As <see cref="ClaimAsync"/>; <see cref="ForwardAsync"/> goes on.</exception>
    public Task<Acceptance> SealAndAcceptAsync(Claim claim, string sha256, FolderExceptions exceptions, CancellationToken cancellation)
        => SealAndAcceptAsync([claim], [sha256], exceptions, cancellation);

    /// <summary>Steps 3 to 7 of all files of a document of a batch that is written down; what of them is done already is not done again.</summary>
    /// <param name="document">Its claims, in order; their content is known to be what the manifest says.</param>
    /// <param name="exceptions">The folder's.</param>
    /// <param name="cancellation">What is begun goes on at the next try.</param>
    /// <exception cref="DigitizerException">From the receiver, or the disk.</exception>
    /// <exception cref="IOException">It stays as it is.</exception>
    public Task<Acceptance> SealAndAcceptAsync(IReadOnlyList<Claim> document, FolderExceptions exceptions, CancellationToken cancellation)
        => SealAndAcceptAsync(document, [.. document.Select(c => c.Note.Batch!.Sha256)], exceptions, cancellation);

    /// <summary>Reads the claims of a document again, as far as they are not sealed: a disk may have lost what was hashed before a power cut.</summary>
    /// <exception cref="IOException">One has other content than its manifest says; it stays as it is.</exception>
    public async Task CheckAsync(IReadOnlyList<Claim> document, CancellationToken cancellation)
    {
        foreach (var claim in document)
        {
            using var file = claims.Folder.OpenFile(ClaimFolder.ClaimOf(claim.Note.Unit));
            if (file is not null && await DigestAsync(file, cancellation).ConfigureAwait(false) != claim.Note.Batch!.Sha256)
            {
                throw new IOException($"The claim {claim.Note.Unit} has other content than its manifest says. Put the right file in its place in {claims.Folder.Path}.");
            }
        }
    }

    /// <summary>Brings claims to the disk as they were hashed, so that a batch can be written down that goes forward whatever happens.</summary>
    /// <exception cref="IOException">They stay claims.</exception>
    public void Secure(IEnumerable<Claim> claimed)
    {
        foreach (var claim in claimed)
        {
            using var file = claims.Folder.OpenFile(ClaimFolder.ClaimOf(claim.Note.Unit)) ?? throw Gone(claim);
            PosixFiles.Flush(file, claim.Note.Unit);
        }

        claims.Folder.Flush();
    }

    /// <summary>Step 7 of a file whose document was accepted before an interruption.</summary>
    /// <exception cref="IOException">It stays as it is.</exception>
    public void Finish(Claim claim)
    {
        FinishSource(claim);
        Failpoints.Pass(Failpoint.SourceFinished);
        claims.DeleteNote(claim.Note.Unit);
        Failpoints.Pass(Failpoint.ClaimClosed);
    }

    /// <summary>The unit that a claimed file is of, if it was accepted before an interruption.</summary>
    public Task<UnitId?> FindAsync(Claim claim, CancellationToken cancellation) => receiver.FindFileAsync(claim.Note.ToArrival().Unit, cancellation);

    private async Task<Acceptance> SealAndAcceptAsync(IReadOnlyList<Claim> document, IReadOnlyList<string> digests, FolderExceptions exceptions, CancellationToken cancellation)
    {
        List<OriginalName> originals = [.. document.Zip(digests, (claim, sha256) => OriginalName.Create(claim.Note.Unit, sha256))];
        var key = KeyOf(document, digests);
        if (document[0].Note.Mode == ClaimMode.Copy && !originals.Exists(vault.Has) && await receiver.FindAsync(key, cancellation).ConfigureAwait(false) is { } known)
        {
            // Accepted before a crash, or by another process: only the sources are left to put aside.
            foreach (var claim in document)
            {
                claims.Folder.Delete(ClaimFolder.ClaimOf(claim.Note.Unit));
                FinishSource(claim);
                claims.DeleteNote(claim.Note.Unit);
            }

            return new Acceptance(known, WasKnown: true);
        }

        // 3.
        foreach (var (claim, original) in document.Zip(originals))
        {
            Seal(claim, original);
        }

        return await AcceptAsync(document, Joined(document, originals) with { Key = key }, exceptions, cancellation).ConfigureAwait(false);
    }

    private void Seal(Claim claim, OriginalName original)
    {
        var name = ClaimFolder.ClaimOf(claim.Note.Unit);
        using (var file = claims.Folder.OpenFile(name))
        {
            if (file is not null)
            {
                vault.Seal(file, claims.Folder, name, original);
            }
            else if (!vault.Has(original))
            {
                throw Gone(claim);
            }
        }

        Failpoints.Pass(Failpoint.Sealed);
    }

    private static Arrival Joined(IReadOnlyList<Claim> document, List<OriginalName> originals)
    {
        var arrivals = document.Select(c => c.Note.ToArrival()).ToList();
        var first = arrivals[0] with { Original = originals[0] };
        return arrivals.Count == 1 ? first : first with
        {
            Bytes = arrivals.Sum(a => a.Bytes),
            Dossier = arrivals.TrueForAll(a => a.Dossier.Dossier == first.Dossier.Dossier)
                ? first.Dossier
                : new DossierChoice(null, "none", "The files of one document name different dossiers. Assign the right one."),
            ExpectedPages = arrivals.TrueForAll(a => a.ExpectedPages is not null) ? arrivals.Sum(a => a.ExpectedPages) : null,
            Files = [.. arrivals.Zip(originals, (a, original) => new ArrivedFile(original, a.Unit, a.Name, a.Shown, a.Bytes, a.ExpectedPages))],
        };
    }

    /// <summary>Steps 4 to 7 for a refused entry that was put aside unread.</summary>
    /// <exception cref="DigitizerException">From the receiver.</exception>
    public Task<Acceptance> AcceptUnreadAsync(Claim claim, FolderExceptions exceptions, CancellationToken cancellation)
        => AcceptAsync([claim], claim.Note.ToArrival(), exceptions, cancellation);

    /// <summary>Goes on with a claim of which only the note is known, after a crash or a failure.</summary>
    /// <returns>What became of it; null if there was nothing to accept: it lies in the drop folder.</returns>
    /// <exception cref="IOException">It stays as it is.</exception>
    public async Task<(Arrival Arrival, Acceptance Acceptance)?> ForwardAsync(Claim claim, FolderExceptions exceptions, CancellationToken cancellation)
    {
        var note = claim.Note;
        var name = ClaimFolder.ClaimOf(note.Unit);
        if (vault.Find(note.Unit) is { } original)
        {
            var arrival = note.ToArrival() with { Key = KeyOf([claim], [original.Sha256]), Original = original };
            return (arrival, await AcceptAsync([claim], arrival, exceptions, cancellation).ConfigureAwait(false));
        }

        if (note.Mode == ClaimMode.PutAside && exceptions.Holds(note))
        {
            return (note.ToArrival(), await AcceptUnreadAsync(claim, exceptions, cancellation).ConfigureAwait(false));
        }

        // A copy that is not known to be whole is made again.
        if (note.Mode != ClaimMode.Move || claims.Folder.Look(name) is null)
        {
            claims.Folder.Delete(name);
            claims.DeleteNote(note.Unit);
            return null;
        }

        var sha256 = await HashAsync(claim, cancellation).ConfigureAwait(false);
        if (sha256 is null)
        {
            PutBack(claim);
            return null;
        }

        claims.Rewrite(note);
        var accepted = await SealAndAcceptAsync(claim, sha256, exceptions, cancellation).ConfigureAwait(false);
        return (note.ToArrival() with { Original = OriginalName.Create(note.Unit, sha256) }, accepted);
    }

    private async Task<Acceptance> AcceptAsync(IReadOnlyList<Claim> document, Arrival arrival, FolderExceptions exceptions, CancellationToken cancellation)
    {
        // 4.
        if (arrival.Refusal is not null)
        {
            exceptions.Lay(arrival, vault);
            Failpoints.Pass(Failpoint.ExceptionLaid);
        }

        // 5.
        foreach (var original in arrival.Originals)
        {
            vault.WriteSideCar(original, receiver.SideCarOf(arrival, original));
            Failpoints.Pass(Failpoint.SideCarWritten);
        }

        if (arrival.Original is not null)
        {
            claims.Folder.Flush();
            FlushSources(document);
        }

        await vaults.ShareAsync(arrival.Originals, cancellation).ConfigureAwait(false);

        // 6.
        var acceptance = await receiver.AcceptAsync(arrival, cancellation).ConfigureAwait(false);
        Failpoints.Pass(Failpoint.Accepted);
        foreach (var surplus in acceptance.Unit != arrival.Unit ? arrival.Originals.Where(vault.Has) : [])
        {
            // Another process copied the same source at the same time and was first.
            await vaults.Kept.TrashAsync(surplus, new Removal("intake", $"a second copy of the arrival that is {acceptance.Unit}"), cancellation).ConfigureAwait(false);
        }

        vaults.Release(arrival.Originals);

        // 7.
        foreach (var claim in document)
        {
            Finish(claim);
        }

        return acceptance;
    }

    private static string KeyOf(IReadOnlyList<Claim> document, IReadOnlyList<string> digests)
    {
        var note = document[0].Note;
        return note.Mode != ClaimMode.Copy ? $"{note.Source}/{note.Unit}"
            : document.Count == 1 ? note.CopyKey(digests[0])
            : $"{note.Source}/copy/{Workspace.FileDigest.Of(string.Join('\n', document.Zip(digests, (claim, sha256) => claim.Note.CopyKey(sha256))))}";
    }

    private static IOException Gone(Claim claim) => new($"The claim of {claim.Note.Unit} is gone.");

    private static async Task<string> DigestAsync(Microsoft.Win32.SafeHandles.SafeFileHandle file, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferBytes];
        for (long at = 0; await RandomAccess.ReadAsync(file, buffer, at, cancellation).ConfigureAwait(false) is var length and > 0; at += length)
        {
            hash.AppendData(buffer, 0, length);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private bool Move(PosixFolder folder, ClaimNote note, FileFacts judged)
    {
        var name = ClaimFolder.ClaimOf(note.Unit);
        if (folder.Look(note.FileName) != judged || folder.Move(note.FileName, claims.Folder, name) != Moved.Done)
        {
            return false;
        }

        // Somebody may have put another file under the name between the look and the move.
        if (claims.Folder.Look(name) is { } moved && moved.IsSameFile(judged) && moved.Type == FileType.Regular)
        {
            return true;
        }

        return claims.Folder.Move(name, folder, note.FileName) == Moved.Done
            ? false
            : throw new IOException($"The claim {note.Unit} is another file than was judged, and its place is taken. Move it back by hand.");
    }

    private async Task<bool> CopyAsync(PosixFolder folder, ClaimNote note, CancellationToken cancellation)
    {
        using var source = folder.OpenFile(note.FileName);
        if (source is null || PosixFolder.FactsOf(source, note.Unit) != note.Facts || PosixLease.Ask(source) == LeaseAnswer.WriterHasIt)
        {
            return false;
        }

        var name = ClaimFolder.ClaimOf(note.Unit);
        var from = new FileStream(source, FileAccess.Read, bufferSize: 1);
        await using (from.ConfigureAwait(false))
        {
            var to = new FileStream(claims.Folder.CreateFile(name, Writable), FileAccess.Write, bufferSize: 1);
            await using (to.ConfigureAwait(false))
            {
                await from.CopyToAsync(to, BufferBytes, cancellation).ConfigureAwait(false);
                PosixFiles.Flush(to.SafeFileHandle, note.Unit);
            }
        }

        claims.Folder.Flush();
        Failpoints.Pass(Failpoint.ClaimCopied);
        return true;
    }

    // The copy is as good as the source only if the source was not written to meanwhile: looked at and read once more.
    private static async Task<bool> SourceIsAsync(Claim claim, string sha256, CancellationToken cancellation)
    {
        using var folder = FolderPlace.Open(claim.Root, claim.Note.FolderPath);
        using var file = folder.OpenFile(claim.Note.FileName);
        if (file is null || PosixLease.Ask(file) == LeaseAnswer.WriterHasIt)
        {
            return false;
        }

        return await DigestAsync(file, cancellation).ConfigureAwait(false) == sha256 && PosixFolder.FactsOf(file, claim.Note.Unit) == claim.Note.Facts && folder.Look(claim.Note.FileName) == claim.Note.Facts;
    }

    // The name is gone from the drop folder; a power cut must not bring it back. A folder that was removed needs none of this.
    private static void FlushSources(IReadOnlyList<Claim> document)
    {
        foreach (var claim in document.Where(c => c.Note.Mode == ClaimMode.Move).DistinctBy(c => c.Note.FolderPath))
        {
            try
            {
                using var folder = FolderPlace.Open(claim.Root, claim.Note.FolderPath);
                folder.Flush();
            }
            catch (PosixException e) when (e.HResult == NoEntry)
            {
            }
        }
    }

    private static void FinishSource(Claim claim)
    {
        if (claim.Note.Mode != ClaimMode.Copy || !Directory.Exists(claim.Root))
        {
            return;
        }

        using var root = PosixFolder.Open(claim.Root);
        using var folder = FolderPlace.Open(claim.Root, claim.Note.FolderPath);
        if (folder.Look(claim.Note.FileName) == claim.Note.Facts)
        {
            TakenFolder.PutAside(root, folder, claim.Note.FileName, claim.Note.Unit);
        }
    }
}
