using System.Net;
using System.Text.Json.Nodes;
using Digitizer.Worker.Api.Access;

namespace Digitizer.EndToEndTests.Api;

/// <summary>Who comes to which endpoint.</summary>
public sealed class GateTests
{
    private static readonly Dictionary<string, Func<GateUnderTest, string?>> Credentials = new()
    {
        ["nothing"] = _ => null,
        ["garbage"] = _ => "garbage",
        ["dots"] = _ => "..",
        ["dots and letters"] = _ => "e30.e30.AAAA",
        ["half a key"] = bench => bench.Give()[..30],
        ["key that nobody gave out"] = _ => KeyText.Create().Reveal(),
        ["wrong secret"] = bench => bench.Give() is var key && key[^2] == 'A' ? key[..^2] + "BA" : key[..^2] + "AA",
        ["expired key"] = bench => bench.Give(expires: bench.Time.GetUtcNow().AddMilliseconds(500)),
        ["revoked key"] = bench => bench.Give(revoked: bench.Time.GetUtcNow()),
        ["good key"] = bench => bench.Give(),
        ["key that expires later"] = bench => bench.Give(expires: bench.Time.GetUtcNow().AddHours(1)),
        ["key that may only read"] = bench => bench.Give(Right.Read),
        ["key of another source"] = bench => bench.Give(source: "other"),
        ["key of other dossiers"] = bench => bench.Give(dossier: "G09*"),
        ["key of that dossier"] = bench => bench.Give(source: "quay", dossier: GateUnderTest.Dossier),
        ["good token"] = bench => bench.Issuer.Sign(Claims(bench)),
        ["good PS384 token"] = bench => bench.Issuer.Sign(Claims(bench), "PS384"),
        ["good ES256 token"] = bench => bench.Issuer.Sign(Claims(bench), "ES256"),
        ["token expired a little"] = bench => bench.Issuer.Sign(With(bench, "exp", At(bench, -59))),
        ["alg none"] = bench => bench.Issuer.Sign(Claims(bench), "none"),
        ["alg None"] = bench => bench.Issuer.Sign(Claims(bench), "None"),
        ["HS256 with the public key"] = bench => bench.Issuer.Sign(Claims(bench), "HS256"),
        ["HS256 with the symmetric key of the set"] = bench => bench.Issuer.Sign(Claims(bench), "HS256-of-oct", "oct-1", head => head["alg"] = "HS256"),
        ["key for encryption"] = bench => bench.Issuer.Sign(Claims(bench), keyId: "enc-1"),
        ["kid of another kind"] = bench => bench.Issuer.Sign(Claims(bench), keyId: TestIssuer.EcId),
        ["unknown kid"] = bench => bench.Issuer.Sign(Claims(bench), keyId: "rsa-2"),
        ["no kid"] = bench => bench.Issuer.Sign(Claims(bench), header: head => head.Remove("kid")),
        ["unknown crit"] = bench => bench.Issuer.Sign(Claims(bench), header: head => head["crit"] = new JsonArray("b64")),
        ["token that is for logging out"] = bench => bench.Issuer.Sign(Claims(bench), header: head => head["typ"] = "logout+jwt"),
        ["other claims than were signed"] = bench => Swapped(bench),
        ["no signature"] = bench => bench.Issuer.Sign(Claims(bench)) is var token ? token[..(token.LastIndexOf('.') + 1)] : null,
        ["wrong aud"] = bench => bench.Issuer.Sign(With(bench, "aud", "another")),
        ["no aud"] = bench => bench.Issuer.Sign(With(bench, "aud", null)),
        ["aud with a slash"] = bench => bench.Issuer.Sign(With(bench, "aud", TestIssuer.Audience + "/")),
        ["wrong iss"] = bench => bench.Issuer.Sign(With(bench, "iss", TestIssuer.Name + "/")),
        ["no iss"] = bench => bench.Issuer.Sign(With(bench, "iss", null)),
        ["expired"] = bench => bench.Issuer.Sign(With(bench, "exp", At(bench, -61))),
        ["no exp"] = bench => bench.Issuer.Sign(With(bench, "exp", null)),
        ["exp is text"] = bench => bench.Issuer.Sign(With(bench, "exp", "tomorrow")),
        ["not yet"] = bench => bench.Issuer.Sign(With(bench, "nbf", At(bench, 120))),
        ["no sub"] = bench => bench.Issuer.Sign(With(bench, "sub", null)),
        ["claims are a list"] = bench => bench.Issuer.Sign(new JsonArray(1)),
        ["token without rights"] = bench => bench.Issuer.Sign(With(bench, "digitizer_rights", null)),
        ["token with rights as text"] = bench => bench.Issuer.Sign(With(bench, "digitizer_rights", "openid read submit")),
        ["token without dossiers"] = bench => bench.Issuer.Sign(With(bench, "digitizer_dossiers", null)),
        ["token without sources"] = bench => bench.Issuer.Sign(With(bench, "digitizer_sources", null)),
    };

