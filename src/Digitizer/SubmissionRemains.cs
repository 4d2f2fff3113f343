using System.Collections.Concurrent;
using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Jobs;
using Digitizer.Vault;

namespace Digitizer;

/// <summary>Originals of tries that were not accepted: they go into the trash when it is certain that the journal will not have them.</summary>
/// <remarks>
/// A commit that failed may have succeeded on the disk or on a server that does not answer. It has not if the key belongs to another try by now, or if
/// nothing was heard of it for so long. What is left when the service ends is for <see cref="SubmissionRecovery"/>.
/// </remarks>
/// <param name="jobs">The journal.</param>
/// <param name="vault">Has the files.</param>
/// <param name="time">The clock.</param>
internal sealed class SubmissionRemains(JobStore jobs, IVault vault, TimeProvider time)
{
    private static readonly TimeSpan Undecided = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<UnitId, Remains> all = [];

    /// <summary>Remembers a try.</summary>
    /// <param name="origin">The try's own.</param>
    /// <param name="originals">As far as it came, they are in the vault.</param>
    public void Note(SubmissionOrigin origin, IReadOnlyList<OriginalName> originals) => all[origin.Id] = new Remains(origin, originals, time.GetTimestamp());

    /// <summary>Clears away what is certain by now.</summary>
    /// <param name="caller">Whose key it is.</param>
    /// <param name="key">A key that has its submission.</param>
    /// <param name="holder">The submission.</param>
    public async Task ClearAsync(string caller, string key, UnitId holder)
    {
        foreach (var (id, remains) in all)
        {
            var isSameKey = remains.Origin.Caller == caller && remains.Origin.Key == key;
            if (isSameKey || time.GetElapsedTime(remains.At) >= Undecided)
            {
                await ClearAsync(id, remains, isSameKey ? holder : null).ConfigureAwait(false);
            }
        }
    }

    private async Task ClearAsync(UnitId id, Remains remains, UnitId? holder)
    {
        try
        {
            holder ??= (await jobs.FindSubmissionAsync(remains.Origin.Caller, remains.Origin.Key, CancellationToken.None).ConfigureAwait(false))?.Id;
            foreach (var original in holder == id ? [] : remains.Originals)
            {
                if (await vault.HasAsync(original, CancellationToken.None).ConfigureAwait(false))
                {
                    await vault.TrashAsync(original, new Removal("intake", $"a try of a submission that was not accepted{(holder is null ? "" : $"; another became {holder}")}"), CancellationToken.None).ConfigureAwait(false);
                }
            }

            all.TryRemove(id, out _);
        }
        catch (DigitizerException)
        {
            // Who was just accepted is not to hear of it; the next acceptance tries again.
        }
    }

    private sealed record Remains(SubmissionOrigin Origin, IReadOnlyList<OriginalName> Originals, long At);
}
