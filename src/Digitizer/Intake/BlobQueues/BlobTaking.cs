using System.Xml;
using Azure;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Digitizer.Failures;
using Digitizer.Intake.DropFolders;
using Digitizer.Storage;
using Digitizer.Telemetry;
using Digitizer.Vault;
using Microsoft.Extensions.Logging;

namespace Digitizer.Intake.BlobQueues;

/// <summary>How taking a blob ended.</summary>
internal enum TakeResult
{
    /// <summary>It is a unit now.</summary>
    Taken,

    /// <summary>It was a unit already.</summary>
    Known,

    /// <summary>It is listed as refused.</summary>
    Refused,

    /// <summary>It is not there, and may still come.</summary>
    Missing,

    /// <summary>It failed for a reason that may lie with it, and is tried again.</summary>
    Failed,
}

/// <summary>How taking a blob ended.</summary>
/// <param name="Result">What.</param>
/// <param name="Unit">The unit; null: there is none.</param>
/// <param name="Refusal">Why it is refused.</param>
/// <param name="Again">When to try again.</param>
internal sealed record TakeOutcome(TakeResult Result, UnitId? Unit = null, DigitizerException? Refusal = null, TimeSpan Again = default);

/// <summary>Takes one blob, whether a message tells of it or a look through its container: looks, downloads, hands over.</summary>
internal sealed class BlobTaking(BlobQueueOptions options, AzureAccount account, BlobQueueContext context, TimeProvider time, ILogger log)
{
    // Somebody who replaces a blob all the time is left to do so.
    private const int Looks = 3;

    // Begun so often without an end, it may be what ended the process: it gets no company of its kind.
    private const int Suspicious = 2;

    private const string Suspects = "suspects";

    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(2);
    /// <summary>The longest that a message is put off.</summary>
    public static readonly TimeSpan LongestAway = TimeSpan.FromMinutes(10);

    private readonly BlobCustody custody = new(context);
    private readonly BlobDossierRule dossiers = new(options.Dossier);
    private readonly Turns turns = new();
    private long count;

    /// <summary>Units made so far, refused ones among them.</summary>
    public long Count => Interlocked.Read(ref count);

    /// <summary>Takes a blob; the same one twice at a time is taken once.</summary>
    /// <param name="wanted">The blob.</param>
    /// <param name="messageKey">Stands for it where no version of it is known.</param>
    /// <param name="cancellation">Leaves nothing behind that recovery does not find.</param>
    /// <exception cref="DigitizerException">The journal or the disk is at fault; nothing was counted.</exception>
    /// <exception cref="RequestFailedException">Storage is; see <see cref="IsOfStorage"/>.</exception>
    public async Task<TakeOutcome> TakeAsync(WantedBlob wanted, string messageKey, CancellationToken cancellation)
    {
        using var turn = await turns.EnterAsync($"{wanted.Container}/{wanted.Blob}").ConfigureAwait(false);
        if (wanted.ETag is { } version && await KnownAsync(KeyOf(wanted, version), cancellation).ConfigureAwait(false) is { } known)
        {
            return known;
        }

        if (Client(wanted) is not { } blob)
        {
            return await RefuseAsync(wanted, messageKey, 0, new DigitizerException(FailureKind.MessageInvalid, "The name of the blob is one that no address can lead to. Give the blob another name, without parts that are only full stops."), cancellation).ConfigureAwait(false);
        }

        for (var look = 0; look < Looks; look++)
        {
            if (await LookAsync(blob, cancellation).ConfigureAwait(false) is not { } facts)
            {
                return await MissAsync(wanted, messageKey, cancellation).ConfigureAwait(false);
            }

            if (await TakeAsync(wanted, blob, facts, cancellation).ConfigureAwait(false) is { } outcome)
            {
                await NoteReplacedAsync(wanted, VersionOf(facts), outcome, cancellation).ConfigureAwait(false);
                return outcome;
            }
        }

        return new TakeOutcome(TakeResult.Failed, Again: Soonest);
    }

