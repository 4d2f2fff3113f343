using Digitizer.Intake;
using Microsoft.Extensions.Logging;

namespace Digitizer.Dossiers.Rest;

/// <summary>A provincial dossier system behind an HTTP interface.</summary>
/// <remarks>
/// <para>1. Style Upload: hand each file over; compare the hash that comes back. No document refers to them yet.</para>
/// <para>2. Attach, once: <c>If-None-Match: *</c> for a first revision, <c>If-Match</c> with the old digest for a later one,
/// <c>Idempotency-Key</c>, <c>Content-Digest</c> (RFC 9530).</para>
/// <para>3. Understand the answer. "There is one already": ask which, and compare.</para>
/// </remarks>
internal sealed class RestDossierStore : IDossierStore, IDisposable
{
    private readonly RestConnection connection;
    private readonly RestAnswers answers;
    private readonly RestMessages messages;
    private readonly RestUploads uploads;

    /// <summary>A store.</summary>
    /// <param name="options">Checked by <see cref="RestOptionsCheck"/>.</param>
    /// <param name="links">For style Link.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">For statuses.</param>
    public RestDossierStore(RestDossierOptions options, FileLinks? links, TimeProvider time, ILogger<RestDossierStore> log)
    {
        var calls = RestCalls.Of(options);
        answers = new RestAnswers(options.Reply, options.BusyMeansUntouched);
        connection = new RestConnection(options, answers, time, log);
        messages = new RestMessages(options, calls);
        uploads = new RestUploads(connection, answers, messages, RestCalls.Kinds(options), links);
        Capabilities = new StoreCapabilities(options.Keyed, calls.Find is not null, options.Keyed ? TimeSpan.Zero : options.Settling);
    }

    public StoreCapabilities Capabilities { get; }

    public async Task<DossierReply> AskAsync(DossierKey dossier, CancellationToken cancellation)
        => messages.Ask(dossier) is not { } request ? DossierReply.NotTold
            : await connection.CallAsync(request, cancellation).ConfigureAwait(false) is not RestReply.Answer answer ? DossierReply.NoAnswer
            : answers.Meaning(answer) switch
            {
                RestMeaning.Done => DossierReply.Known,
                RestMeaning.Absent => DossierReply.Unknown,
                _ => DossierReply.NoAnswer,
            };

    public async Task<AttachReply> AttachAsync(Attachment attachment, CancellationToken cancellation)
    {
        if (attachment.Supersedes is not null && !Capabilities.Keyed)
        {
            return new AttachReply.Refused(null, "This dossier system cannot replace a document. Remove the old one there, then file the new one as a document of its own.");
        }

        // 1.
        var (handed, failure) = await uploads.HandOverAsync(attachment, cancellation).ConfigureAwait(false);
        if (failure is not null)
        {
            return failure;
        }

        // 2.
        var reply = await connection.CallAsync(messages.Attach(attachment, handed), cancellation).ConfigureAwait(false);

        // 3.
        return reply switch
        {
            RestReply.Answer answer => await UnderstandAsync(answer, attachment, cancellation).ConfigureAwait(false),
            RestReply.NotSent none => new AttachReply.Unavailable(none.Why, none.RetryAfter),
            RestReply.Lost lost => new AttachReply.Uncertain(lost.Why),
            _ => throw new InvalidOperationException(),
        };
    }

    public async Task<FindReply> FindAsync(DossierKey dossier, DeliveryKey key, CancellationToken cancellation)
    {
        if (messages.Find(dossier, key) is not { } request)
        {
            return new FindReply.NotQueryable();
        }

        return await connection.CallAsync(request, cancellation).ConfigureAwait(false) switch
        {
            RestReply.Answer answer => answers.Meaning(answer) switch
            {
                RestMeaning.Done when answers.Receipt(answer) is { } receipt => new FindReply.Found(receipt, answers.Revision(answer)),
                RestMeaning.Absent => new FindReply.Absent(),
                _ => new FindReply.NoAnswer(answers.Describe(answer), answer.RetryAfter, answers.IsOnlyThis(answer)),
            },
            RestReply.NotSent none => new FindReply.NoAnswer(none.Why, none.RetryAfter),
            RestReply.Lost lost => new FindReply.NoAnswer(lost.Why, IsOnlyThis: true),
            _ => throw new InvalidOperationException(),
        };
    }

