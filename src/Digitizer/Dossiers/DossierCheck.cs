using Digitizer.Failures;
using Digitizer.Intake;

namespace Digitizer.Dossiers;

/// <summary>Refuses dossiers that nobody knows while the caller is still there to hear it.</summary>
/// <remarks>
/// Only a clear "there is none" refuses. A system that is down, slow or cannot be asked does not keep anything from being taken into
/// custody: the delivery finds out later.
/// </remarks>
/// <param name="dossiers">Null: there is nobody to ask.</param>
/// <param name="time">The clock.</param>
internal sealed class DossierCheck(IDossierStore? dossiers, TimeProvider time)
{
    private const int AtOnce = 4;

    /// <summary>What a caller waits at most for all its answers.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>How long a system that did not answer is not asked.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private long restUntil;

    /// <summary>Asks for each dossier.</summary>
    /// <exception cref="DigitizerException">DossierUnknown: the dossier system says that there is no such dossier.</exception>
    public async Task ThrowIfUnknownAsync(IEnumerable<DossierKey> named, CancellationToken cancellation)
    {
        if (dossiers is null || time.GetUtcNow().UtcTicks < Volatile.Read(ref restUntil))
        {
            return;
        }

        using var patience = new CancellationTokenSource(Patience, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            await Parallel.ForEachAsync(
                named.DistinctBy(d => d.Code),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop.Token },
                async (dossier, token) => Judge(dossier, await dossiers.AskAsync(dossier, token).ConfigureAwait(false))).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            LetRest();
        }
    }

    private void Judge(DossierKey dossier, DossierReply reply)
    {
        if (reply == DossierReply.Unknown)
        {
            throw new DigitizerException(FailureKind.DossierUnknown, $"The dossier system knows no dossier {dossier.Code}. Correct the code, or open the dossier there first, then send it again. Nothing was taken in.");
        }

        if (reply == DossierReply.NoAnswer)
        {
            LetRest();
        }
    }

    private void LetRest() => Volatile.Write(ref restUntil, (time.GetUtcNow() + Rest).UtcTicks);
}