    /// <summary>Lists something as refused that was never read.</summary>
    public async Task<TakeOutcome> RefuseAsync(WantedBlob? wanted, string key, long bytes, DigitizerException why, CancellationToken cancellation)
    {
        var arrival = Describe(wanted, key, bytes) with { Refusal = why };
        var acceptance = await context.Receiver.AcceptAsync(arrival, cancellation).ConfigureAwait(false);
        Failpoints.Pass(Failpoint.BlobRefused);
        return Ended(arrival, acceptance);
    }

    /// <summary>True for what lies with storage as a whole, and not with one blob: the next one would fail in the same way.</summary>
    public static bool IsOfStorage(Exception exception, CancellationToken cancellation) => exception switch
    {
        OperationCanceledException => !cancellation.IsCancellationRequested,
        RequestFailedException { Status: 0 or 401 or 403 or 408 or 429 or >= 500 } => true,
        AuthenticationFailedException or HttpRequestException or XmlException => true,

        // All tries of one call; no disk of ours fails in this way.
        AggregateException several => several.InnerExceptions.All(e => e is IOException || IsOfStorage(e, cancellation)),
        DigitizerException { Kind: FailureKind.StorageUnavailable or FailureKind.StorageDenied } => true,
        _ => false,
    };

    private static bool IsOfHouse(Exception exception)
        => exception is DigitizerException { Kind: FailureKind.OutputNotWritable or FailureKind.JournalBroken or FailureKind.JournalUnavailable or FailureKind.JournalInUse or FailureKind.JournalNewer };

    private async Task<TakeOutcome?> KnownAsync(string key, CancellationToken cancellation)
    {
        if (await context.Receiver.FindAsync(key, cancellation).ConfigureAwait(false) is not { } unit)
        {
            return null;
        }

        await custody.ClearAsync(key, unit).ConfigureAwait(false);
        return new TakeOutcome(TakeResult.Known, unit);
    }

    private BlobClient? Client(WantedBlob wanted)
    {
        var container = account.Blobs.GetBlobContainerClient(wanted.Container);
        var blob = container.GetBlobClient(wanted.Blob);

        // Parts of full stops are taken out of addresses, which would lead to another container.
        var inside = container.Uri.AbsolutePath + "/";
        return blob.Uri.Authority == container.Uri.Authority && blob.Uri.AbsolutePath.StartsWith(inside, StringComparison.Ordinal)
            && Uri.UnescapeDataString(blob.Uri.AbsolutePath[inside.Length..]) == wanted.Blob ? blob : null;
    }

    private static async Task<BlobProperties?> LookAsync(BlobClient blob, CancellationToken cancellation)
    {
        try
        {
            BlobProperties facts = await blob.GetPropertiesAsync(cancellationToken: cancellation).ConfigureAwait(false);
            return VersionOf(facts).Length > 0 ? facts : throw new RequestFailedException(0, "The answer has no version.");
        }
        catch (RequestFailedException e) when (e.Status is 400 or 404)
        {
            // There is none, or there can be none of such a name.
            return null;
        }
    }

