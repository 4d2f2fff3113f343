using System.Collections.Concurrent;
using System.Text;
using Digitizer.Dossiers;
using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Intake.Completeness;
using Digitizer.Intake.Submissions;
using Digitizer.Jobs;
using Digitizer.Vault;
using Digitizer.Workspace;

namespace Digitizer;

/// <summary>The answer to a submission: it is safe.</summary>
/// <param name="Submission">As the journal has it.</param>
/// <param name="WasKnown">True: it came before under the same key, and nothing was written.</param>
internal sealed record SubmissionAnswer(Submission Submission, bool WasKnown);

/// <summary>Takes submissions of other systems into custody: files staged, judged, sealed with their side-cars, then one commit.</summary>
/// <remarks>
/// Until the commit nothing is accepted, and what an interruption leaves is found by <see cref="SubmissionRecovery"/>, what a failure leaves by
/// <see cref="SubmissionRemains"/>. The commit decides: two tries with one key become one submission, whenever they come.
/// </remarks>
/// <param name="jobs">The journal.</param>
/// <param name="vaults">Keep the files.</param>
/// <param name="dossiers">Knows which dossiers there are.</param>
/// <param name="time">For ids and times.</param>
/// <param name="accepted">Called after each commit.</param>
internal sealed class SubmissionIntake(JobStore jobs, Vaults vaults, DossierCheck dossiers, TimeProvider time, Action accepted)
{
    private readonly ConcurrentDictionary<(string Caller, string Key), bool> underWay = new();
    private readonly SubmissionRemains remains = new(jobs, vaults.Kept, time);
    private readonly LocalVault vault = vaults.Spool;

    /// <summary>Says that a submission is being taken in, so that a second try at the same time is told to wait.</summary>
    /// <returns>To be disposed when it has its answer.</returns>
    /// <exception cref="DigitizerException">IdempotencyKeyInUse.</exception>
    public IDisposable Begin(string caller, string key)
        => underWay.TryAdd((caller, key), true)
            ? new UnderWay(() => underWay.TryRemove((caller, key), out _))
            : throw new DigitizerException(FailureKind.IdempotencyKeyInUse, "A submission with this Idempotency-Key is being taken in at this moment. Wait for its answer, or send it again in a few seconds.");

    /// <summary>Brings a file to the disk and judges it by its structure; nothing is decoded.</summary>
    /// <param name="path">As the caller calls it.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="cancellation">Leaves nothing behind.</param>
    /// <exception cref="DigitizerException">FileEmpty, FormatUnknown, FormatNotSupported, FileIncomplete or OutputNotWritable.</exception>
    public async Task<SubmittedFile> StageAsync(string path, Stream content, CancellationToken cancellation)
    {
        var staged = await vault.StageAsync(content, cancellation).ConfigureAwait(false);
        try
        {
            return new SubmittedFile(NameOf(path), path, staged, PagesOf(staged));
        }
        catch
        {
            File.Delete(staged.Path);
            throw;
        }
    }

    /// <summary>Forgets a staged file that was not accepted.</summary>
    public static void Discard(SubmittedFile file) => File.Delete(file.Staged.Path);

    /// <summary>Accepts a submission; when this returns, it survives a power cut.</summary>
    /// <exception cref="DigitizerException">IdempotencyKeyReused, ManifestInvalid, RequestInvalid, DossierCodeInvalid, DossierUnknown, or the disk's or the journal's own.</exception>
    public async Task<SubmissionAnswer> AcceptAsync(SubmissionRequest request, IReadOnlyList<SubmittedFile> files, CancellationToken cancellation)
    {
        var documents = SubmissionPlan.Of(request, files);
        var fingerprint = SubmissionPlan.FingerprintOf(request, files);
        if (await jobs.FindSubmissionAsync(request.Caller, request.Key, cancellation).ConfigureAwait(false) is { } known)
        {
            await remains.ClearAsync(request.Caller, request.Key, known.Id).ConfigureAwait(false);
            return Known(known, fingerprint);
        }

        var origin = new SubmissionOrigin(UnitId.New(time), request.Caller, request.Key, fingerprint, documents.Count);
        List<PlannedUnit> units = [.. Units(request, documents, origin)];
        await dossiers.ThrowIfUnknownAsync(documents.Select(d => DossierOf(request, d)).OfType<DossierKey>(), cancellation).ConfigureAwait(false);

        var holder = await AcceptAsync(origin, units, documents).ConfigureAwait(false);
        await remains.ClearAsync(request.Caller, request.Key, holder).ConfigureAwait(false);
        var submission = (await jobs.FindSubmissionAsync(request.Caller, request.Key, CancellationToken.None).ConfigureAwait(false))!;
        return holder == origin.Id ? new SubmissionAnswer(submission, WasKnown: false) : Known(submission, fingerprint);
    }

