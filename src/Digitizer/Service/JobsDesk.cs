using Digitizer.Dossiers;
using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Jobs;

namespace Digitizer.Service;

/// <summary>What a person may ask of the journal or do in it.</summary>
/// <param name="Verb"><c>list</c>, <c>show</c>, <c>assign</c>, <c>release</c>, <c>confirm</c>, <c>resend</c>, <c>retry</c>, <c>cancel</c>, <c>backup</c>, <c>purge</c>, <c>holdings</c>, <c>arrival</c>.</param>
/// <param name="Unit">For show, retry, cancel; for holdings: of this one only.</param>
/// <param name="Document">For assign, release, confirm, resend.</param>
/// <param name="Dossier">For assign.</param>
/// <param name="NeedsPerson">For list: only units that wait for a person.</param>
/// <param name="Who">Who asks; stands in the history.</param>
/// <param name="File">For backup: the copy, absolute.</param>
/// <param name="IsTrial">For purge: only tells what it would do.</param>
/// <param name="Place">For confirm: what tells where the document is.</param>
/// <param name="After">For holdings: the last unit that was given before, or null.</param>
/// <param name="ArrivalKey">For arrival.</param>
internal sealed record JobsRequest(string Verb, string? Unit = null, string? Document = null, string? Dossier = null, bool NeedsPerson = false, string Who = "", string? File = null, bool IsTrial = false, string? Place = null, UnitId? After = null, string? ArrivalKey = null);

/// <summary>The answer.</summary>
/// <param name="Units">For list: the newest, at most a thousand.</param>
/// <param name="Waiting">For list: those of them that wait for a person.</param>
/// <param name="Balance">For list.</param>
/// <param name="Account">For show.</param>
/// <param name="Done">For assign, release, confirm, resend, retry, cancel, backup, purge: what was done.</param>
/// <param name="Removed">For purge.</param>
/// <param name="Holdings">For holdings: a slice; an empty one is the last.</param>
/// <param name="Unit">For arrival: what it became; null: the journal does not know of it.</param>
/// <param name="Kind">Why not, or null.</param>
internal sealed record JobsReply(
    IReadOnlyList<JobUnit>? Units = null, IReadOnlyList<UnitId>? Waiting = null, Balance? Balance = null, UnitAccount? Account = null, string? Done = null, RetentionReport? Removed = null, IReadOnlyList<UnitHolding>? Holdings = null, UnitId? Unit = null, FailureKind? Kind = null);

/// <summary>Answers what people ask of the journal; the same for a running service and for a journal that nobody has open.</summary>
/// <param name="jobs">The journal.</param>
/// <param name="changed">Called when there may be new work.</param>
/// <param name="time">For the day in dossier codes.</param>
/// <param name="retention">Takes out of the vault what is over its time.</param>
internal sealed class JobsDesk(JobStore jobs, Action changed, TimeProvider time, Retention retention)
{
    private const int MostListed = 1000;

    /// <exception cref="DigitizerException">ActNotPossible, DossierCodeInvalid, or the journal's own.</exception>
    public async Task<JobsReply> AnswerAsync(JobsRequest request, CancellationToken cancellation) => request.Verb switch
    {
        "list" => await ListAsync(request, cancellation).ConfigureAwait(false),
        "show" => new JobsReply(Account: await jobs.UnitAsync(UnitOf(request), cancellation).ConfigureAwait(false)
            ?? throw new DigitizerException(FailureKind.ActNotPossible, $"There is no unit {request.Unit}. See: digitizer jobs list")),
        "assign" => await AssignAsync(request, cancellation).ConfigureAwait(false),
        "release" => await ReleaseAsync(request, cancellation).ConfigureAwait(false),
        "confirm" => await ConfirmAsync(request, cancellation).ConfigureAwait(false),
        "resend" => await ResendAsync(request, cancellation).ConfigureAwait(false),
        "retry" => await RetryAsync(request, cancellation).ConfigureAwait(false),
        "cancel" => await CancelAsync(request, cancellation).ConfigureAwait(false),
        "backup" => await BackupAsync(request, cancellation).ConfigureAwait(false),
        "purge" => await PurgeAsync(request, cancellation).ConfigureAwait(false),
        "arrival" => new JobsReply(Unit: await jobs.FindArrivalAsync(request.ArrivalKey ?? "", cancellation).ConfigureAwait(false)),
        "holdings" => new JobsReply(Holdings: request.Unit is null
            ? await jobs.HoldingsAsync(new Slice(MostListed, request.After), cancellation).ConfigureAwait(false)
            : await jobs.HoldingAsync(UnitOf(request), cancellation).ConfigureAwait(false) is { } one ? [one] : []),
        _ => throw new DigitizerException(FailureKind.ActNotPossible, $"Nobody knows how to {ShownName.Escape(request.Verb)}. See: digitizer jobs --help"),
    };