    /// <returns>Null: it is not that version any more; look again.</returns>
    private async Task<TakeOutcome?> TakeAsync(WantedBlob wanted, BlobClient blob, BlobProperties facts, CancellationToken cancellation)
    {
        var key = KeyOf(wanted, VersionOf(facts));
        if (await KnownAsync(key, cancellation).ConfigureAwait(false) is { } known)
        {
            return known;
        }

        if (facts.ContentLength > context.Admission.MaxFileBytes)
        {
            return await RefuseAsync(wanted, key, facts.ContentLength, new DigitizerException(
                FailureKind.FileTooLarge, $"The blob has {facts.ContentLength >> 20} MB; at most {context.Admission.MaxFileBytes >> 20} MB are taken. Split it or scan at a lower resolution."), cancellation).ConfigureAwait(false);
        }

        var tries = await context.Receiver.TriesAsync(key, cancellation).ConfigureAwait(false);
        if (tries.Count >= options.Attempts)
        {
            return await RefuseAsync(wanted, key, facts.ContentLength, new DigitizerException(
                FailureKind.BlobAbandoned, $"The blob was begun to be taken in {tries.Count} times. {tries.LastFailure ?? "Each time the process was gone before it was done: look at memory and logs."}"), cancellation).ConfigureAwait(false);
        }

        if (tries.Count < Suspicious)
        {
            return await TryAsync(wanted, blob, facts, key, cancellation).ConfigureAwait(false);
        }

        using var alone = await turns.EnterAsync(Suspects).ConfigureAwait(false);
        return await TryAsync(wanted, blob, facts, key, cancellation).ConfigureAwait(false);
    }

