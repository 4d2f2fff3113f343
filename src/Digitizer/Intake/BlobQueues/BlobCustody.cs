using System.Collections.Concurrent;
using System.Collections.Immutable;
using Digitizer.Failures;
using Digitizer.Intake.Completeness;
using Digitizer.Intake.DropFolders;
using Digitizer.Vault;

namespace Digitizer.Intake.BlobQueues;

/// <summary>Takes what was downloaded into custody, so that no crash and no power cut loses or doubles it.</summary>
/// <remarks>
/// <para>1. The bytes are on the disk, as many as the blob has.</para>
/// <para>2. The original gets its name.</para>
/// <para>3. Its side-car lies beside it; both are on the disk.</para>
/// <para>4. Where several machines share a vault, it is there.</para>
/// <para>5. The receiver accepts it: from here on the message is not needed any more.</para>
/// <para>6. What only this machine needed of it is let go.</para>
/// After a crash the message comes back. What lies there by then with its side-car is accepted at the start (<c>SubmissionRecovery</c>).
/// </remarks>
internal sealed class BlobCustody(BlobQueueContext context)
{
    // Of tries that were not accepted as far as we know. A commit that failed may yet have been made: what is left of it goes only when another one was.
    private readonly ConcurrentDictionary<string, ImmutableList<OriginalName>> left = new(StringComparer.Ordinal);

    /// <summary>Looks at what was staged by its structure; nothing is decoded.</summary>
    /// <returns>Its pages if that says, and why it is refused, if it is.</returns>
    public static (int? Pages, DigitizerException? Refusal) Judge(StagedFile staged)
    {
        using var stream = new FileStream(staged.Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        try
        {
            var wholeness = FileEnd.Check(stream);
            return wholeness.IsWhole ? (wholeness.Pages, null) : (null, new DigitizerException(
                FailureKind.FileIncomplete, "The blob is cut off: its structure ends before its content does. Upload it again."));
        }
        catch (DigitizerException e)
        {
            return (null, e);
        }
    }

    /// <summary>Steps 2 to 6.</summary>
    /// <param name="arrival">Its original is what was staged.</param>
    /// <param name="staged">Gone afterwards, or named.</param>
    /// <param name="cancellation">Up to the commit.</param>
    /// <exception cref="DigitizerException">It is not accepted, or nobody knows; it is offered again under the same key.</exception>
    public async Task<Acceptance> AcceptAsync(BlobArrival arrival, StagedFile staged, CancellationToken cancellation)
    {
        var original = arrival.Original!;

        // 2.
        context.Vault.Adopt(staged, original);
        left.AddOrUpdate(arrival.Key, [original], (_, before) => before.Add(original));
        Failpoints.Pass(Failpoint.BlobNamed);

        // 3.
        context.Vault.WriteSideCar(original, context.Receiver.SideCarOf(arrival));
        Failpoints.Pass(Failpoint.BlobSideCarWritten);

        // 4.
        await ShareAsync(arrival.Key, original, cancellation).ConfigureAwait(false);
        Failpoints.Pass(Failpoint.BlobShared);

        // 5.
        var acceptance = await context.Receiver.AcceptAsync(arrival, CancellationToken.None).ConfigureAwait(false);
        Failpoints.Pass(Failpoint.BlobAccepted);

        // 6.
        await ClearAsync(arrival.Key, acceptance.Unit).ConfigureAwait(false);
        if (acceptance.Unit == arrival.Unit)
        {
            context.Release(original);
        }

        Failpoints.Pass(Failpoint.BlobReleased);
        return acceptance;
    }

    // The journal was offered nothing yet: each try would leave a copy else while storage is away.
    private async Task ShareAsync(string key, OriginalName original, CancellationToken cancellation)
    {
        try
        {
            await context.Share(original, cancellation).ConfigureAwait(false);
        }
        catch
        {
            left.AddOrUpdate(key, [], (_, before) => before.Remove(original));
            context.Vault.Discard(original);
            throw;
        }
    }

    /// <summary>Puts away what tries left that were not accepted, as another one was.</summary>
    /// <param name="key">The arrival's.</param>
    /// <param name="holder">Its unit.</param>
    public async Task ClearAsync(string key, UnitId holder)
    {
        if (!left.TryRemove(key, out var originals))
        {
            return;
        }

        foreach (var original in originals.Where(o => o.Unit != holder.ToString() && context.Vault.Has(o)))
        {
            await context.PutAway(original, new Removal("intake", $"a try of a blob that was not accepted; another became {holder}")).ConfigureAwait(false);
        }
    }
}
