using System.Diagnostics;
using Digitizer.Failures;
using Digitizer.Native;
using Digitizer.Telemetry;
using Microsoft.Extensions.Logging;

namespace Digitizer.Intake.DropFolders;

/// <summary>Takes judged files of one drop folder: makes arrivals of them and hands them to <see cref="Custody"/>.</summary>
internal sealed class Taking(DropFolderOptions options, DropFolderContext context, FolderExceptions exceptions, TimeProvider time, ILogger log)
{
    private readonly Custody custody = new(context.Vaults, context.Claims, context.Receiver);
    private readonly DossierRule dossiers = new(options.Dossier);
    private long count;

    /// <summary>Files taken so far.</summary>
    public long Count => Interlocked.Read(ref count);

    /// <summary>Takes or refuses one file; several at a time may be under way.</summary>
    /// <returns>1, or 0 if it is gone, or changed after all.</returns>
    /// <exception cref="IOException">It stays where it is, or as a claim.</exception>
    /// <exception cref="DigitizerException">From the receiver or the disk; it stays as a claim.</exception>
    public async Task<int> TakeAsync(Due due, ClaimMode mode, CancellationToken cancellation)
    {
        var arrival = Describe(due.Entry, due.Verdict.Pages, null);
        using var trace = Traces.Acceptance(options.Name, arrival.Unit.ToString());
        if (due.Verdict.Refusal is { } refusal)
        {
            arrival = arrival with { Refusal = Refusal.From(due.Entry.Shown, refusal) };
        }

        var claim = await custody.ClaimAsync(
            options.Path, arrival, new ClaimDue(due.Entry.Facts, due.Verdict.IsUnread ? ClaimMode.PutAside : mode, Marker: due.Marker), exceptions, cancellation).ConfigureAwait(false);
        if (claim is null)
        {
            trace?.End("gone");
            return 0;
        }

        Acceptance acceptance;
        if (due.Verdict.IsUnread)
        {
            acceptance = await custody.AcceptUnreadAsync(claim, exceptions, cancellation).ConfigureAwait(false);
        }
        else if (await custody.HashAsync(claim, cancellation).ConfigureAwait(false) is { } sha256)
        {
            acceptance = await custody.SealAndAcceptAsync(claim, sha256, exceptions, cancellation).ConfigureAwait(false);
        }
        else
        {
            custody.PutBack(claim);
            trace?.End("changed");
            return 0;
        }

        Note(arrival, acceptance, trace);
        Tell(arrival, due.Marker, acceptance);
        return 1;
    }

    /// <summary>Takes all files of a batch, or none.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="IOException">As <see cref="TakeAsync"/>; recovery puts back or goes on.</exception>
    /// <exception cref="DigitizerException">As <see cref="TakeAsync"/>.</exception>
    public async Task<int> TakeBatchAsync(CompleteBatch batch, ClaimMode mode, AlertBook alerts, CancellationToken cancellation)
    {
        // 1. Claim and hash all of it: whatever has changed since it was looked at puts everything back.
        var batchClaim = UnitId.New(time).ToString();
        var claimed = new List<Claim>();
        foreach (var (wanted, entry, pages) in batch.Files)
        {
            var arrival = Describe(entry, pages, PlaceOf(batch, wanted), wanted.DossierCode) with { Profile = batch.Manifest.Profile ?? options.Profile };
            var claim = await custody.ClaimAsync(options.Path, arrival, new ClaimDue(entry.Facts, mode, batchClaim), exceptions, cancellation).ConfigureAwait(false);
            var sha256 = claim is null ? null : await custody.HashAsync(claim, cancellation).ConfigureAwait(false);
            if (claim is not null)
            {
                claimed.Add(claim);
                Failpoints.Pass(Failpoint.BatchFileClaimed);
            }

            if (sha256 != wanted.Sha256)
            {
                claimed.ForEach(custody.PutBack);
                alerts.Found(AlertKind.HeldBatch, batch.Source.Shown, "This batch is not taken: a file of it changed meanwhile. It is looked at again.", entry.Shown);
                return 0;
            }
        }

        // 2. From here on the batch goes forward, whatever happens.
        custody.Secure(claimed);
        context.Claims.Write(batchClaim, new BatchNote(options.Name, new FileName(batch.Source.Folder).ToBytes(), batch.Source.Name.ToBytes()));
        Failpoints.Pass(Failpoint.BatchNoted);
        foreach (var document in claimed.GroupBy(claim => claim.Note.Batch!.Document, StringComparer.Ordinal))
        {
            await AcceptAsync([.. document], cancellation).ConfigureAwait(false);
        }

        // 3.
        FinishBatch(batchClaim, batch.Source.Folder, batch.Source.Name);
        return claimed.Count;
    }

