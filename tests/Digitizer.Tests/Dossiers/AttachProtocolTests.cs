using Digitizer.Dossiers;
using Digitizer.Failures;
using Digitizer.Tests.Support;
using DossierServer;

namespace Digitizer.Tests.Dossiers;

/// <summary>The protocol against the sample server, which fails as it is told.</summary>
public sealed class AttachProtocolTests : IAsyncLifetime, IDisposable
{
    private readonly TempFolder folder = new();
    private DossierAttachments attachments = null!;
    private DossierSystem system = null!;

    public static TheoryData<string> AmbiguousFaults => [.. new[]
    {
        FaultKind.ResetBefore, FaultKind.ResetAfter, FaultKind.Late, FaultKind.Slow, FaultKind.Twice, FaultKind.ErrorBefore, FaultKind.ErrorAfter,
        FaultKind.Busy, FaultKind.Garbled, FaultKind.Cut, FaultKind.WrongDigest, FaultKind.Conflict, FaultKind.Precondition,
    }.Select(k => k.ToString())];

    public async Task InitializeAsync()
    {
        attachments = new DossierAttachments(folder);
        system = await DossierSystem.StartAsync(folder["system"]);
    }

    public async Task DisposeAsync() => await system.DisposeAsync();

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(AmbiguousFaults))]
    public async Task Whatever_happens_to_the_reply_the_document_ends_there_once(string fault)
    {
        var protocol = new AttachProtocol(system.Store(o => o.CallTimeout = TimeSpan.FromMilliseconds(300)));
        system.Order(Enum.Parse<FaultKind>(fault), milliseconds: 600);
        var document = attachments.Create(1);
        var result = await protocol.DeliverAsync(document, mayHaveBeenSent: false, TimeSpan.Zero, CancellationToken.None);
        for (var i = 0; i < 5 && result.Outcome == DeliveryOutcome.Later; i++)
        {
            result = await protocol.DeliverAsync(document, mayHaveBeenSent: !result.IsUntouched, TimeSpan.Zero, CancellationToken.None);
        }

        Assert.Equal(DeliveryOutcome.Attached, result.Outcome);
        Assert.Equal(DeliveryOutcome.Verified, (await protocol.VerifyAsync(document, result.Receipt!, CancellationToken.None)).Outcome);
        Assert.Single(system.Archive.Applied);
    }

    [Fact]
    public async Task A_delivery_that_may_have_been_sent_is_asked_for_first()
    {
        var store = system.Store();
        var document = attachments.Create(1);
        await store.AttachAsync(document, CancellationToken.None);
        var result = await new AttachProtocol(store).DeliverAsync(document, mayHaveBeenSent: true, TimeSpan.Zero, CancellationToken.None);
        Assert.True(result is { Outcome: DeliveryOutcome.Attached, WasThere: true });
        Assert.Equal(1, system.Faults.Calls["attach"]);
    }

    [Fact]
    public async Task What_a_dead_process_may_have_sent_to_a_system_that_cannot_be_asked_is_for_a_person()
    {
        var protocol = new AttachProtocol(system.Store(o => o.Find.Path = "-"));
        var result = await protocol.DeliverAsync(attachments.Create(1), mayHaveBeenSent: true, TimeSpan.FromDays(1), CancellationToken.None);
        Assert.Equal((DeliveryOutcome.Uncertain, FailureKind.DossierUncertain), (result.Outcome, result.Kind));
        Assert.False(system.Faults.Calls.ContainsKey("attach"));
    }

    [Fact]
    public async Task A_system_with_ids_of_its_own_is_asked_only_when_an_earlier_try_cannot_arrive_any_more()
    {
        var store = system.Store(o =>
        {
            o.Keyed = false;
            o.Find.Path = "dossiers/{dossier}/documents?key={key}";
            o.CallTimeout = TimeSpan.FromMilliseconds(300);
        });
        var protocol = new AttachProtocol(store);
        system.Order(FaultKind.Late, milliseconds: 500);
        var document = attachments.Create(1);
        var first = await protocol.DeliverAsync(document, mayHaveBeenSent: false, TimeSpan.Zero, CancellationToken.None);
        Assert.True(first is { Outcome: DeliveryOutcome.Later, IsUntouched: false });

        // Asked now, the system would say "absent", and then take it twice.
        var early = await protocol.DeliverAsync(document, mayHaveBeenSent: true, TimeSpan.FromSeconds(1), CancellationToken.None);
        Assert.Equal((DeliveryOutcome.Later, TimeSpan.FromSeconds(299)), (early.Outcome, early.RetryAfter));
        Assert.False(system.Faults.Calls.ContainsKey("find"));

        for (var i = 0; i < 1000 && system.Archive.Applied.Count == 0; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        var result = await protocol.DeliverAsync(document, mayHaveBeenSent: true, TimeSpan.FromMinutes(5), CancellationToken.None);
        Assert.True(result is { Outcome: DeliveryOutcome.Attached, WasThere: true });
        Assert.Equal(0, system.Doubles);
    }

    [Fact]
    public async Task A_blind_second_sending_would_double_and_be_seen()
    {
        var store = system.Store(o => o.Keyed = false);
        system.Order(FaultKind.ResetAfter);
        var document = attachments.Create(1);
        Assert.IsType<AttachReply.Uncertain>(await store.AttachAsync(document, CancellationToken.None));
        Assert.IsType<AttachReply.Attached>(await store.AttachAsync(document, CancellationToken.None));
        Assert.Equal(1, system.Doubles);
    }

    [Fact]
    public async Task A_document_that_the_system_lost_after_its_receipt_is_for_a_person()
    {
        var protocol = new AttachProtocol(system.Store());
        system.Order(FaultKind.Lose);
        var document = attachments.Create(1);
        var result = await protocol.DeliverAsync(document, mayHaveBeenSent: false, TimeSpan.Zero, CancellationToken.None);
        Assert.Equal(DeliveryOutcome.Attached, result.Outcome);
        var verified = await protocol.VerifyAsync(document, result.Receipt!, CancellationToken.None);
        Assert.Equal((DeliveryOutcome.Conflict, FailureKind.DossierLost), (verified.Outcome, verified.Kind));
    }

    [Fact]
    public async Task Shutdown_in_the_middle_of_a_call_throws_and_the_next_step_finds_out()
    {
        var store = system.Store();
        var protocol = new AttachProtocol(store);
        system.Order(FaultKind.Slow, milliseconds: 30_000);
        var document = attachments.Create(1);
        using var stop = new CancellationTokenSource();
        var step = protocol.DeliverAsync(document, mayHaveBeenSent: false, TimeSpan.Zero, stop.Token);
        for (var i = 0; i < 1000 && system.Archive.Applied.Count == 0; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => step);
        var result = await protocol.DeliverAsync(document, mayHaveBeenSent: true, TimeSpan.Zero, CancellationToken.None);
        Assert.True(result is { Outcome: DeliveryOutcome.Attached, WasThere: true });
        Assert.Single(system.Archive.Applied);
    }
}