    public async Task<ReadBackReply> ReadBackAsync(Attachment attachment, Receipt receipt, CancellationToken cancellation)
        => messages.Content(attachment.Dossier, attachment.Key) is { } request
            ? Compare(await connection.CallAsync(request, cancellation).ConfigureAwait(false), attachment)
            : Compare(await FindAsync(attachment.Dossier, attachment.Key, cancellation).ConfigureAwait(false), attachment);

    public void Dispose() => connection.Dispose();

    private async Task<AttachReply> UnderstandAsync(RestReply.Answer answer, Attachment attachment, CancellationToken cancellation)
    {
        switch (answers.Meaning(answer))
        {
            // What it holds counts, not that it was content.
            case RestMeaning.Done when answers.Receipt(answer) is { } receipt:
                return receipt.Sha256 == attachment.Files.Pdf.Sha256
                    ? new AttachReply.Attached(receipt)
                    : new AttachReply.Uncertain($"The dossier system took the document and says that its digest is {receipt.Sha256}.");
            case RestMeaning.Done:
                return new AttachReply.Uncertain($"The dossier system answered {answers.Describe(answer)}, without a receipt.");
            case RestMeaning.Exists:
                return await CompareAsync(answer, attachment, cancellation).ConfigureAwait(false);
            case RestMeaning.NoAccess:
                return new AttachReply.Unavailable($"The dossier system does not accept our credentials ({answers.Describe(answer)}). Check user and secret; deliveries wait.", answer.RetryAfter);
            case RestMeaning.Busy:
                return new AttachReply.Unavailable($"The dossier system is busy: {answers.Describe(answer)}.", answer.RetryAfter);
            case RestMeaning.Unclear:
                return new AttachReply.Uncertain($"The dossier system answered {answers.Describe(answer)}.", answer.RetryAfter);
            default:
                return new AttachReply.Refused(answer.Status, $"The dossier system answered {answers.Describe(answer)}.");
        }
    }

    private async Task<AttachReply> CompareAsync(RestReply.Answer answer, Attachment attachment, CancellationToken cancellation)
        => await FindAsync(attachment.Dossier, attachment.Key, cancellation).ConfigureAwait(false) switch
        {
            FindReply.Found found when found.Receipt.Sha256 == attachment.Files.Pdf.Sha256 => new AttachReply.WasThere(found.Receipt),
            FindReply.Found { Revision: { } revision } found => new AttachReply.Conflict($"revision {revision} with digest {found.Receipt.Sha256}"),
            FindReply.Found found => new AttachReply.Conflict($"a PDF with digest {found.Receipt.Sha256}"),
            FindReply.Absent when attachment.Supersedes is not null => new AttachReply.Conflict("nothing; the revision to be replaced is gone"),
            // It may be working on an earlier try.
            _ => new AttachReply.Uncertain($"The dossier system says that there is one already ({answers.Describe(answer)}) and does not show it."),
        };

    private ReadBackReply Compare(RestReply reply, Attachment attachment) => reply switch
    {
        RestReply.Answer { ContentSha256: { } sha256 } => sha256 == attachment.Files.Pdf.Sha256 ? new ReadBackReply.Same() : new ReadBackReply.Different(sha256),
        RestReply.Answer answer when answers.Meaning(answer) == RestMeaning.Absent => new ReadBackReply.Missing(),
        RestReply.Answer answer => new ReadBackReply.NoAnswer(answers.Describe(answer), answer.RetryAfter, answers.IsOnlyThis(answer)),
        RestReply.NotSent none => new ReadBackReply.NoAnswer(none.Why, none.RetryAfter),
        RestReply.Lost lost => new ReadBackReply.NoAnswer(lost.Why, IsOnlyThis: true),
        _ => throw new InvalidOperationException(),
    };

    private static ReadBackReply Compare(FindReply reply, Attachment attachment) => reply switch
    {
        FindReply.Found found when found.Receipt.Sha256 == attachment.Files.Pdf.Sha256 => new ReadBackReply.Same(),
        FindReply.Found found => new ReadBackReply.Different(found.Receipt.Sha256),
        FindReply.Absent => new ReadBackReply.Missing(),
        FindReply.NoAnswer none => new ReadBackReply.NoAnswer(none.Why, none.RetryAfter, none.IsOnlyThis),
        _ => new ReadBackReply.NotReadable(),
    };
}