    private async Task<TakeOutcome?> TryAsync(WantedBlob wanted, BlobClient blob, BlobProperties facts, string key, CancellationToken cancellation)
    {
        var tries = await context.Receiver.BeginTryAsync(key, cancellation).ConfigureAwait(false);
        Failpoints.Pass(Failpoint.BlobTryBegun);
        try
        {
            return await DownloadAsync(wanted, blob, facts, key, cancellation).ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            await ReturnAsync(key).ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (cancellation.IsCancellationRequested || IsOfStorage(e, cancellation) || IsOfHouse(e))
        {
            await ReturnAsync(key).ConfigureAwait(false);
            throw;
        }
        catch (Exception e)
        {
            // Whatever it is, other blobs must not suffer from it, and this one not for ever.
            Log.TryFailed(log, options.Name, tries.Count, Fault.Of(e));
            await context.Receiver.FailTryAsync(key, FailureOf(e), CancellationToken.None).ConfigureAwait(false);
            var wait = Soonest * Math.Pow(2, Math.Min(tries.Count - 1, 16));
            return new TakeOutcome(TakeResult.Failed, Again: wait < LongestAway ? wait : LongestAway);
        }
    }

    private DigitizerException FailureOf(Exception e) => e switch
    {
        DigitizerException known => known,
        RequestFailedException => account.Failure(e),
        _ => new DigitizerException(FailureKind.Internal, $"{Fault.KindOf(e)}. Hand this to support.", e),
    };

    private async Task<TakeOutcome> DownloadAsync(WantedBlob wanted, BlobClient blob, BlobProperties facts, string key, CancellationToken cancellation)
    {
        var arrival = Describe(wanted, key, facts.ContentLength);
        using var trace = Traces.Acceptance(options.Name, arrival.Unit.ToString());
        var began = time.GetTimestamp();
        var tags = dossiers.NeedsTags ? (await blob.GetTagsAsync(cancellationToken: cancellation).ConfigureAwait(false)).Value.Tags : new Dictionary<string, string>();
        var staged = await StageAsync(blob, facts, cancellation).ConfigureAwait(false);
        try
        {
            Failpoints.Pass(Failpoint.BlobStaged);
            var (pages, refusal) = BlobCustody.Judge(staged);
            arrival = arrival with
            {
                Original = OriginalName.Create(arrival.Unit.ToString(), staged.Sha256),
                ExpectedPages = pages,
                Refusal = refusal,
                Dossier = dossiers.Choose(wanted, facts.Metadata, tags, DateOnly.FromDateTime(arrival.Received.Date)),
            };
            var acceptance = await custody.AcceptAsync(arrival, staged, cancellation).ConfigureAwait(false);
            IntakeMetrics.Accepted(options.Name, time.GetElapsedTime(began));
            trace?.End(refusal is null ? "accepted" : "refused", refusal?.Kind.ToString());
            return Ended(arrival, acceptance);
        }
        finally
        {
            // Named by now, unless it failed before.
            File.Delete(staged.Path);
        }
    }

    private async Task<StagedFile> StageAsync(BlobClient blob, BlobProperties facts, CancellationToken cancellation)
    {
        var download = await blob.DownloadStreamingAsync(new BlobDownloadOptions { Conditions = new BlobRequestConditions { IfMatch = facts.ETag } }, cancellation).ConfigureAwait(false);
        using var result = download.Value;
        var content = new BlobContent(result.Content, facts.ContentLength);
        await using (content.ConfigureAwait(false))
        {
            return await context.Vault.StageAsync(content, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<TakeOutcome> MissAsync(WantedBlob wanted, string messageKey, CancellationToken cancellation)
    {
        var key = wanted.ETag is { } version ? KeyOf(wanted, version) : messageKey;
        var since = await context.Receiver.MissAsync(key, cancellation).ConfigureAwait(false);
        var missing = time.GetUtcNow() - since;
        if (missing < TimeSpan.FromHours(options.MissingHours))
        {
            // As long again as it has been missing.
            return new TakeOutcome(TakeResult.Missing, Again: missing < Soonest ? Soonest : missing < LongestAway ? missing : LongestAway);
        }

        return await RefuseAsync(wanted, key, 0, new DigitizerException(
            FailureKind.BlobMissing, FormattableString.Invariant($"The blob was not there for {options.MissingHours} hours. Upload it again.")), cancellation).ConfigureAwait(false);
    }

    // Not while its successor is not safe: until then somebody must remember that there is something to take.
    private async Task NoteReplacedAsync(WantedBlob wanted, string version, TakeOutcome outcome, CancellationToken cancellation)
    {
        if (wanted.ETag is { } older && older != version && outcome.Result is TakeResult.Taken or TakeResult.Known or TakeResult.Refused)
        {
            await RefuseAsync(wanted, KeyOf(wanted, older!), 0, new DigitizerException(
                FailureKind.BlobReplaced, $"The blob was replaced before it was taken in; the newer version is unit {outcome.Unit}."), cancellation).ConfigureAwait(false);
        }
    }

    // If the journal does not answer, the failure that is under way says more.
    private async Task ReturnAsync(string key)
    {
        try
        {
            await context.Receiver.ReturnTryAsync(key, CancellationToken.None).ConfigureAwait(false);
        }
        catch (DigitizerException)
        {
            // The try stays counted.
        }
    }

    private TakeOutcome Ended(BlobArrival arrival, Acceptance acceptance)
    {
        if (acceptance.WasKnown)
        {
            return new TakeOutcome(TakeResult.Known, acceptance.Unit, arrival.Refusal);
        }

        Interlocked.Increment(ref count);
        if (arrival.Refusal is { } refusal)
        {
            Log.Refused(log, options.Name, acceptance.Unit, refusal.Kind);
            return new TakeOutcome(TakeResult.Refused, acceptance.Unit, refusal);
        }

        Log.Accepted(log, options.Name, acceptance.Unit);
        return new TakeOutcome(TakeResult.Taken, acceptance.Unit);
    }

    private BlobArrival Describe(WantedBlob? wanted, string key, long bytes)
    {
        var unit = UnitId.New(time);
        return new BlobArrival
        {
            Unit = unit,
            Source = options.Name,
            Key = key,
            Name = (wanted?.Blob ?? key).Split('/', StringSplitOptions.RemoveEmptyEntries) is [.., var last] ? last : "blob",
            Shown = wanted is null ? key : BlobKey.Shown(wanted.Container, wanted.Blob),
            Bytes = bytes,
            Received = time.GetUtcNow(),
            Profile = options.Profile,
            Priority = options.Priority,
            ResultBase = wanted is null ? null : BlobKey.ResultBase(wanted.Container, wanted.Blob),
        };
    }

    private string KeyOf(WantedBlob wanted, string version) => BlobKey.Of(account.Blobs.AccountName, wanted.Container, wanted.Blob, version);

    private static string VersionOf(BlobProperties facts) => facts.ETag.ToString().Trim('"');
}
