using Digitizer.Intake;

namespace Digitizer.Dossiers;

/// <summary>What a store can do.</summary>
/// <param name="Keyed">
/// It takes a document under an id that we choose and refuses a second one under the same id, even
/// if both come at the same time.
/// </param>
/// <param name="Queryable">It can be asked what it holds under an id.</param>
/// <param name="Settling">
/// How long after a try without reply it may still take the document: asked earlier, "absent"
/// would not be the last word. Zero for a keyed store, where a late first try and a second one cannot both succeed.
/// </param>
internal sealed record StoreCapabilities(bool Keyed, bool Queryable, TimeSpan Settling);

/// <summary>A place where documents are filed in dossiers.</summary>
/// <remarks>
/// <para>Every implementation passes the same contract tests. The contract:</para>
/// <para>1. A document is whole in its dossier or not there at all: PDF, text and result file appear together.</para>
/// <para>2. In a keyed store a delivery is known by its key. If the same key comes again with the same PDF digest, the reply is
/// <see cref="AttachReply.WasThere"/> and nothing changes; with another digest it is <see cref="AttachReply.Conflict"/>
/// and nothing changes.</para>
/// <para>3. A revision replaces the earlier one only if the dossier holds exactly the digest that the
/// attachment says it supersedes; else <see cref="AttachReply.Conflict"/>. What was replaced stays known to the store
/// (a folder keeps its files) and is no longer what <see cref="FindAsync"/> finds. A store that is not keyed refuses revisions.</para>
/// <para>4. Outcomes are values. Only what is certain is said: <see cref="AttachReply.Refused"/>,
/// <see cref="AttachReply.Conflict"/> and <see cref="AttachReply.Unavailable"/> mean that this try changed nothing. Everything
/// else that is not a success is <see cref="AttachReply.Uncertain"/>.</para>
/// <para>5. A call tries to attach at most once. What a store repeats by itself changes nothing in the dossier: asking,
/// reading, fetching a token, handing over a file that no document refers to yet.</para>
/// <para>6. Cancelling throws <see cref="OperationCanceledException"/>; after a cancelled attach the document may be there.</para>
/// <para>7. Calls may come at the same time, for different documents and for the same one.</para>
/// <para>8. Replies name ids, digests and statuses, never what stands on a page.</para>
/// </remarks>
internal interface IDossierStore
{
    /// <summary>What the store can do; fixed for its life.</summary>
    StoreCapabilities Capabilities { get; }

    /// <summary>Asks whether there is such a dossier; changes nothing.</summary>
    Task<DossierReply> AskAsync(DossierKey dossier, CancellationToken cancellation);

    /// <summary>Tries once to put a document into its dossier.</summary>
    Task<AttachReply> AttachAsync(Attachment attachment, CancellationToken cancellation);

    /// <summary>Asks what the dossier holds under the document's id; changes nothing.</summary>
    /// <param name="dossier">The dossier.</param>
    /// <param name="key">Stores that find by document say which revision they hold; others look for this one.</param>
    /// <param name="cancellation">Stops asking.</param>
    Task<FindReply> FindAsync(DossierKey dossier, DeliveryKey key, CancellationToken cancellation);

    /// <summary>Compares what the dossier holds with what was attached; changes nothing.</summary>
    /// <remarks>The bytes themselves are read where the store can give them, else it is asked for their digest.</remarks>
    Task<ReadBackReply> ReadBackAsync(Attachment attachment, Receipt receipt, CancellationToken cancellation);
}
