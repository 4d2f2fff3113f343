namespace Digitizer.Dossiers;

/// <summary>Takes one delivery one step further. The journal calls it, and remembers each outcome before the next step.</summary>
/// <remarks>
/// <para>1. The journal says ATTACHING and commits. 2. <see cref="DeliverAsync"/>. 3. The journal says what came of it and commits.
/// 4. <see cref="VerifyAsync"/>, when attached. 5. The journal says VERIFIED.</para>
/// A delivery that is found ATTACHING has perhaps been sent: by a process that died, or by a try without
/// reply. It is never sent again unless the dossier system was asked and holds nothing. A crash between any two steps therefore
/// costs a question, and never a second document.
/// </remarks>
internal sealed class AttachProtocol(IDossierStore store)
{
    /// <summary>Attaches the document, or finds out that it is attached.</summary>
    /// <param name="attachment">What to attach.</param>
    /// <param name="mayHaveBeenSent">True if the delivery was ATTACHING before this step. False only if it was pending.</param>
    /// <param name="sinceSent">Time since the last try; anything if there was none.</param>
    /// <param name="cancellation">Shutdown; the delivery stays ATTACHING.</param>
    public async Task<DeliveryResult> DeliverAsync(Attachment attachment, bool mayHaveBeenSent, TimeSpan sinceSent, CancellationToken cancellation)
    {
        if (mayHaveBeenSent && await AskAsync(attachment, sinceSent, cancellation).ConfigureAwait(false) is { } known)
        {
            return known;
        }

        var reply = await store.AttachAsync(attachment, cancellation).ConfigureAwait(false);
        return AttachRule.AfterSending(reply, attachment, store.Capabilities);
    }

    /// <summary>Reads back what was attached. The retention of the original starts with its success.</summary>
    public async Task<DeliveryResult> VerifyAsync(Attachment attachment, Receipt receipt, CancellationToken cancellation)
    {
        var reply = await store.ReadBackAsync(attachment, receipt, cancellation).ConfigureAwait(false);
        return AttachRule.AfterReadingBack(reply, attachment);
    }

    private async Task<DeliveryResult?> AskAsync(Attachment attachment, TimeSpan sinceSent, CancellationToken cancellation)
        => AttachRule.BeforeAsking(store.Capabilities, sinceSent)
        ?? AttachRule.AfterAsking(await store.FindAsync(attachment.Dossier, attachment.Key, cancellation).ConfigureAwait(false), attachment);
}
