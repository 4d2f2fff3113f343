using Digitizer.Dossiers;
using Digitizer.EndToEndTests.Support;
using Digitizer.Tests.Support;
using DossierServer;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>Row C12: the dossier system has ids of its own and cannot be asked. What is in doubt stays so, and is never sent again.</summary>
[Trait("Row", "C12")]
public sealed class RowC12NotQueryable
{
    private static readonly FaultKind[] Kinds =
    [
        FaultKind.ResetAfter, FaultKind.ResetBefore, FaultKind.Slow, FaultKind.ErrorAfter, FaultKind.ErrorBefore, FaultKind.Garbled, FaultKind.Cut, FaultKind.Busy,
    ];

    [Fact]
    public async Task Every_doubt_waits_for_a_person_and_nothing_is_sent_again()
    {
        var row = new Row("C12", 40, 200, 200);
        using var folder = new TempFolder();
        await using var system = await DossierSystem.StartAsync(folder["system"], o => o.Queryable = false);
        var attachments = new DossierAttachments(folder);
        var reasons = new List<string>();
        for (var i = 0; i < row.Count; i++)
        {
            // A store of its own for each: an open breaker would keep the rest from being sent at all.
            using var store = system.Store(o =>
            {
                (o.Keyed, o.Find.Path, o.Content.Path) = (false, "-", "-");
                o.CallTimeout = TimeSpan.FromMilliseconds(500);
            });
            var protocol = new AttachProtocol(store);
            var document = attachments.Create(i);
            var kind = Kinds[i % Kinds.Length];
            system.Order(kind, milliseconds: 700);
            var before = system.Faults.Calls.GetValueOrDefault("attach");
            var first = await DossierTrials.RunAsync(protocol, document, dies: i % 3 == 0);

            // As after a restart, as often as one likes.
            var later = await protocol.DeliverAsync(document, mayHaveBeenSent: true, TimeSpan.FromDays(7), CancellationToken.None);
            var sent = system.Faults.Calls["attach"] - before;
            var isRight = first.Outcome == DeliveryOutcome.Uncertain && later.Outcome == DeliveryOutcome.Uncertain && sent == 1;
            row.Trial(isRight);
            if (!isRight)
            {
                reasons.Add($"{i} {kind}: {first.Outcome}, {later.Outcome}, sent {sent} times");
            }

            system.Faults.Clear();
        }

        Assert.Equal(0, system.Doubles);
        row.Report(reasons);
    }
}
