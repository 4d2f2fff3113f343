using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Digitizer.EndToEndTests.Support;
using Digitizer.Failures;
using Digitizer.Jobs;
using Digitizer.Service;
using Digitizer.Tests.Jobs;
using Digitizer.Worker.Api.Webhooks;
using Microsoft.AspNetCore.Http;

namespace Digitizer.EndToEndTests.Api;

/// <summary>How webhooks deal with receivers, on a real journal and over real connections.</summary>
public sealed class WebhookSenderTests : IAsyncLifetime
{
    private static readonly TimeSpan QuarterHour = TimeSpan.FromMinutes(15);
    private static readonly Failure Refusal = new(FailureKind.FileEmpty, "rỗng");
    private WebhookBench bench = null!;
    private WebhookReceiver receiver = null!;

    public async Task InitializeAsync() => (bench, receiver) = (await WebhookBench.CreateAsync(), await WebhookReceiver.StartAsync());

    public async Task DisposeAsync()
    {
        await bench.DisposeAsync();
        await receiver.DisposeAsync();
    }

    [Fact]
    public async Task What_happens_is_told_in_order_and_signed_and_nothing_from_before()
    {
        await bench.Journal.AcceptAsync(u => u with { Refusal = Refusal });
        bench.Add("portal", receiver.Address);
        await bench.StartAsync();
        var before = bench.Journal.Time.GetUtcNow();
        var (unit, document) = await bench.Journal.ProvedAsync(Journal.Dossier with { Confirmed = false });
        await bench.Journal.AcceptAsync(u => u with { Refusal = Refusal });
        await bench.UntilAsync(() => receiver.Taken.Count == 3);

        Assert.Equal(["unit.accepted", "document.needs-review", "unit.refused"], receiver.Requests.Select(r => r.Event));
        var (first, review, refused) = (receiver.Taken[0], receiver.Taken[1].Json, receiver.Taken[2].Json);
        Assert.Equal(("POST", "/hook", "application/json", "Digitizer"), (first.Method, first.Path, first.Headers["Content-Type"], first.Headers["User-Agent"]));
        Assert.Equal(first.Id, first.Headers[WebhookPost.IdHeader]);
        Assert.Equal((unit.ToString(), "desk", "accepted"), (first.Unit, first.Json.GetProperty("source").GetString(), first.Json.GetProperty("state").GetString()));
        Assert.Equal(before, first.Json.GetProperty("at").GetDateTimeOffset());
        Assert.Equal(Journal.Dossier.Code, first.Json.GetProperty("dossier").GetString());
        Assert.Equal((document.ToString(), 1, "needs-review"), (review.GetProperty("document").GetString(), review.GetProperty("revision").GetInt32(), review.GetProperty("state").GetString()));
        Assert.False(review.TryGetProperty("dossier", out _), "a code that is only proposed was told");
        Assert.Equal(("FileEmpty", "exception"), (refused.GetProperty("failure").GetString(), refused.GetProperty("state").GetString()));
        Assert.DoesNotContain("rỗng", Encoding.UTF8.GetString(receiver.Taken[2].Body), StringComparison.Ordinal);
        Assert.All(receiver.Taken, told => Assert.Equal(SignatureOf(told, WebhookBench.Secret), told.Headers[WebhookPost.SignatureHeader]));
        Assert.DoesNotContain(bench.Log.All, line => line.Contains(Journal.Dossier.Code, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_event_that_is_not_taken_is_told_again_under_its_id_and_those_after_it_wait()
    {
        var refusals = 3;
        receiver.Answer = (told, context) => WebhookReceiver.Says(Interlocked.Decrement(ref refusals) >= 0 ? 500 : 200)(told, context);
        bench.Add("portal", receiver.Address);
        await bench.StartAsync();
        await bench.Journal.AcceptAsync();
        await bench.Journal.AcceptAsync();
        await bench.UntilAsync(() => receiver.Taken.Count == 2);

        Assert.Equal([500, 500, 500, 200, 200], receiver.Requests.Select(r => r.Status));
        Assert.Equal([1, 1, 1, 1, 2], receiver.Requests.Select(r => r.Line));
        Assert.Single(receiver.Requests.Take(4).Select(r => r.Id).Distinct());
        Assert.Equal(4, receiver.Requests.Take(4).Select(r => r.Headers[WebhookPost.TimestampHeader]).Distinct().Count());
        Assert.Single(bench.Log.All, line => line.Contains("was not taken (http-500)", StringComparison.Ordinal));
        Assert.Single(bench.Log.All, line => line.Contains("was taken after 4 tries", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_tried_before_a_stop_is_tried_no_sooner_after_it()
    {
        receiver.Answer = (_, context) =>
        {
            context.Response.Headers.RetryAfter = "600";
            return WebhookReceiver.Says(503)(null!, context);
        };
        bench.Add("portal", receiver.Address);
        await bench.StartAsync();
        await bench.Journal.AcceptAsync();
        await bench.UntilAsync(() => bench.Log.All.Any(line => line.Contains("was not taken (http-503)", StringComparison.Ordinal)));
        await bench.StopAsync();

        var trouble = (await bench.Journal.Store.StartWebhookAsync("portal", default)).Trouble!;
        Assert.Equal((1, TimeSpan.FromMinutes(10), "http-503"), (trouble.Attempt, trouble.NextAt - trouble.Since, trouble.Kind));
        await bench.StartAsync();
        await bench.UntilAsync(() => receiver.Requests.Count == 2, TimeSpan.FromSeconds(20));
        Assert.True(SecondsOf(receiver.Requests[1]) >= trouble.NextAt.ToUnixTimeSeconds(), "it did not wait as long as it was told to");
    }

    [Fact]
    public async Task What_is_rejected_ten_times_is_given_up_aloud()
    {
        receiver.Answer = (told, context) => WebhookReceiver.Says(told.Line == 1 ? 410 : 200)(told, context);
        bench.Add("portal", receiver.Address);
        await bench.StartAsync();
        await bench.Journal.AcceptAsync();
        await bench.Journal.AcceptAsync();
        await bench.UntilAsync(() => receiver.Taken.Count == 1, TimeSpan.FromMinutes(1));

        Assert.Equal(Enumerable.Repeat(410, 10).Append(200), receiver.Requests.Select(r => r.Status));
        var id = receiver.Requests[0].Id;
        Assert.Single(bench.Log.Errors, line => line.Contains($"event {id} is skipped", StringComparison.Ordinal));
        Assert.Contains("portal: an event was given up", AlertOf(ServiceAlertKind.WebhookSkipped), StringComparison.Ordinal);

        // After a restart it stands still, and ends by itself.
        await bench.StopAsync();
        await bench.StartAsync();
        await bench.UntilAsync(() => AlertOf(ServiceAlertKind.WebhookSkipped) is null, TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task A_receiver_that_takes_nothing_for_a_day_raises_an_alert_and_goes_on_being_told()
    {
        receiver.Answer = WebhookReceiver.Says(500);
        bench.Add("portal", receiver.Address);
        await bench.StartAsync();
        await bench.Journal.AcceptAsync();
        await bench.UntilAsync(() => bench.Alerts.Active.Count > 0, QuarterHour);

        Assert.Contains("portal: its receiver has not taken an event since", AlertOf(ServiceAlertKind.WebhookFails), StringComparison.Ordinal);
        var trouble = (await bench.Journal.Store.StartWebhookAsync("portal", default)).Trouble!;
        Assert.True(bench.Alerts.Active[0].Since - trouble.Since >= WebhookAlerts.Patience, "the alert came too early");
        receiver.Answer = WebhookReceiver.Takes;
        await bench.UntilAsync(() => bench.Alerts.Active.Count == 0, QuarterHour);
        Assert.Equal(1, receiver.Taken.Single().Line);
    }

    [Fact]
    public async Task What_is_not_wanted_any_more_holds_nothing_up_and_raises_nothing()
    {
        receiver.Answer = WebhookReceiver.Says(500);
        bench.Add("portal", receiver.Address);
        await bench.StartAsync();
        await bench.Journal.AcceptAsync();
        await bench.UntilAsync(() => bench.Alerts.Active.Count > 0, QuarterHour);
        await bench.StopAsync();

        bench.Change("portal", o => o with { Events = ["unit.refused"] });
        receiver.Answer = WebhookReceiver.Takes;
        await bench.StartAsync();
        await bench.UntilAsync(() => bench.Alerts.Active.Count == 0);
        await bench.Journal.AcceptAsync(u => u with { Refusal = Refusal });
        await bench.UntilAsync(() => receiver.Taken.Count == 1);
        Assert.Equal("unit.refused", receiver.Taken[0].Event);
    }

    [Fact]
    public async Task A_receiver_that_hangs_holds_up_no_other_and_no_stop()
    {
        await using var other = await WebhookReceiver.StartAsync();
        receiver.Answer = WebhookReceiver.Hangs;
        bench.Add("hanging", receiver.Address);
        bench.Add("other", other.Address);
        await bench.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await bench.Journal.AcceptAsync();
        }

        await bench.UntilAsync(() => receiver.Requests.Count > 0 && other.Taken.Count == 5);
        Assert.Equal([1L, 2, 3, 4, 5], other.Taken.Select(r => r.Line));
        Assert.Equal([1L], receiver.Requests.Select(r => r.Line).Distinct());
        await bench.StopAsync();

        receiver.Answer = WebhookReceiver.Takes;
        await bench.StartAsync();
        await bench.UntilAsync(() => receiver.Taken.Count == 5);
        Assert.Equal([1L, 2, 3, 4, 5], receiver.Taken.Select(r => r.Line));
        Assert.Equal(5, other.Requests.Count);
    }

    [Fact]
    public async Task Each_is_told_what_it_wants_to_hear()
    {
        await using var closed = await WebhookReceiver.StartAsync();
        bench.Add("desk", receiver.Address, o => o with { Sources = ["desk"], Events = ["*"] });
        bench.Add("closed", closed.Address, o => o with { Events = ["unit.closed", "unit.refused"] });
        await bench.StartAsync();
        await bench.Journal.AcceptAsync(u => u with { Source = "other", Refusal = Refusal });
        await bench.Journal.ProvedAsync();
        await bench.UntilAsync(() => receiver.Taken.Count == 2 && closed.Taken.Count == 2);

        Assert.Equal(["unit.accepted", "unit.closed"], receiver.Requests.Select(r => r.Event));
        Assert.Equal(["unit.refused", "unit.closed"], closed.Requests.Select(r => r.Event));
    }

    [Fact]
    public async Task Secrets_are_changed_without_a_restart_and_both_sign_meanwhile()
    {
        const string next = "fedcba9876543210fedcba9876543210";
        bench.Add("portal", receiver.Address);
        await bench.StartAsync();
        foreach (var (expected, lines) in new (string[], string[])[] { ([WebhookBench.Secret], [WebhookBench.Secret]), ([next, WebhookBench.Secret], [next, WebhookBench.Secret]), ([next], [next]) })
        {
            bench.SecretFile("portal", lines);
            bench.Journal.Time.Advance(TimeSpan.FromSeconds(2));
            await bench.Journal.AcceptAsync();
            var count = receiver.Taken.Count;
            await bench.UntilAsync(() => receiver.Taken.Count > count);
            Assert.Equal(string.Join(",", expected.Select(secret => SignatureOf(receiver.Taken[^1], secret))), receiver.Taken[^1].Headers[WebhookPost.SignatureHeader]);
        }

        // A secret that everybody may read is none; what waits is told when it was put right.
        File.SetUnixFileMode(bench.SecretFile("portal", next), UnixFileMode.UserRead | UnixFileMode.OtherRead);
        bench.Journal.Time.Advance(TimeSpan.FromSeconds(2));
        await bench.Journal.AcceptAsync();
        await bench.UntilAsync(() => bench.Log.Errors.Any(line => line.Contains("chmod 640", StringComparison.Ordinal)));
        Assert.Equal(3, receiver.Requests.Count);
        bench.SecretFile("portal", next);
        await bench.UntilAsync(() => receiver.Taken.Count == 4);
        Assert.DoesNotContain(bench.Log.All, line => line.Contains(next, StringComparison.Ordinal) || line.Contains(WebhookBench.Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_large_answer_is_dropped()
    {
        receiver.Answer = async (_, context) => await context.Response.Body.WriteAsync(new byte[1 << 20], context.RequestAborted);
        bench.Add("portal", receiver.Address);
        await bench.StartAsync();
        await bench.Journal.AcceptAsync();
        await bench.Journal.AcceptAsync();
        await bench.UntilAsync(() => receiver.Requests.Count >= 2);
        Assert.Equal([1L, 2], receiver.Requests.Select(r => r.Line));
    }

    private string? AlertOf(ServiceAlertKind kind) => bench.Alerts.Active.SingleOrDefault(alert => alert.Kind == kind)?.Message;

    private static long SecondsOf(Told told) => long.Parse(told.Headers[WebhookPost.TimestampHeader], CultureInfo.InvariantCulture);

    // As docs/webhooks.md tells receivers.
    private static string SignatureOf(Told told, string secret)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(told.Headers[WebhookPost.TimestampHeader] + "."), .. told.Body];
        return "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
    }
}