    // Of each credential: read a unit, read one of that dossier, hand in, hand in for that dossier, decide.
    public static TheoryData<string, int, int, int, int, int> Matrix => new()
    {
        { "nothing", 401, 401, 401, 401, 401 },
        { "garbage", 401, 401, 401, 401, 401 },
        { "dots", 401, 401, 401, 401, 401 },
        { "dots and letters", 401, 401, 401, 401, 401 },
        { "half a key", 401, 401, 401, 401, 401 },
        { "key that nobody gave out", 401, 401, 401, 401, 401 },
        { "wrong secret", 401, 401, 401, 401, 401 },
        { "expired key", 401, 401, 401, 401, 401 },
        { "revoked key", 401, 401, 401, 401, 401 },
        { "good key", 200, 200, 200, 200, 200 },
        { "key that expires later", 200, 200, 200, 200, 200 },
        { "key that may only read", 200, 200, 403, 403, 403 },
        { "key of another source", 404, 404, 403, 403, 200 },
        { "key of other dossiers", 200, 404, 200, 403, 200 },
        { "key of that dossier", 200, 200, 200, 200, 200 },
        { "good token", 200, 200, 200, 200, 403 },
        { "good PS384 token", 200, 200, 200, 200, 403 },
        { "good ES256 token", 200, 200, 200, 200, 403 },
        { "token expired a little", 200, 200, 200, 200, 403 },
        { "alg none", 401, 401, 401, 401, 401 },
        { "alg None", 401, 401, 401, 401, 401 },
        { "HS256 with the public key", 401, 401, 401, 401, 401 },
        { "HS256 with the symmetric key of the set", 401, 401, 401, 401, 401 },
        { "key for encryption", 401, 401, 401, 401, 401 },
        { "kid of another kind", 401, 401, 401, 401, 401 },
        { "unknown kid", 401, 401, 401, 401, 401 },
        { "no kid", 401, 401, 401, 401, 401 },
        { "unknown crit", 401, 401, 401, 401, 401 },
        { "token that is for logging out", 401, 401, 401, 401, 401 },
        { "other claims than were signed", 401, 401, 401, 401, 401 },
        { "no signature", 401, 401, 401, 401, 401 },
        { "wrong aud", 401, 401, 401, 401, 401 },
        { "no aud", 401, 401, 401, 401, 401 },
        { "aud with a slash", 401, 401, 401, 401, 401 },
        { "wrong iss", 401, 401, 401, 401, 401 },
        { "no iss", 401, 401, 401, 401, 401 },
        { "expired", 401, 401, 401, 401, 401 },
        { "no exp", 401, 401, 401, 401, 401 },
        { "exp is text", 401, 401, 401, 401, 401 },
        { "not yet", 401, 401, 401, 401, 401 },
        { "no sub", 401, 401, 401, 401, 401 },
        { "claims are a list", 401, 401, 401, 401, 401 },
        { "token without rights", 403, 403, 403, 403, 403 },
        { "token with rights as text", 200, 200, 200, 200, 403 },
        { "token without dossiers", 200, 404, 200, 403, 403 },
        { "token without sources", 404, 404, 403, 403, 403 },
    };

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task Each_credential_opens_what_it_is_for(string credential, int read, int readDossier, int submit, int submitDossier, int act)
    {
        await using var bench = await GateUnderTest.StartAsync();
        var bearer = Credentials[credential](bench);
        (HttpMethod Method, string Path, int Status)[] routes =
        [
            (HttpMethod.Get, "/v1/units", read), (HttpMethod.Get, $"/v1/units?dossier={GateUnderTest.Dossier}", readDossier),
            (HttpMethod.Post, "/v1/uploads", submit), (HttpMethod.Post, $"/v1/uploads?dossier={GateUnderTest.Dossier}", submitDossier),
            (HttpMethod.Post, "/v1/acts", act),
        ];
        foreach (var (method, path, status) in routes)
        {
            using var answer = await bench.SendAsync(method, path, bearer);
            Assert.Equal((path, status), (path, (int)answer.StatusCode));
            Assert.Equal(status == 401 ? "Bearer" : "", answer.Headers.WwwAuthenticate.ToString());
            if (status is 401 or 403)
            {
                Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
            }
        }

        // An endpoint that says nothing is nobody's, whoever asks; one that is open is everybody's.
        Assert.Equal(read == 401 ? 401 : 403, await bench.StatusAsync("/v1/undeclared", bearer));
        Assert.Equal(read == 401 ? 401 : 404, await bench.StatusAsync("/v1/nothing", bearer));
        Assert.Equal(200, await bench.StatusAsync("/v1/open", bearer));
        Assert.DoesNotContain(bench.Log.All, line => bearer is { Length: > 10 } && line.Contains(bearer, StringComparison.Ordinal));
    }

