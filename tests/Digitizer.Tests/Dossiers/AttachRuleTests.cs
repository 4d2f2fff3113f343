using Digitizer.Dossiers;
using Digitizer.Failures;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Dossiers;

public sealed class AttachRuleTests : IDisposable
{
    private static readonly StoreCapabilities Keyed = new(Keyed: true, Queryable: true, TimeSpan.Zero);
    private static readonly StoreCapabilities Mute = new(Keyed: true, Queryable: false, TimeSpan.Zero);

    private readonly TempFolder folder = new();
    private readonly Attachment first;
    private readonly Attachment second;

    public AttachRuleTests()
    {
        var attachments = new DossierAttachments(folder);
        first = attachments.Create(1);
        second = attachments.Create(1, revision: 2, supersedes: first);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Only_a_system_that_says_absent_is_sent_to_again()
    {
        Assert.Null(AttachRule.AfterAsking(new FindReply.Absent(), first));
        Assert.Equal(DeliveryOutcome.Later, AttachRule.AfterAsking(new FindReply.NoAnswer("x"), first)?.Outcome);
        Assert.Equal(DeliveryOutcome.Uncertain, AttachRule.AfterAsking(new FindReply.NotQueryable(), first)?.Outcome);
        Assert.Equal(DeliveryOutcome.Uncertain, AttachRule.BeforeAsking(Mute, TimeSpan.MaxValue)?.Outcome);
    }

    [Fact]
    public void What_is_found_is_compared_by_digest()
    {
        Assert.Equal(DeliveryOutcome.Attached, AttachRule.AfterAsking(Found(first.Files.Pdf.Sha256, 1), first)?.Outcome);
        Assert.Equal(DeliveryOutcome.Conflict, AttachRule.AfterAsking(Found("other", 1), first)?.Outcome);
    }

    [Fact]
    public void A_revision_is_sent_only_over_the_digest_that_it_replaces()
    {
        Assert.Null(AttachRule.AfterAsking(Found(first.Files.Pdf.Sha256, 1), second));
        Assert.Equal(DeliveryOutcome.Attached, AttachRule.AfterAsking(Found(second.Files.Pdf.Sha256, 2), second)?.Outcome);
        Assert.Equal(DeliveryOutcome.Conflict, AttachRule.AfterAsking(Found("third", 3), second)?.Outcome);
        Assert.Equal(DeliveryOutcome.Conflict, AttachRule.AfterAsking(new FindReply.Absent(), second)?.Outcome);
    }

    [Fact]
    public void Without_reply_a_system_is_asked_later_or_a_person_is()
    {
        var lost = new AttachReply.Uncertain("x");
        Assert.True(AttachRule.AfterSending(lost, first, Keyed) is { Outcome: DeliveryOutcome.Later, IsUntouched: false, IsStoreDown: false });
        Assert.Equal(DeliveryOutcome.Uncertain, AttachRule.AfterSending(lost, first, Mute).Outcome);
    }

    [Fact]
    public void A_store_that_is_down_keeps_the_delivery_untouched_whatever_it_can_do()
        => Assert.All([Keyed, Mute], store => Assert.True(
            AttachRule.AfterSending(new AttachReply.Unavailable("x"), first, store) is { Outcome: DeliveryOutcome.Later, IsUntouched: true, IsStoreDown: true }));

    [Fact]
    public void A_document_that_the_system_chokes_on_does_not_hold_up_the_others()
    {
        Assert.False(AttachRule.AfterSending(new AttachReply.Unavailable("x", IsOnlyThis: true), first, Keyed).IsStoreDown);
        Assert.False(AttachRule.AfterAsking(new FindReply.NoAnswer("x", IsOnlyThis: true), first)!.IsStoreDown);
        Assert.False(AttachRule.AfterReadingBack(new ReadBackReply.NoAnswer("x", IsOnlyThis: true), first).IsStoreDown);
    }

    [Fact]
    public void Every_message_for_people_has_a_kind_and_names_no_page_text()
    {
        DeliveryResult[] results =
        [
            AttachRule.AfterSending(new AttachReply.Refused(422, "status 422."), first, Keyed),
            AttachRule.AfterSending(new AttachReply.Conflict("revision 3"), first, Keyed),
            AttachRule.AfterSending(new AttachReply.Uncertain("No answer."), first, Mute),
            AttachRule.AfterReadingBack(new ReadBackReply.Different("d"), first),
            AttachRule.AfterReadingBack(new ReadBackReply.Missing(), first),
            AttachRule.AfterReadingBack(new ReadBackReply.NotReadable(), first),
        ];
        Assert.All(results, r => Assert.True(r.Kind is not null && r.Message.Length > 20 && !r.Message.Contains(first.Name, StringComparison.Ordinal)));
        Assert.Equal(FailureKind.DossierLost, results[4].Kind);
    }

    [Theory]
    [InlineData(0, null, 0.0, 0.5)]
    [InlineData(0, null, 1.0, 1.0)]
    [InlineData(3, null, 1.0, 8.0)]
    [InlineData(50, null, 1.0, 60.0)]
    [InlineData(50, null, 0.0, 30.0)]
    [InlineData(0, 120, 1.0, 120.0)]
    [InlineData(9, 5, 1.0, 60.0)]
    [InlineData(0, 999_999, 1.0, 3600.0)]
    public void A_pause_doubles_to_its_limit_and_grants_a_longer_wish(int failures, int? wish, double draw, double seconds)
        => Assert.Equal(seconds, StorePause.Length(failures, wish is { } w ? TimeSpan.FromSeconds(w) : null, draw).TotalSeconds, 3);

    private static FindReply.Found Found(string sha256, int revision) => new(new Receipt("id", sha256, null), revision);
}
