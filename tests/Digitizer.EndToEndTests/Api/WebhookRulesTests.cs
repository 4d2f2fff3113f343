using Digitizer.Failures;
using Digitizer.Jobs;
using Digitizer.Tests.Jobs;
using Digitizer.Tests.Support;
using Digitizer.Worker.Api.Webhooks;
using Digitizer.Worker.Commands;
using Microsoft.Extensions.Configuration;

namespace Digitizer.EndToEndTests.Api;

/// <summary>What webhooks decide: which line is which event, what follows an answer, which settings are right.</summary>
public sealed class WebhookRulesTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("accepted", null, false, "unit.accepted", "accepted")]
    [InlineData("refused", null, false, "unit.refused", "exception")]
    [InlineData("closed", null, false, "unit.closed", "closed")]
    [InlineData("quarantined", "split", false, "unit.exception", "exception")]
    [InlineData("quarantined", "group", false, "unit.exception", "exception")]
    [InlineData("quarantined", "assemble", true, "document.needs-review", "needs-review")]
    [InlineData("quarantined", "prove", true, "document.needs-review", "needs-review")]
    [InlineData("needs-review", null, true, "document.needs-review", "needs-review")]
    [InlineData("verified", "verify", true, "document.delivered", "verified")]
    [InlineData("confirmed by a person", null, true, "document.delivered", "verified")]
    [InlineData("uncertain", "deliver", true, "delivery.waits", "uncertain")]
    [InlineData("conflict", "verify", true, "delivery.waits", "conflict")]
    [InlineData("refused", "deliver", true, "delivery.waits", "refused")]
    [InlineData("quarantined", "page", false, null, null)]
    [InlineData("quarantined", "deliver", true, null, null)]
    [InlineData("failed", "split", false, null, null)]
    [InlineData("ready", null, true, null, null)]
    [InlineData("attached", "deliver", true, null, null)]
    [InlineData("retried", null, false, null, null)]
    [InlineData("restored", null, false, null, null)]
    public void A_line_of_the_history_is_an_event_or_none(string what, string? kind, bool isOfDocument, string? name, string? state)
    {
        var line = new HistoryLine(
            1, default, default, kind is null ? null : StateName.Parse<WorkKind>(kind), null, isOfDocument ? Guid.NewGuid() : null, isOfDocument ? 1 : 0, what, null, null, null, null);
        var found = WebhookEvent.Of(line);
        Assert.Equal((name, state), (found?.Name, found?.State));
        Assert.True(name is null || WebhookEvent.Names.Contains(name), name);
    }

    [Fact]
    public async Task The_journal_writes_the_lines_that_are_told()
    {
        await using var journal = await Journal.CreateAsync(null);
        await journal.AcceptAsync(u => u with { Refusal = new Failure(FailureKind.FileEmpty, "x") });
        await journal.AcceptAsync();
        await journal.Store.FailAsync(await journal.TakeAsync(WorkKind.Split), FailureKind.ImageDamaged, "x", null, default);
        await journal.GroupedAsync();
        await journal.Store.FailAsync(await journal.TakeAsync(WorkKind.Assemble), FailureKind.PdfCheckFailed, "x", null, default);
        var (_, verified) = await journal.ProvedAsync(Journal.Dossier);
        await DeliverAsync(journal);
        await journal.Store.VerifiedAsync(await journal.TakeAsync(WorkKind.Verify), default);
        var (_, uncertain) = await journal.ProvedAsync(Journal.Dossier);
        var item = await DeliverAsync(journal, attach: false);
        await journal.Store.UncertainAsync(item, new Failure(FailureKind.DossierUncertain, "x"), default);
        await journal.Store.ConfirmAttachedAsync(uncertain, "receipt", "an", default);

        var lines = await new HistoryWalk(journal.Store).ReadAsync(0, 1000, default);
        Assert.Equal(
            [
                "unit.refused", "unit.accepted", "unit.exception", "unit.accepted", "document.needs-review", "unit.accepted", "document.delivered", "unit.closed", "unit.accepted", "delivery.waits",
                "document.delivered", "unit.closed",
            ],
            lines.Select(WebhookEvent.Of).OfType<WebhookEvent>().Select(e => e.Name));
        Assert.Equal(WebhookEvent.Names.Order(StringComparer.Ordinal), lines.Select(WebhookEvent.Of).OfType<WebhookEvent>().Select(e => e.Name).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(verified, lines.First(l => l.What == "verified").Document);
    }

    [Theory]
    [InlineData(200, WebhookMeaning.Taken)]
    [InlineData(204, WebhookMeaning.Taken)]
    [InlineData(301, WebhookMeaning.Failed)]
    [InlineData(308, WebhookMeaning.Failed)]
    [InlineData(400, WebhookMeaning.Rejected)]
    [InlineData(404, WebhookMeaning.Rejected)]
    [InlineData(408, WebhookMeaning.Failed)]
    [InlineData(410, WebhookMeaning.Rejected)]
    [InlineData(425, WebhookMeaning.Failed)]
    [InlineData(429, WebhookMeaning.Failed)]
    [InlineData(500, WebhookMeaning.Failed)]
    [InlineData(503, WebhookMeaning.Failed)]
    public void A_status_means_one_thing(int status, object meaning) => Assert.Equal(((WebhookMeaning)meaning, $"http-{status}"), (WebhookAnswer.Of(status, null).Meaning, WebhookAnswer.Of(status, null).Kind));

    [Fact]
    public void Waits_double_up_to_a_quarter_of_an_hour_and_a_receivers_wish_is_heard()
    {
        var state = new WebhookState { Name = "portal", HistoryId = 1 };
        var now = DateTimeOffset.UnixEpoch;
        var waits = new List<double>();
        for (var i = 0; i < 12; i++)
        {
            state = WebhookRule.After(state, 2, WebhookAnswer.NoConnection, now, 0);
            waits.Add((state.Trouble!.NextAt - now).TotalSeconds);
        }

        Assert.Equal([2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900], waits);
        Assert.Equal((12, 0, 1L), (state.Trouble!.Attempt, state.Trouble.Rejections, state.HistoryId));
        var first = new WebhookState { Name = "portal", HistoryId = 1 };
        Assert.Equal(1.5, Wait(null, jitter: 1));
        Assert.Equal(120, Wait(120, jitter: 0));
        Assert.Equal(900, Wait(86_400, jitter: 0));
        Assert.Equal(2, Wait(-5, jitter: 0));

        double Wait(int? wish, double jitter) => (WebhookRule.After(first, 2, WebhookAnswer.Of(503, wish is { } w ? TimeSpan.FromSeconds(w) : null), now, jitter).Trouble!.NextAt - now).TotalSeconds;
    }

    [Fact]
    public void Only_ten_rejections_in_a_row_give_an_event_up()
    {
        var state = new WebhookState { Name = "portal", HistoryId = 1 };
        foreach (var status in Enumerable.Repeat(404, 9).Append(500).Concat(Enumerable.Repeat(404, 9)))
        {
            state = WebhookRule.After(state, 2, WebhookAnswer.Of(status, null), DateTimeOffset.UnixEpoch, 0);
            Assert.Equal(1, state.HistoryId);
        }

        state = WebhookRule.After(state, 2, WebhookAnswer.Of(404, null), DateTimeOffset.UnixEpoch, 0);
        Assert.Equal(new WebhookState { Name = "portal", HistoryId = 2, Skips = new WebhookSkips(1, DateTimeOffset.UnixEpoch, 2, "http-404") }, state);
    }

    [Fact]
    public void Another_event_does_not_inherit_tries_and_a_clock_that_was_put_back_holds_nothing_up()
    {
        var now = DateTimeOffset.UnixEpoch.AddDays(1);
        var state = new WebhookState { Name = "portal", HistoryId = 1, Trouble = new WebhookTrouble(2, 9, 9, now.AddMinutes(9), now, "http-404") };
        Assert.Equal(new WebhookTrouble(3, 1, 1, now.AddSeconds(2), now, "http-404"), WebhookRule.After(state, 3, WebhookAnswer.Of(404, null), now, 0).Trouble);
        Assert.Equal(TimeSpan.Zero, WebhookRule.WaitBefore(state, 3, now));
        Assert.Equal(TimeSpan.FromMinutes(9), WebhookRule.WaitBefore(state, 2, now));
        Assert.Equal(TimeSpan.Zero, WebhookRule.WaitBefore(state, 2, now.AddHours(-1)));
    }

    [Fact]
    public void A_signature_is_what_openssl_makes_of_it()
    {
        // printf '1773136800.{"a":1}' | openssl dgst -sha256 -hmac kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk
        const string expected = "v1=bbd23016b91a477485610ebe58dec3650138790ccf72ee15e2ee0e0fc79e8241";
        var key = new string('k', 32);
        Assert.Equal(expected, Secrets(key + "\n").Sign(1773136800, """{"a":1}"""u8));
        Assert.Equal(expected, Secrets(key + "\r\n").Sign(1773136800, """{"a":1}"""u8));
        var both = Secrets(new string('n', 40) + "\n" + key).Sign(1773136800, """{"a":1}"""u8).Split(',');
        Assert.Equal(expected, both[1]);
        Assert.NotEqual(expected, both[0]);
    }

    [Theory]
    [InlineData(null, "it is not there")]
    [InlineData("", "0 lines")]
    [InlineData("short", "too short")]
    [InlineData("kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk\n\nkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", "3 lines")]
    [InlineData("kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk\nshort\n", "too short")]
    public void Half_a_secret_is_none(string? content, string said)
    {
        var failure = Assert.Throws<DigitizerException>(() => content is null ? WebhookSecrets.Read(folder["nowhere"]) : Secrets(content));
        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("kkk", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "Name": "Portal", "Address": "https://a.vn/", "SecretFile": "s" }""", "Service:Api:Webhooks has the name Portal; write 1 to 40 small letters")]
    [InlineData("""{ "Name": "p", "SecretFile": "s" }""", "the address of p is : write an address such as https://")]
    [InlineData("""{ "Name": "p", "Address": "http://a.vn/", "SecretFile": "s" }""", "write https")]
    [InlineData("""{ "Name": "p", "Address": "https://a.vn/" }""", "p has no SecretFile")]
    [InlineData("""{ "Name": "p", "Address": "https://a.vn/", "SecretFile": "s", "Events": ["unit.read"] }""", "p names the event unit.read, which there is not")]
    [InlineData("""{ "Name": "p", "Address": "https://a.vn/", "SecretFile": "s", "Sources": ["nobody"] }""", "p names the source nobody, which there is not")]
    [InlineData("""{ "Name": "p", "Address": "https://a.vn/", "SecretFile": "s", "Url": "x" }""", "Url")]
    [InlineData("""{ "Name": "p", "Address": "https://a.vn/", "SecretFile": "s" }, { "Name": "p", "Address": "https://b.vn/", "SecretFile": "s" }""", "has p more than once")]
    public void A_wrong_setting_is_named_with_its_cure(string webhooks, string said)
        => Assert.Contains(said, Assert.Throws<DigitizerException>(() => ServiceConfiguration.Bind(Configuration(webhooks))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Check_tells_of_each_webhook()
    {
        var secret = folder.File("secret", new string('k', 32));
        File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        var findings = await new ServiceChecks(
            Configuration($$"""
                { "Name": "good", "Address": "http://127.0.0.1:1/hook", "SecretFile": "{{secret}}", "Sources": ["portal"], "Events": ["unit.closed"] },
                { "Name": "poor", "Address": "http://127.0.0.1:1/hook", "SecretFile": "{{folder["nowhere"]}}" },
                { "Name": "far", "Address": "https://digitizer.invalid/", "SecretFile": "{{secret}}" }
                """),
            TimeProvider.System).RunAsync(CancellationToken.None);
        Assert.Contains(findings, f => f is { Subject: "webhook good", IsGood: true, Detail: "told at http://127.0.0.1:1/hook, signed by 1 secret" });
        Assert.Contains(findings, f => f is { Subject: "webhook poor", IsGood: false } && f.Detail.Contains("it is not there", StringComparison.Ordinal));
        Assert.Contains(findings, f => f is { Subject: "webhook far", IsGood: false } && f.Detail.Contains("cannot be called", StringComparison.Ordinal));
    }

    private static async Task<WorkItem> DeliverAsync(Journal journal, bool attach = true)
    {
        var item = await journal.TakeAsync(WorkKind.Deliver);
        await journal.Store.AttachStartedAsync(item, default);
        if (attach)
        {
            await journal.Store.AttachedAsync(item, "receipt", default);
        }

        return item;
    }

    private WebhookSecrets Secrets(string content)
    {
        var file = folder.File("secrets", content);
        File.SetUnixFileMode(file, UnixFileMode.UserRead);
        var read = WebhookSecrets.Read(file);
        File.Delete(file);
        return read;
    }

    private IConfiguration Configuration(string webhooks)
    {
        folder.File("c.json", $$"""{ "Service": { "State": "{{folder["state"]}}", "Health": null, "Api": { "Sources": [{ "Name": "portal" }], "Webhooks": [{{webhooks}}] } } }""");
        return ServiceConfiguration.Read(folder["c.json"]);
    }
}