    [Fact]
    public void No_credential_is_left_out() => Assert.Equal(Credentials.Keys.Order(StringComparer.Ordinal), Matrix.Select(row => (string)row[0]).Order(StringComparer.Ordinal));

    [Fact]
    public async Task A_key_may_come_in_a_header_of_its_own_but_not_twice()
    {
        await using var bench = await GateUnderTest.StartAsync();
        var key = bench.Give();
        Assert.Equal(200, await bench.StatusAsync("/v1/whoami", null, ("X-Api-Key", key)));
        Assert.Equal(401, await bench.StatusAsync("/v1/whoami", key, ("X-Api-Key", key)));
        Assert.Equal(401, await bench.StatusAsync("/v1/whoami", null, ("X-Api-Key", key), ("X-Api-Key", key)));
        Assert.Equal(401, await bench.StatusAsync("/v1/whoami", null, ("X-Api-Key", bench.Issuer.Sign(Claims(bench)))));
        Assert.Equal(401, await bench.StatusAsync("/v1/whoami", null, ("Authorization", $"Basic {key}")));
        Assert.Equal(200, await bench.StatusAsync("/v1/whoami", null, ("Authorization", $"bearer {key}")));
        Assert.Equal(401, await bench.StatusAsync($"/v1/whoami?key={key}&access_token={key}"));
    }

