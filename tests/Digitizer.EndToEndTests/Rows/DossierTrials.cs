using Digitizer.Dossiers;
using Digitizer.Tests.Support;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>Takes deliveries to their end as the journal does: every step's outcome counts, nothing else is remembered.</summary>
internal static class DossierTrials
{
    /// <summary>Steps one delivery until it is settled, or until it was tried often enough.</summary>
    /// <param name="protocol">Against the system.</param>
    /// <param name="attachment">The document.</param>
    /// <param name="dies">True: the process dies in each step's middle as far as it knows; what it was told is forgotten.</param>
    public static async Task<DeliveryResult> RunAsync(AttachProtocol protocol, Attachment attachment, bool dies)
    {
        var result = await protocol.DeliverAsync(attachment, mayHaveBeenSent: false, TimeSpan.Zero, CancellationToken.None);
        if (dies)
        {
            // ATTACHING was written, the outcome was not.
            result = await protocol.DeliverAsync(attachment, mayHaveBeenSent: true, TimeSpan.Zero, CancellationToken.None);
        }

        for (var i = 0; i < 20 && result.Outcome == DeliveryOutcome.Later; i++)
        {
            result = await protocol.DeliverAsync(attachment, mayHaveBeenSent: !result.IsUntouched, TimeSpan.Zero, CancellationToken.None);
        }

        return result;
    }

    /// <summary>Copies of a document in all dossiers, counted by the system itself.</summary>
    public static int Copies(DossierSystem system, Attachment attachment) => system.Archive.Applied.Count(d => d.Key == attachment.Key.ToString());
}