    private async Task<JobsReply> ListAsync(JobsRequest request, CancellationToken cancellation)
    {
        var waiting = await jobs.UnitsAsync(new UnitFilter(NeedsPerson: true, NewestFirst: true), new Slice(MostListed), cancellation).ConfigureAwait(false);
        return new JobsReply(
            Units: request.NeedsPerson ? waiting : await jobs.UnitsAsync(new UnitFilter(NewestFirst: true), new Slice(MostListed), cancellation).ConfigureAwait(false),
            Waiting: [.. waiting.Select(unit => unit.Id)],
            Balance: await jobs.BalanceAsync(cancellation).ConfigureAwait(false));
    }

    private async Task<JobsReply> AssignAsync(JobsRequest request, CancellationToken cancellation)
    {
        var dossier = DossierKey.Parse(request.Dossier ?? "", DateOnly.FromDateTime(time.GetLocalNow().DateTime));
        var document = DocumentOf(request);
        await jobs.AssignAsync(document, dossier, request.Who, cancellation).ConfigureAwait(false);
        changed();
        return new JobsReply(Done: $"Document {document} goes to dossier {dossier}.");
    }

    private async Task<JobsReply> ReleaseAsync(JobsRequest request, CancellationToken cancellation)
    {
        var document = DocumentOf(request);
        await jobs.ReleaseAsync(document, request.Who, cancellation).ConfigureAwait(false);
        changed();
        return new JobsReply(Done: $"Document {document} goes on as it is.");
    }

    private async Task<JobsReply> ConfirmAsync(JobsRequest request, CancellationToken cancellation)
    {
        var document = DocumentOf(request);
        var receipt = new Receipt(document.ToString(), Sha256: "", request.Place ?? $"seen by {request.Who}");
        await jobs.ConfirmAttachedAsync(document, receipt.ToLine(), request.Who, cancellation).ConfigureAwait(false);
        return new JobsReply(Done: $"Document {document} counts as filed: {request.Who} has seen it.");
    }

    private async Task<JobsReply> ResendAsync(JobsRequest request, CancellationToken cancellation)
    {
        var document = DocumentOf(request);
        await jobs.SendAgainAsync(document, request.Who, cancellation).ConfigureAwait(false);
        changed();
        return new JobsReply(Done: $"Document {document} is sent again.");
    }

    private async Task<JobsReply> RetryAsync(JobsRequest request, CancellationToken cancellation)
    {
        var unit = UnitOf(request);
        var count = await jobs.RetryAsync(unit, request.Who, cancellation).ConfigureAwait(false);
        changed();
        return new JobsReply(Done: $"Unit {unit}: {count} {(count == 1 ? "step" : "steps")} tried again.");
    }

    private async Task<JobsReply> CancelAsync(JobsRequest request, CancellationToken cancellation)
    {
        var unit = UnitOf(request);
        await jobs.CancelAsync(unit, request.Who, cancellation).ConfigureAwait(false);
        return new JobsReply(Done: $"Unit {unit} is cancelled; its original stays in the vault.");
    }

    private async Task<JobsReply> BackupAsync(JobsRequest request, CancellationToken cancellation)
    {
        if (!Path.IsPathRooted(request.File))
        {
            throw new DigitizerException(FailureKind.ActNotPossible, "A backup needs a file with its whole path. See: digitizer backup --help");
        }

        await jobs.BackupAsync(request.File, cancellation).ConfigureAwait(false);
        return new JobsReply(Done: $"The journal as of now is in {ShownName.Escape(request.File)}, {new FileInfo(request.File).Length} bytes, whole and checked.");
    }

    private async Task<JobsReply> PurgeAsync(JobsRequest request, CancellationToken cancellation)
    {
        if (retention.KeepsAll)
        {
            throw new DigitizerException(
                FailureKind.ActNotPossible, "Everything is kept: no retention is known. Set Service:Retention:After (days) in the configuration, and name it with --config where no service runs.");
        }

        var report = await retention.RunAsync(request.Who, request.IsTrial, cancellation).ConfigureAwait(false);
        var would = request.IsTrial ? "would be " : "";
        return new JobsReply(
            Done: $"{report.Trashed.Count} units {would}taken out into the trash, {report.Purged.Count} units {would}purged, {report.Files} files {would}deleted.", Removed: report);
    }

    private static Guid DocumentOf(JobsRequest request) => Guid.TryParse(request.Document, out var document)
        ? document
        : throw new DigitizerException(FailureKind.ActNotPossible, "A document's id is a UUID. See: digitizer jobs show UNIT");

    private static UnitId UnitOf(JobsRequest request) => UnitId.TryParse(request.Unit, out var unit)
        ? unit
        : throw new DigitizerException(FailureKind.ActNotPossible, "A unit's id has 26 letters and digits. See: digitizer jobs list");
}