    /// <summary>Goes on with what an interruption or a failure left: this folder's claims forward, its half-claimed batches back.</summary>
    /// <returns>False if something must be tried again.</returns>
    public async Task<bool> RecoverAsync(AlertBook alerts, CancellationToken cancellation)
    {
        var isDone = true;
        foreach (var together in context.Claims.Notes().Where(n => n.Source == options.Name).GroupBy(PlaceOf))
        {
            var note = together.First();
            try
            {
                Log.Resumed(log, options.Name, note.Unit);
                await RecoverAsync([.. together.Select(n => new Claim(n, options.Path))], cancellation).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or DigitizerException)
            {
                Log.TakingFailed(log, options.Name, Fault.KindOf(e));
                alerts.Found(AlertKind.TakingFailed, note.Unit, "A file that was claimed could not be accepted. It is tried again.", e.Message);
                isDone = false;
            }
        }

        if (isDone)
        {
            // No file of them is left in our hands: only now may a manifest go.
            foreach (var (claim, note) in context.Claims.Batches().Where(b => b.Note.Source == options.Name).ToList())
            {
                FinishBatch(claim, FileName.FromBytes(note.Folder).Raw, FileName.FromBytes(note.Name));
            }
        }

        return isDone;
    }

    // All that becomes one unit: a file, or the files of one document of a batch.
    private static (string, string) PlaceOf(ClaimNote note)
        => note is { BatchClaim.Length: > 0, Batch: { } place } ? (note.BatchClaim, place.Document) : (note.Unit, "");

    private async Task RecoverAsync(IReadOnlyList<Claim> together, CancellationToken cancellation)
    {
        var first = together[0].Note;
        if (first.BatchClaim.Length > 0 && !context.Claims.HasBatch(first.BatchClaim))
        {
            PutBack(together);
        }
        else if (first.Batch is not { } place)
        {
            await RecoverAsync(together[0], cancellation).ConfigureAwait(false);
        }
        else if (await custody.FindAsync(together[0], cancellation).ConfigureAwait(false) is not null)
        {
            // Accepted before the interruption, and perhaps let go of.
            await FinishAsync(together, cancellation).ConfigureAwait(false);
        }
        else if (together.Count == place.Files)
        {
            IReadOnlyList<Claim> document = [.. together.OrderBy(claim => claim.Note.Batch!.File)];
            await custody.CheckAsync(document, cancellation).ConfigureAwait(false);
            await AcceptAsync(document, cancellation).ConfigureAwait(false);
        }
        else
        {
            await FinishAsync(together, cancellation).ConfigureAwait(false);
        }
    }

    private async Task AcceptAsync(IReadOnlyList<Claim> document, CancellationToken cancellation)
    {
        using var trace = Traces.Acceptance(options.Name, document[0].Note.Unit);
        var acceptance = await custody.SealAndAcceptAsync(document, exceptions, cancellation).ConfigureAwait(false);
        Failpoints.Pass(Failpoint.BatchDocumentAccepted);
        Note(document[0].Note.ToArrival(), acceptance, trace);
    }