    // From the first rename on it is not to be cut short: half of it would have to be found again.
    private async Task<UnitId> AcceptAsync(SubmissionOrigin origin, List<PlannedUnit> units, IReadOnlyList<PlannedDocument> documents)
    {
        UnitId? holder = null;
        try
        {
            Seal(units, documents);
            await vaults.ShareAsync(units.SelectMany(u => u.Originals), CancellationToken.None).ConfigureAwait(false);
            holder = await jobs.AcceptAsync([.. units.Select(u => u.Unit)], CancellationToken.None).ConfigureAwait(false);
            vaults.Release(holder == origin.Id ? units.SelectMany(u => u.Originals) : []);
            accepted();
            return holder.Value;
        }
        finally
        {
            // It failed, or another process took the same submission in at the same time and was first.
            if (holder != origin.Id)
            {
                remains.Note(origin, [.. units.SelectMany(u => u.Originals)]);
            }
        }
    }

    private static SubmissionAnswer Known(Submission known, string fingerprint) => known.Fingerprint == fingerprint
        ? new SubmissionAnswer(known, WasKnown: true)
        : throw new DigitizerException(FailureKind.IdempotencyKeyReused, $"This Idempotency-Key belongs to submission {known.Id}, which had other content. Choose a new key for a new submission.");

    private void Seal(List<PlannedUnit> units, IReadOnlyList<PlannedDocument> documents)
    {
        foreach (var (file, original) in documents.SelectMany(d => d.Files).Zip(units.SelectMany(u => u.Originals)))
        {
            vault.Adopt(file.Staged, original);
        }

        // The one that tells of the whole unit comes last: where it is, all are.
        foreach (var unit in units)
        {
            foreach (var original in unit.Originals.Skip(1))
            {
                vault.WriteSideCar(original, SideCar.OfFurtherFile(unit.Unit.Id).ToBytes());
            }

            vault.WriteSideCar(unit.Originals[0], SideCar.Of(unit.Unit).ToBytes());
        }
    }

    private IEnumerable<PlannedUnit> Units(SubmissionRequest request, IReadOnlyList<PlannedDocument> documents, SubmissionOrigin origin)
    {
        var (now, taken) = (time.GetUtcNow(), 0);
        foreach (var (number, document) in documents.Index())
        {
            var ids = document.Files.Select((_, i) => origin.Id.Next(taken + i + 1)).ToList();
            taken += ids.Count;
            var files = document.Files.Zip(ids, (file, id) => new UnitFile(
                id, Encoding.UTF8.GetBytes(file.Name), ShownName.Escape(file.Name), file.Staged.Bytes, file.Staged.Sha256, file.Pages)).ToList();
            yield return new PlannedUnit(Unit(request, document, number, origin, files, now), [.. files.Select(f => OriginalName.Create(f.Id.ToString(), f.Sha256))]);
        }
    }

    private NewUnit Unit(SubmissionRequest request, PlannedDocument document, int number, SubmissionOrigin origin, List<UnitFile> files, DateTimeOffset now) => new()
    {
        Id = files[0].Id,
        Source = request.Source,
        ArrivalKey = $"{request.Source}/api/{FileDigest.Of($"{request.Caller}\n{request.Key}")}/{number + 1}",
        Name = files[0].Name,
        ShownName = files[0].ShownName,
        Bytes = files.Sum(f => f.Bytes),
        Sha256 = files.Count == 1 ? files[0].Sha256 : FileDigest.Of(string.Join('\n', files.Select(f => f.Sha256))),
        ReceivedAt = now,
        ExpectedPages = files.TrueForAll(f => f.ExpectedPages is not null) ? files.Sum(f => f.ExpectedPages) : null,
        Priority = request.Priority,
        Dossier = DossierOf(request, document) is { } dossier ? new DossierClaim(dossier.Code, document.DossierCode is null ? "argument" : "manifest", Confirmed: true) : null,
        Profile = request.Manifest?.Profile ?? request.Profile ?? request.SourceProfile,
        ResultBase = ResultName.FromStem(files[0].FileName),
        Batch = document.Number is { } place ? new BatchOrigin(request.Manifest!.Batch, place, document.Details) : null,
        Submission = origin,
        Files = files.Count == 1 ? null : files,
    };

    private DossierKey? DossierOf(SubmissionRequest request, PlannedDocument document)
        => document.DossierCode is { } code ? DossierKey.Parse(code, DateOnly.FromDateTime(time.GetUtcNow().Date)) : request.Dossier;

    // Whatever system it came from, and however that writes paths.
    private static string NameOf(string path)
        => path.Split('/', '\\')[^1] is { Length: > 0 } name ? name : "scan";

    private static int? PagesOf(StagedFile staged)
    {
        using var stream = new FileStream(staged.Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        var wholeness = FileEnd.Check(stream);
        return wholeness.IsWhole ? wholeness.Pages : throw new DigitizerException(
            FailureKind.FileIncomplete, "The file is cut off: its structure ends before its content does. Scan or copy it again.");
    }

    private sealed record PlannedUnit(NewUnit Unit, IReadOnlyList<OriginalName> Originals);

    private sealed class UnderWay(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
