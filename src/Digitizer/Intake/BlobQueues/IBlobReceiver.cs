using Digitizer.Failures;
using Digitizer.Intake.DropFolders;
using Digitizer.Vault;

namespace Digitizer.Intake.BlobQueues;

/// <summary>A blob that is sealed in the vault and waits to be accepted, or something that is refused.</summary>
internal sealed record BlobArrival
{
    public required UnitId Unit { get; init; }

    /// <summary>The queue's name in the configuration.</summary>
    public required string Source { get; init; }

    /// <summary>What makes it recognisable: <see cref="BlobKey"/>.</summary>
    public required string Key { get; init; }

    /// <summary>The last part of the blob's name.</summary>
    public required string Name { get; init; }

    /// <summary>Container and name for people, on one line.</summary>
    public required string Shown { get; init; }

    public required long Bytes { get; init; }

    /// <summary>When it was received.</summary>
    public required DateTimeOffset Received { get; init; }

    /// <summary>The sealed file; null for what was never read: its message cannot be understood, it is missing or too large.</summary>
    public OriginalName? Original { get; init; }

    /// <summary>Pages by the file's structure; null if only a reader can tell.</summary>
    public int? ExpectedPages { get; init; }

    public DossierChoice Dossier { get; init; } = DossierChoice.None;

    public required string Profile { get; init; }

    public required int Priority { get; init; }

    /// <summary>Where its results go, without extension; null: nowhere.</summary>
    public string? ResultBase { get; init; }

    /// <summary>Why it is not taken; null if it is.</summary>
    public DigitizerException? Refusal { get; init; }
}

/// <summary>How often a version of a blob was begun to be taken.</summary>
/// <param name="Count">Begun and not given back.</param>
/// <param name="LastFailure">What the last one that ended by itself ended with; null: none did.</param>
internal sealed record BlobTries(int Count, string? LastFailure);

/// <summary>Takes blobs into the journal. When a method returns, what it says survives a power cut.</summary>
internal interface IBlobReceiver
{
    /// <summary>True while nothing more is to be offered, because too much waits already: messages stay in their queue.</summary>
    bool IsPaused { get; }

    /// <summary>What is to lie beside an arrival's original, on the disk, before the arrival is offered.</summary>
    ReadOnlyMemory<byte> SideCarOf(BlobArrival arrival);

    /// <summary>Accepts an arrival, or lists it as refused; the same key twice gives the same answer. Its tries are forgotten.</summary>
    /// <exception cref="DigitizerException">It is not accepted, or nobody knows; it is offered again.</exception>
    Task<Acceptance> AcceptAsync(BlobArrival arrival, CancellationToken cancellation);

    /// <summary>The unit that an arrival became, or null.</summary>
    Task<UnitId?> FindAsync(string key, CancellationToken cancellation);

    /// <summary>Which of these arrivals are units.</summary>
    Task<IReadOnlySet<string>> KnownAsync(IReadOnlyList<string> keys, CancellationToken cancellation);

    /// <summary>How often an arrival was begun.</summary>
    Task<BlobTries> TriesAsync(string key, CancellationToken cancellation);

    /// <summary>Counts a try before it begins, so that one which ends the process is counted too.</summary>
    /// <returns>This one among them.</returns>
    Task<BlobTries> BeginTryAsync(string key, CancellationToken cancellation);

    /// <summary>Takes a try back that ended for a reason which does not lie with the blob.</summary>
    Task ReturnTryAsync(string key, CancellationToken cancellation);

    /// <summary>Writes down what a try ended with.</summary>
    Task FailTryAsync(string key, DigitizerException failure, CancellationToken cancellation);

    /// <summary>Writes down that an arrival is not there.</summary>
    /// <returns>Since when.</returns>
    Task<DateTimeOffset> MissAsync(string key, CancellationToken cancellation);

    /// <summary>Forgets tries of which nothing was heard for so long.</summary>
    Task ForgetTriesAsync(TimeSpan age, CancellationToken cancellation);

    /// <summary>Takes, or keeps, a chore that one of several processes does from time to time.</summary>
    /// <returns>False: another process has it, or it is not due.</returns>
    Task<bool> TakeChoreAsync(string name, string owner, TimeSpan lease, TimeSpan every, CancellationToken cancellation);

    /// <summary>Says that a chore is done.</summary>
    Task DoneChoreAsync(string name, string owner, CancellationToken cancellation);
}
