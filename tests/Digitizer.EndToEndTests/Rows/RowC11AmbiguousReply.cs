using Digitizer.Dossiers;
using Digitizer.EndToEndTests.Support;
using Digitizer.Tests.Support;
using DossierServer;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>Row C11: the dossier system takes the document, and then drops, delays, doubles or garbles its reply; or it does not take it.</summary>
[Trait("Row", "C11")]
public sealed class RowC11AmbiguousReply
{
    private static readonly FaultKind[] Kinds =
    [
        FaultKind.ResetAfter, FaultKind.ResetBefore, FaultKind.Late, FaultKind.Slow, FaultKind.Twice,
        FaultKind.ErrorAfter, FaultKind.ErrorBefore, FaultKind.Garbled, FaultKind.Cut, FaultKind.WrongDigest,
    ];

    [Fact]
    public async Task Every_document_is_there_once_and_every_doubt_is_resolved_by_asking()
    {
        var row = new Row("C11", 60, 200, 1000);
        using var folder = new TempFolder();
        await using var system = await DossierSystem.StartAsync(folder["system"]);
        var attachments = new DossierAttachments(folder);
        var reasons = new List<string>();
        // A breaker that opens would only make the trial longer: each document meets a failure.
        var protocol = new AttachProtocol(system.Store(o => (o.CallTimeout, o.BreakDuration) = (TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(500))));
        for (var i = 0; i < row.Count; i++)
        {
            var document = attachments.Create(i);
            var kind = Kinds[i % Kinds.Length];
            system.Order(kind, milliseconds: 700);
            var result = await SettleAsync(protocol, document, dies: i % 3 == 0);
            var copies = DossierTrials.Copies(system, document);
            var verified = result.Receipt is null ? null : await protocol.VerifyAsync(document, result.Receipt, CancellationToken.None);
            var isRight = result.Outcome == DeliveryOutcome.Attached && copies == 1 && verified?.Outcome == DeliveryOutcome.Verified;
            row.Trial(isRight);
            if (!isRight)
            {
                reasons.Add($"{i} {kind}: {result.Outcome} {result.Message}, {copies} copies, {verified?.Outcome}");
            }

            system.Faults.Clear();
        }

        Assert.Equal(0, system.Doubles);
        row.Report(reasons);
    }

    private static async Task<DeliveryResult> SettleAsync(AttachProtocol protocol, Attachment document, bool dies)
    {
        var result = await DossierTrials.RunAsync(protocol, document, dies);
        for (var i = 0; i < 200 && result.Outcome == DeliveryOutcome.Later; i++)
        {
            // The breaker is open: wait for it as the journal would.
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            result = await protocol.DeliverAsync(document, mayHaveBeenSent: true, TimeSpan.Zero, CancellationToken.None);
        }

        return result;
    }
}