    [Fact]
    public async Task What_is_logged_tells_who_was_refused_and_why_and_no_secret()
    {
        await using var bench = await GateUnderTest.StartAsync();
        var (good, revoked) = (bench.Give(), bench.Give(revoked: bench.Time.GetUtcNow()));
        var (token, late) = (bench.Issuer.Sign(Claims(bench)), bench.Issuer.Sign(With(bench, "exp", At(bench, -100))));
        foreach (var credential in new[] { good, revoked, token, late, good + "x" })
        {
            await bench.StatusAsync("/v1/units", credential);
            await bench.StatusAsync("/v1/units", null, ("X-Api-Key", credential));
        }

        using var whoami = await bench.GetAsync("/v1/whoami", token);
        var id = await whoami.Content.ReadAsStringAsync();
        Assert.Matches("^sub-[0-9a-f]{16}$", id);
        var log = string.Join('\n', bench.Log.All);
        Assert.Contains($"KeyRevoked {KeyText.Parse(revoked)!.Id}", log, StringComparison.Ordinal);
        Assert.Contains("TokenTime", log, StringComparison.Ordinal);
        Assert.All(
            new[] { good, revoked, good.Split('_', 3)[2], revoked.Split('_', 3)[2], token.Split('.')[2], late.Split('.')[2], token.Split('.')[1], "nguyen-van-a" },
            secret => Assert.DoesNotContain(secret[..12], log, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_answer_says_that_nothing_is_to_be_guessed_run_framed_or_kept()
    {
        await using var bench = await GateUnderTest.StartAsync();
        var key = bench.Give();
        foreach (var (path, bearer, status) in new[] { ("/v1/units", key, 200), ("/v1/units", null, 401), ("/v1/undeclared", key, 403), ("/v1/nothing", key, 404), ("/v1/fault", key, 500), ("/", null, 404), ("/v1/open", null, 200) })
        {
            using var answer = await bench.GetAsync(path, bearer);
            Assert.Equal((path, status), (path, (int)answer.StatusCode));
            Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
            Assert.Equal(["default-src 'none'; frame-ancestors 'none'"], answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Equal(["no-referrer"], answer.Headers.GetValues("Referrer-Policy"));
            Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task A_fault_is_told_to_the_log_and_not_to_the_caller()
    {
        await using var bench = await GateUnderTest.StartAsync();
        Assert.Equal(500, await bench.StatusAsync("/v1/fault", bench.Give()));
        Assert.Contains(bench.Log.Errors, line => line.Contains(nameof(InvalidOperationException), StringComparison.Ordinal));

        // A message may quote the name of a file.
        Assert.DoesNotContain(bench.Log.Errors, line => line.Contains("details of ours", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_API_is_on_its_own_address_and_nothing_else_is_there()
    {
        await using var bench = await GateUnderTest.StartAsync();
        var key = bench.Give();
        Assert.Equal(404, await bench.StatusAsync("/health/live", key));
        Assert.Equal("alive", await bench.Other.GetStringAsync(new Uri("/health/live", UriKind.Relative)));
        foreach (var path in new[] { "/v1/units", "/v1/open", "/v1/undeclared", "/V1/open" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative)) { Headers = { { "X-Api-Key", key } } };
            using var answer = await bench.Other.SendAsync(request);
            Assert.Equal((path, HttpStatusCode.NotFound), (path, answer.StatusCode));
        }
    }

    [Fact]
    public async Task A_method_that_there_is_not_is_said_to_those_who_are_known()
    {
        await using var bench = await GateUnderTest.StartAsync();
        using var known = await bench.SendAsync(HttpMethod.Delete, "/v1/units", bench.Give());
        using var unknown = await bench.SendAsync(HttpMethod.Delete, "/v1/units");
        Assert.Equal((HttpStatusCode.MethodNotAllowed, HttpStatusCode.Unauthorized), (known.StatusCode, unknown.StatusCode));
    }

    private static JsonObject Claims(GateUnderTest bench) => TestIssuer.Claims(bench.Time.GetUtcNow());

    private static JsonObject With(GateUnderTest bench, string claim, JsonNode? value)
    {
        var claims = Claims(bench);
        claims[claim] = value;
        if (value is null)
        {
            claims.Remove(claim);
        }

        return claims;
    }

    private static long At(GateUnderTest bench, int seconds) => bench.Time.GetUtcNow().AddSeconds(seconds).ToUnixTimeSeconds();

    private static string Swapped(GateUnderTest bench)
    {
        var (signed, other) = (bench.Issuer.Sign(Claims(bench)).Split('.'), bench.Issuer.Sign(With(bench, "digitizer_sources", "*")).Split('.'));
        return $"{signed[0]}.{other[1]}.{signed[2]}";
    }
}
