using System.Text;
using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Intake.BlobQueues;
using Digitizer.Intake.DropFolders;
using Digitizer.Jobs;

namespace Digitizer;

/// <summary>Takes arrivals of blob queues into the journal; its commit is the acknowledgement.</summary>
/// <param name="jobs">The journal.</param>
/// <param name="accepted">Called after each commit.</param>
/// <param name="isPaused">Whether too much waits already.</param>
internal sealed class BlobReceiver(JobStore jobs, Action accepted, Func<bool> isPaused) : IBlobReceiver
{
    public bool IsPaused => isPaused();

    public ReadOnlyMemory<byte> SideCarOf(BlobArrival arrival) => SideCar.Of(UnitOf(arrival)).ToBytes();

    public async Task<Acceptance> AcceptAsync(BlobArrival arrival, CancellationToken cancellation)
    {
        var answer = await jobs.AcceptTriedAsync(UnitOf(arrival), cancellation).ConfigureAwait(false);
        accepted();
        return new Acceptance(answer.UnitId, answer.WasKnown, answer.SameContentAs);
    }

    public Task<UnitId?> FindAsync(string key, CancellationToken cancellation) => jobs.FindArrivalAsync(key, cancellation);

    public Task<IReadOnlySet<string>> KnownAsync(IReadOnlyList<string> keys, CancellationToken cancellation) => jobs.KnownArrivalsAsync(keys, cancellation);

    public async Task<BlobTries> TriesAsync(string key, CancellationToken cancellation) => TriesOf(await jobs.TriesAsync(key, cancellation).ConfigureAwait(false));

    public async Task<BlobTries> BeginTryAsync(string key, CancellationToken cancellation) => TriesOf(await jobs.BeginTryAsync(key, cancellation).ConfigureAwait(false));

    public Task ReturnTryAsync(string key, CancellationToken cancellation) => jobs.ReturnTryAsync(key, cancellation);

    public Task FailTryAsync(string key, DigitizerException failure, CancellationToken cancellation) => jobs.FailTryAsync(key, Failure.From(failure), cancellation);

    public Task<DateTimeOffset> MissAsync(string key, CancellationToken cancellation) => jobs.MissArrivalAsync(key, cancellation);

    public Task ForgetTriesAsync(TimeSpan age, CancellationToken cancellation) => jobs.ForgetTriesAsync(age, cancellation);

    public Task<bool> TakeChoreAsync(string name, string owner, TimeSpan lease, TimeSpan every, CancellationToken cancellation) => jobs.TakeChoreAsync(name, owner, lease, every, cancellation);

    public Task DoneChoreAsync(string name, string owner, CancellationToken cancellation) => jobs.DoneChoreAsync(name, owner, cancellation);

    private static BlobTries TriesOf(ArrivalTries tries) => new(tries.Count, tries.LastFailure?.Message);

    private static NewUnit UnitOf(BlobArrival arrival) => new()
    {
        Id = arrival.Unit,
        Source = arrival.Source,
        ArrivalKey = arrival.Key,
        Name = Encoding.UTF8.GetBytes(arrival.Name),
        ShownName = arrival.Shown,
        Bytes = arrival.Bytes,

        // What was never read has no digest.
        Sha256 = arrival.Original?.Sha256 ?? "",
        ReceivedAt = arrival.Received,
        ExpectedPages = arrival.ExpectedPages,
        Priority = arrival.Priority,
        Dossier = arrival.Dossier.Dossier is { } dossier ? new DossierClaim(dossier.Code, arrival.Dossier.Basis, Confirmed: true) : null,
        Profile = arrival.Profile,
        ResultBase = arrival.ResultBase,
        Refusal = arrival.Refusal is { } refusal ? Failure.From(refusal) : null,
    };
}