    // Notes go only when their document is accepted: where some are gone, the others are to follow.
    private async Task FinishAsync(IReadOnlyList<Claim> rest, CancellationToken cancellation)
    {
        foreach (var claim in rest)
        {
            if (await custody.FindAsync(claim, cancellation).ConfigureAwait(false) is null)
            {
                throw new IOException($"Of a document of {claim.Note.Batch!.Files} files only {rest.Count} are there. Look into {context.Claims.Folder.Path}.");
            }

            custody.Finish(claim);
        }
    }

    private void PutBack(IReadOnlyList<Claim> together)
    {
        foreach (var claim in together)
        {
            if (context.Claims.Folder.Look(ClaimFolder.ClaimOf(claim.Note.Unit)) is null)
            {
                context.Claims.DeleteNote(claim.Note.Unit);
            }
            else
            {
                custody.PutBack(claim);
            }
        }
    }

    private async Task RecoverAsync(Claim claim, CancellationToken cancellation)
    {
        using var trace = Traces.Acceptance(options.Name, claim.Note.Unit);
        if (await custody.ForwardAsync(claim, exceptions, cancellation).ConfigureAwait(false) is var (arrival, acceptance))
        {
            Note(arrival, acceptance, trace);
            Tell(arrival, claim.Note.MarkerName, acceptance);
        }
    }

    private Arrival Describe(Entry entry, int? pages, BatchPlace? place, string? manifestCode = null)
    {
        var now = time.GetUtcNow();
        return new Arrival
        {
            Unit = UnitId.New(time),
            Source = options.Name,
            Key = "",
            Name = entry.Name,
            Folder = entry.Folder,
            Bytes = entry.Facts.Bytes,
            Modified = entry.Facts.Modified,
            Received = now,
            ExpectedPages = pages,
            Dossier = dossiers.Choose(new FileName(entry.Folder).Text ?? "", entry.Name.Text, manifestCode, DateOnly.FromDateTime(now.Date)),
            Profile = options.Profile,
            Priority = options.Priority,
            Scanner = options.Scanner,
            Batch = place,
        };
    }

    private static BatchPlace PlaceOf(CompleteBatch batch, ManifestFile wanted)
    {
        var together = batch.Manifest.Files.Where(f => f.Document == wanted.Document).ToList();
        return new BatchPlace(batch.Manifest.Batch, wanted.Document, together.IndexOf(wanted) + 1, together.Count, wanted.Sha256, batch.Manifest.Details.GetValueOrDefault(wanted.Document));
    }

    // What the writer sees of it: its marker goes, its receipt comes.
    private void Tell(Arrival arrival, FileName? marker, Acceptance acceptance)
    {
        if (arrival.Batch is not null)
        {
            return;
        }

        if (marker is null && (!options.Receipts || arrival.Refusal is not null))
        {
            return;
        }

        try
        {
            using var folder = FolderPlace.Open(options.Path, arrival.Folder);
            if (marker is { } announced)
            {
                folder.Delete(announced);
            }

            if (options.Receipts && arrival.Refusal is null)
            {
                Receipt.Write(folder, arrival.Name, arrival, acceptance.Unit);
            }
        }
        catch (IOException e)
        {
            // The file is accepted; that a courtesy could not be done changes nothing about it.
            Log.TakingFailed(log, options.Name, Fault.KindOf(e));
        }
    }

    private void FinishBatch(string batchClaim, string folderPath, FileName manifest)
    {
        using var root = PosixFolder.Open(options.Path);
        using var folder = FolderPlace.Open(options.Path, folderPath);
        TakenFolder.PutAside(root, folder, manifest, batchClaim);
        context.Claims.DeleteBatch(batchClaim);
    }

    private void Note(Arrival arrival, Acceptance acceptance, Activity? trace)
    {
        Interlocked.Increment(ref count);
        trace?.End(arrival.Refusal is null ? "accepted" : "refused", arrival.Refusal?.Kind.ToString());
        if (arrival.Refusal is { } refusal)
        {
            Log.Refused(log, options.Name, acceptance.Unit, refusal.Kind);
        }
        else
        {
            Log.Accepted(log, options.Name, acceptance.Unit);
        }
    }
}
