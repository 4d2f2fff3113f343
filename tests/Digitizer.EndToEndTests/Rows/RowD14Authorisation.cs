using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json;
using Digitizer.EndToEndTests.Support;
using Digitizer.Worker.Api.Access;
using static Digitizer.EndToEndTests.Support.ServiceUnderTest;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>
/// Row D14: every route of the API, called by everybody who may not: without a key, with a wrong, expired or revoked one, with a token
/// that nobody signed, with too few rights, for another source, for other dossiers. All are refused, and no refusal has a body.
/// </summary>
[Trait("Row", "D14")]
public sealed class RowD14Authorisation : IDisposable
{
    private static readonly Right All = Right.Submit | Right.Read | Right.Act;
    private readonly ApiUnderTest api = new();

    public void Dispose() => api.Dispose();

    [Fact]
    public async Task Nobody_gets_anything_without_the_right_to_it()
    {
        var row = new Row("D14", 1, 1, 1);
        using var owner = api.Caller(Key(All));
        var strangers = Strangers().ToList();
        using var service = await api.StartAsync();
        var submitted = await owner.SubmitAsync("one", [("dossier", Code), ("source", ApiUnderTest.Source)], ("a.png", WhitePages.Png(1)));
        var unit = (await owner.SettledAsync(submitted.Id)).GetProperty("units")[0];
        var document = unit.GetProperty("documents")[0].GetProperty("id").GetString()!;
        var (reasons, calls) = (new List<string>(), 0);
        foreach (var route in Routes(submitted.Id, unit.GetProperty("id").GetString()!, document))
        {
            foreach (var (who, key, lacks) in strangers.Where(s => s.Lacks is null || (s.Lacks & route.Needs) != 0))
            {
                // Each from an address of its own: who guesses often is refused in another way.
                using var stranger = new ApiCaller(api.Address, key, $"2001:db8:{++calls:x}::1");
                var isRefused = await IsRefusedAsync(stranger, route);
                row.Trial(isRefused);
                reasons.AddRange(isRefused ? [] : [$"{route.Method} {route.Path} by {who}"]);
            }

            // The same call by somebody who may is another matter: or the row would show nothing.
            var allowed = await CallAsync(owner, route);
            row.Trial(allowed.Status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden));
        }

        Assert.Single(await api.Bench.UnitsAsync());
        Assert.Equal(0, await TestProgram.StopAsync(service));
        row.Report(reasons);
    }

    private static async Task<bool> IsRefusedAsync(ApiCaller stranger, Route route)
    {
        var answer = await CallAsync(stranger, route);

        // A list is open to everybody who may read, and holds nothing of others.
        return (answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden && answer.Body.Length == 0)
            || (route.IsList && answer.Status == HttpStatusCode.OK && answer.Json.GetProperty("units").GetArrayLength() == 0);
    }

    private static async Task<Answer> CallAsync(ApiCaller caller, Route route)
    {
        if (route.Path.EndsWith("/submissions", StringComparison.Ordinal))
        {
            return await caller.SubmitAsync("one", [("dossier", Code), ("source", ApiUnderTest.Source)], ("a.png", WhitePages.Png(1)));
        }

        using var body = route.Body is null ? null : new StringContent(route.Body, Encoding.UTF8, "application/json");
        return await caller.SendAsync(route.Method, route.Path, body);
    }

    private static IEnumerable<Route> Routes(string submission, string unit, string document)
    {
        yield return new Route(HttpMethod.Post, "/v1/submissions", Right.Submit);
        foreach (var path in new[]
        {
            $"submissions/{submission}", $"submissions/{submission}/events", $"units/{unit}", $"units/{unit}/pages", $"units/{unit}/pages/1/thumbnail",
            $"documents/{document}", $"documents/{document}/pdf", $"documents/{document}/text", $"documents/{document}/json", $"documents/{document}/receipt",
        })
        {
            yield return new Route(HttpMethod.Get, "/v1/" + path, Right.Read);
        }

        yield return new Route(HttpMethod.Get, "/v1/units", Right.Read, IsList: true);
        yield return new Route(HttpMethod.Get, "/v1/exceptions", Right.Read, IsList: true);
        yield return new Route(HttpMethod.Post, $"/v1/units/{unit}/retry", Right.Act);
        yield return new Route(HttpMethod.Post, $"/v1/units/{unit}/cancel", Right.Act);
        yield return new Route(HttpMethod.Post, $"/v1/documents/{document}/assign", Right.Act, Body: JsonSerializer.Serialize(new { dossier = Code }));
    }

    private IEnumerable<(string Who, string? Key, Right? Lacks)> Strangers()
    {
        var now = TimeProvider.System.GetUtcNow();
        yield return ("nobody", null, null);
        yield return ("a word", "secret", null);
        yield return ("a key that there is not", KeyText.Create().Reveal(), null);
        yield return ("the right id with a wrong secret", Key(All)[..^4] + "AAAA", null);
        yield return ("an expired key", Key(All, expires: now.AddDays(-1)), null);
        yield return ("a revoked key", Key(All, revoked: now.AddDays(-1)), null);
        yield return ("a token that nobody signed", Unsigned("none"), null);
        yield return ("a token of another kind", Unsigned("HS256"), null);
        yield return ("another source", Key(All, source: "other"), null);
        yield return ("other dossiers", Key(All, dossiers: "000.00.01.H30*"), null);
        yield return ("no dossiers", Key(All, dossiers: null), null);
        yield return ("who may only read", Key(Right.Read), Right.Submit | Right.Act);
        yield return ("who may only submit", Key(Right.Submit), Right.Read | Right.Act);
        yield return ("who may only act", Key(Right.Act), Right.Read | Right.Submit);
    }

    private string Key(Right rights, string source = Grant.All, string? dossiers = Grant.All, DateTimeOffset? expires = null, DateTimeOffset? revoked = null)
    {
        var text = KeyText.Create();
        var grant = new Grant(rights, [source], dossiers is null ? [] : [dossiers], new CallerLimits(10_000, 1 << 20, 8));
        ApiKeyFile.In(api.Program["state"]).Change(keys => [.. keys, new ApiKey(text.Id, "trial", default, expires, revoked, text.Sha256, grant)]);
        return text.Reveal();
    }

    private static string Unsigned(string algorithm)
    {
        string Part(object json) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(json));
        return $"{Part(new { alg = algorithm, typ = "JWT" })}.{Part(new { sub = "x", exp = 4_000_000_000, digitizer_rights = "submit read act", digitizer_sources = "*", digitizer_dossiers = "*" })}.";
    }

    private sealed record Route(HttpMethod Method, string Path, Right Needs, bool IsList = false, string? Body = null);
}
