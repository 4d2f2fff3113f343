using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Digitizer.EndToEndTests.Support;
using Digitizer.Intake.Completeness;
using static Digitizer.EndToEndTests.Support.ServiceUnderTest;

namespace Digitizer.EndToEndTests.Api;

/// <summary>Submissions over HTTP, by the real program.</summary>
public sealed class SubmissionTests : IAsyncLifetime, IDisposable
{
    private static readonly (string, string)[] ToDossier = [("dossier", Code)];
    private readonly ApiUnderTest api = new();
    private Process service = null!;
    private ApiCaller caller = null!;
    private ApiCaller neighbour = null!;
    private ApiCaller other = null!;
    private ApiCaller chief = null!;

    public async Task InitializeAsync()
    {
        caller = await api.CallerAsync("--right", "submit,read,act", "--source", ApiUnderTest.Source, "--dossier", "000.00.01.H29*");
        neighbour = await api.CallerAsync("--source", ApiUnderTest.Source);
        other = await api.CallerAsync("--source", "other");
        chief = await api.CallerAsync("--right", "read,act");
        service = await api.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (!service.HasExited)
        {
            Assert.Equal(0, await TestProgram.StopAsync(service));
        }

        service.Dispose();
    }

    public void Dispose() => api.Dispose();

    [Fact]
    public async Task A_scan_becomes_a_document_in_its_dossier_with_files_and_a_receipt()
    {
        var scan = File.ReadAllBytes(Path.Combine(Samples.Folder, "cong-van.jpg"));
        var accepted = await caller.SubmitAsync("one", ToDossier, ("công văn.jpg", scan));
        Assert.True(accepted.Status == HttpStatusCode.Accepted, accepted.ToString());
        Assert.Equal($"/v1/submissions/{accepted.Id}", accepted.Headers["Location"]);
        Assert.True(File.Exists(Directory.GetFiles(api.Program["state/vault/originals"], $"*-{Digest(scan)}").Single()));

        var settled = await caller.SettledAsync(accepted.Id);
        Assert.Equal("done", settled.GetProperty("state").GetString());
        var unit = settled.GetProperty("units")[0];
        Assert.Equal(("công văn.jpg", 1), (unit.GetProperty("name").GetString(), unit.GetProperty("pages").GetInt32()));
        var document = unit.GetProperty("documents")[0];
        Assert.Equal("verified", document.GetProperty("delivery").GetProperty("state").GetString());

        var path = $"/v1/documents/{document.GetProperty("id").GetString()}";
        var pdf = await caller.GetAsync($"{path}/pdf");
        Assert.Equal(document.GetProperty("pdf").GetProperty("sha256").GetString(), Digest(pdf.Body));
        Assert.Equal(("application/pdf", "attachment"), (pdf.Type, pdf.Headers["Content-Disposition"].Split(';')[0]));
        Assert.Contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Encoding.UTF8.GetString((await caller.GetAsync($"{path}/text")).Body), StringComparison.Ordinal);
        Assert.Equal(document.GetProperty("id").GetString(), (await caller.GetAsync($"{path}/json")).Json.GetProperty("document").GetString());
        Assert.Equal((Code, "verified"), await ReceiptAsync(path));
        Assert.Equal(pdf.Body, File.ReadAllBytes(Directory.GetFiles(api.Program[$"dossiers/{Code}"], "*.pdf", SearchOption.AllDirectories).Single()));

