using Digitizer.Failures;
using Digitizer.Intake;

namespace Digitizer.Jobs;

internal sealed partial class JobStore
{
    /// <summary>A person decides a document's dossier, and has looked at it: with a proof it is ready now.</summary>
    /// <exception cref="DigitizerException">ActNotPossible: it is delivered or being delivered, or there is no such document.</exception>
    public Task AssignAsync(Guid document, DossierKey dossier, string who, CancellationToken cancellation)
        => DecideAsync(document, dossier, who, cancellation);

    /// <summary>A person has looked at a document that needed it, and lets it go on as it is.</summary>
    /// <exception cref="DigitizerException">ActNotPossible: it does not wait for a person, has no proof, or its dossier is only proposed.</exception>
    public Task ReleaseAsync(Guid document, string who, CancellationToken cancellation)
        => DecideAsync(document, null, who, cancellation);

    /// <summary>Starts again what ended in an exception or waits after a failure: attempts count anew. What may have been sent is asked for first.</summary>
    /// <returns>How many items are queued again.</returns>
    /// <exception cref="DigitizerException">ActNotPossible: nothing of it failed.</exception>
    public Task<int> RetryAsync(UnitId unit, string who, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Gives a unit up; its original stays in the vault.</summary>
    /// <exception cref="DigitizerException">ActNotPossible: it is closed, or a document of it has or may have reached its dossier.</exception>
    public Task CancelAsync(UnitId unit, string who, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Reads a unit anew with other options: pages are read again, documents get their next revision and supersede what was delivered.</summary>
    /// <exception cref="DigitizerException">ActNotPossible: a delivery is under way or uncertain, or the unit was refused at the door.</exception>
    public Task RestartAsync(UnitId unit, string optionsHash, string who, CancellationToken cancellation) => throw new NotImplementedException();

    private Task DecideAsync(Guid document, DossierKey? dossier, string who, CancellationToken cancellation) => throw new NotImplementedException();
}