        var unitPath = $"/v1/units/{unit.GetProperty("id").GetString()}";
        Assert.Equal("read", (await caller.GetAsync($"{unitPath}/pages")).Json.GetProperty("pages")[0].GetProperty("state").GetString());
        var thumbnail = await caller.GetAsync($"{unitPath}/pages/1/thumbnail");
        Assert.Equal("image/png", thumbnail.Type);
        Assert.True(FileEnd.Check(new MemoryStream(thumbnail.Body)).IsWhole);
        Assert.Equal(HttpStatusCode.NotFound, (await caller.GetAsync($"{unitPath}/pages/2/thumbnail")).Status);
    }

    [Fact]
    public async Task The_same_key_gives_the_same_submission_and_never_another_content()
    {
        var first = await caller.SubmitAsync("same", ToDossier, ("a.png", WhitePages.Png(1)));
        var again = await caller.SubmitAsync("same", ToDossier, ("a.png", WhitePages.Png(1)));
        Assert.Equal((first.Id, HttpStatusCode.Accepted, "true"), (again.Id, again.Status, again.Headers["Idempotency-Replayed"]));
        var quoted = await caller.SubmitAsync("\"same\"", ToDossier, ("a.png", WhitePages.Png(1)));
        Assert.Equal(first.Id, quoted.Id);
        foreach (var changed in new[]
        {
            await caller.SubmitAsync("same", ToDossier, ("a.png", WhitePages.Png(2))),
            await caller.SubmitAsync("same", [], ("a.png", WhitePages.Png(1))),
            await caller.SubmitAsync("same", ToDossier, ("b.png", WhitePages.Png(1))),
        })
        {
            Assert.Equal((HttpStatusCode.UnprocessableEntity, "IdempotencyKeyReused"), (changed.Status, changed.Problem));
        }

        // Another caller's key is another key.
        Assert.NotEqual(first.Id, (await neighbour.SubmitAsync("same", ToDossier, ("a.png", WhitePages.Png(1)))).Id);
        Assert.Equal(2, (await api.Bench.UnitsAsync()).Count);
    }

    [Fact]
    public async Task The_same_key_gives_the_same_submission_after_the_administrator_has_changed_the_source()
    {
        var first = await caller.SubmitAsync("kept", ToDossier, ("a.png", WhitePages.Png(1)));
        Assert.Equal(0, await TestProgram.StopAsync(service));
        service.Dispose();
        var configuration = File.ReadAllText(api.Program["serve.json"]);
        api.Program.Write("serve.json", Encoding.UTF8.GetBytes(configuration.Replace("\"Name\":\"portal\"", "\"Name\":\"portal\",\"Priority\":7", StringComparison.Ordinal)));
        service = await api.StartAsync();

        var again = await caller.SubmitAsync("kept", ToDossier, ("a.png", WhitePages.Png(1)));
        Assert.Equal((HttpStatusCode.Accepted, first.Id), (again.Status, again.Id));
    }

    [Fact]
    public async Task A_list_holds_and_tells_nothing_of_the_sources_of_others()
    {
        await caller.SubmitAsync("1", ToDossier, ("a.png", WhitePages.Png(1)));
        var own = await other.SubmitAsync("1", [], ("a.png", WhitePages.Png(1)));
        await caller.SubmitAsync("2", ToDossier, ("b.png", WhitePages.Png(2)));

        var first = (await other.GetAsync("/v1/units?count=1")).Json;
        Assert.Equal(own.Id, first.GetProperty("units")[0].GetProperty("submission").GetString());
        var rest = (await other.GetAsync($"/v1/units?count=1&before={first.GetProperty("next").GetString()}")).Json;
        Assert.Equal((0, false), (rest.GetProperty("units").GetArrayLength(), rest.TryGetProperty("next", out _)));
    }

    [Fact]
    public async Task Many_tries_at_the_same_time_are_one_submission()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => caller.SubmitAsync("race", ToDossier, ("a.png", WhitePages.Png(1)))));
        Assert.All(answers, a => Assert.True(a.Status == HttpStatusCode.Accepted || a.Problem == "IdempotencyKeyInUse" || a.Status == HttpStatusCode.TooManyRequests, a.ToString()));
        Assert.Single(answers.Where(a => a.Status == HttpStatusCode.Accepted).Select(a => a.Id).Distinct());
        Assert.Single(await api.Bench.UnitsAsync());
    }

    [Fact]
    public async Task Files_are_one_document_in_their_order_and_a_manifest_makes_several()
    {
        byte[][] pages = [.. Enumerable.Range(1, 3).Select(WhitePages.Png)];
        var joined = await caller.SubmitAsync("joined", ToDossier, ("2.png", pages[1]), ("1.png", pages[0]));
        var one = (await caller.SettledAsync(joined.Id)).GetProperty("units");
        Assert.Equal(["2.png", "1.png"], one[0].GetProperty("files").EnumerateArray().Select(f => f.GetProperty("name").GetString()));
        Assert.Equal(2, one[0].GetProperty("documents")[0].GetProperty("pages").GetArrayLength());

        var manifest = JsonSerializer.Serialize(new
        {
            manifestVersion = 1,
            batchId = "lo-1",
            documents = new[]
            {
                new { maHoSo = (string?)null, files = new[] { Named("a/1.png", pages[0]), Named("a/2.png", pages[1]) } },
                new { maHoSo = (string?)"000.00.01.H29-260310-0421", files = new[] { Named("3.png", pages[2]) } },
            },
        });
        var batch = await caller.SubmitAsync("batch", [("dossier", Code), ("manifest", manifest)], ("3.png", pages[2]), ("a/1.png", pages[0]), ("a/2.png", pages[1]));
        var two = (await caller.SettledAsync(batch.Id)).GetProperty("units");
        Assert.Equal([Code, "000.00.01.H29-260310-0421"], two.EnumerateArray().Select(u => u.GetProperty("dossier").GetProperty("code").GetString()));
        Assert.Equal([2, 1], two.EnumerateArray().Select(u => u.GetProperty("pages").GetInt32()));
        Assert.Equal(("lo-1", "2"), (two[1].GetProperty("batch").GetProperty("id").GetString(), two[1].GetProperty("batch").GetProperty("document").GetString()));

        Assert.Equal(0, await TestProgram.StopAsync(service));
        var verified = await api.Program.RunAsync("verify", "--config", "serve.json");
        Assert.True(verified.Code == 0, verified.ToString());
    }

    [Fact]
    public async Task A_file_may_be_the_body_itself_and_its_digest_is_looked_at()
    {
        var scan = WhitePages.Png(5);
        async Task<Answer> SendAsync(string key, byte[] announced)
        {
            using var body = new ByteArrayContent(scan);
            body.Headers.ContentType = new MediaTypeHeaderValue("image/png");
            body.Headers.TryAddWithoutValidation("Content-Digest", $"sha-512=:AAAA:, sha-256=:{Convert.ToBase64String(SHA256.HashData(announced))}:");
            return await caller.SendAsync(HttpMethod.Post, $"/v1/submissions?dossier={Code}&name=x%2Fthư.png", body, key);
        }

        Assert.Equal("DigestDiffers", (await SendAsync("raw", WhitePages.Png(6))).Problem);
        var accepted = await SendAsync("raw", scan);
        Assert.Equal("thư.png", accepted.Json.GetProperty("units")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_person_decides_over_the_API_what_waits()
    {
        var accepted = await caller.SubmitAsync("loose", [], ("a.png", WhitePages.Png(1)));
        var waiting = await caller.SettledAsync(accepted.Id);
        Assert.Equal("waiting", waiting.GetProperty("state").GetString());
        var unit = (await caller.GetAsync("/v1/exceptions")).Json.GetProperty("units")[0];
        Assert.Equal((accepted.Id, true), (unit.GetProperty("submission").GetString(), unit.GetProperty("needsPerson").GetBoolean()));
        var document = unit.GetProperty("documents")[0];
        Assert.Equal("DossierMissing", document.GetProperty("reasons")[0].GetString());
        var path = $"/v1/documents/{document.GetProperty("id").GetString()}";
        Assert.Equal(HttpStatusCode.NotFound, (await caller.GetAsync($"{path}/receipt")).Status);

        Assert.Equal("DossierCodeInvalid", (await AssignAsync(path, "x")).Problem);
        Assert.Equal(HttpStatusCode.Forbidden, (await AssignAsync(path, "000.00.01.H30-260310-0420")).Status);
        Assert.Equal(HttpStatusCode.OK, (await AssignAsync(path, Code)).Status);
        Assert.Equal("done", (await caller.SettledAsync(accepted.Id)).GetProperty("state").GetString());
        Assert.Equal((Code, "verified"), await ReceiptAsync(path));
        var refused = await caller.SendAsync(HttpMethod.Post, $"/v1/units/{unit.GetProperty("id").GetString()}/cancel");
        Assert.Equal((HttpStatusCode.Conflict, "ActNotPossible"), (refused.Status, refused.Problem));
    }

    [Fact]
    public async Task Who_follows_a_submission_hears_each_state_until_it_is_settled()
    {
        var accepted = await caller.SubmitAsync("follow", ToDossier, ("a.png", WhitePages.Png(1)));
        var events = await caller.GetAsync($"/v1/submissions/{accepted.Id}/events");
        Assert.Equal("text/event-stream", events.Type);
        var states = Encoding.UTF8.GetString(events.Body).Split('\n').Where(l => l.StartsWith("data: ", StringComparison.Ordinal))
            .Select(l => JsonDocument.Parse(l[6..]).RootElement).ToList();
        Assert.Equal("done", states[^1].GetProperty("state").GetString());
        var versions = states.Select(s => s.GetProperty("version").GetInt64()).ToList();
        Assert.Equal(versions.Order(), versions);

        // Nothing is newer than the last: it waits as long as it was asked to.
        var known = await caller.GetAsync($"/v1/submissions/{accepted.Id}?wait=1&since={versions[^1]}");
        Assert.Equal(versions[^1], known.Json.GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task What_was_filed_in_a_dossier_of_others_is_not_seen_any_more_not_even_by_who_submitted_it()
    {
        var accepted = await caller.SubmitAsync("moved", [], ("a.png", WhitePages.Png(1)));
        var document = (await caller.SettledAsync(accepted.Id)).GetProperty("units")[0].GetProperty("documents")[0].GetProperty("id").GetString();
        var known = (await caller.GetAsync($"/v1/submissions/{accepted.Id}")).Json.GetProperty("version").GetInt64();
        var waiting = caller.GetAsync($"/v1/submissions/{accepted.Id}?wait=60&since={known}");
        using var order = new StringContent("""{"dossier":"000.00.01.H30-260310-0420"}""", Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.OK, (await chief.SendAsync(HttpMethod.Post, $"/v1/documents/{document}/assign", order)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await waiting).Status);

        foreach (var path in new[] { $"documents/{document}", $"submissions/{accepted.Id}", $"submissions/{accepted.Id}?wait=1", $"submissions/{accepted.Id}/events" })
        {
            var refused = await caller.GetAsync("/v1/" + path);
            Assert.Equal((path, HttpStatusCode.Forbidden, 0), (path, refused.Status, refused.Body.Length));
            Assert.Equal((path, HttpStatusCode.OK), (path, (await chief.GetAsync("/v1/" + path)).Status));
        }

        // That it was taken in may be asked again and again.
        var again = await caller.SubmitAsync("moved", [], ("a.png", WhitePages.Png(1)));
        Assert.Equal((HttpStatusCode.Accepted, accepted.Id), (again.Status, again.Id));
        Assert.DoesNotContain("H30", again.ToString(), StringComparison.Ordinal);
    }

    private async Task<(string?, string?)> ReceiptAsync(string path)
    {
        var receipt = (await caller.GetAsync($"{path}/receipt")).Json;
        return (receipt.GetProperty("dossier").GetString(), receipt.GetProperty("state").GetString());
    }

    private async Task<Answer> AssignAsync(string path, string dossier)
    {
        using var order = new StringContent(JsonSerializer.Serialize(new { dossier }), Encoding.UTF8, "application/json");
        return await caller.SendAsync(HttpMethod.Post, $"{path}/assign", order);
    }

    private static object Named(string path, byte[] content) => new { path, sha256 = Digest(content) };

    private static string Digest(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
