using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Digitizer.Failures;
using Digitizer.Tests.Support;
using Digitizer.Worker.Api.Access;
using Digitizer.Worker.Commands;
using Microsoft.Extensions.Configuration;

namespace Digitizer.EndToEndTests.Api;

/// <summary>What is wrong with the settings of the API's gate is said before the service starts.</summary>
public sealed class ApiChecksTests : IDisposable
{
    private readonly TempFolder folder = new();

    private string KeysFile => folder["issuer.json"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("""{ "Proxies": ["proxy"] }""", "Service:Api:Proxies holds proxy; write IP addresses")]
    [InlineData("""{ "Tokens": { "Audience": "d", "KeysFile": "k" } }""", "Service:Api:Tokens:Issuer is missing; write")]
    [InlineData("""{ "Tokens": { "Issuer": "i", "KeysFile": "k" } }""", "Service:Api:Tokens:Audience is missing; write")]
    [InlineData("""{ "Tokens": { "Issuer": "i", "Audience": "d" } }""", "Service:Api:Tokens needs one of KeysFile and KeysAddress")]
    [InlineData("""{ "Tokens": { "Issuer": "i", "Audience": "d", "KeysFile": "k", "KeysAddress": "https://x" } }""", "Service:Api:Tokens needs one of KeysFile and KeysAddress")]
    [InlineData("""{ "Tokens": { "Issuer": "i", "Audience": "d", "KeysAddress": "http://x" } }""", "write an address that begins with https://")]
    [InlineData("""{ "Tokens": { "Issuer": "i", "Audience": "d", "KeysFile": "k", "RightsClaim": "" } }""", "Service:Api:Tokens:RightsClaim is empty; write")]
    [InlineData("""{ "Tokens": { "Isuer": "i" } }""", "Isuer")]
    [InlineData("""{ "Tokens": { "Issuer": "i" }, "Proxies": ["x"] }""", "Service:Api:Tokens:Audience is missing")]
    public void A_wrong_setting_is_named_with_its_cure(string api, string said)
    {
        var failure = Assert.Throws<DigitizerException>(() => ServiceConfiguration.Bind(Configuration(api)));
        Assert.Equal(FailureKind.ConfigurationInvalid, failure.Kind);
        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_come_to_the_gate_as_they_were_written()
    {
        var options = ApiAccessCheck.OptionsOf(ServiceConfiguration.Bind(Configuration("""{ "Tokens": { "Issuer": "i", "Audience": "d", "KeysFile": "k", "SourcesClaim": "s" }, "Proxies": ["::1"] }""")).Api);
        Assert.Equal(new TokenOptions { Issuer = "i", Audience = "d", KeysFile = "k", SourcesClaim = "s" }, options.Tokens);
        Assert.Equal(["::1"], options.Proxies);
    }

    [Fact]
    public async Task Check_tells_how_many_keys_there_are_and_whose_tokens_are_taken()
    {
        Assert.DoesNotContain(await FindingsAsync(null), finding => finding.Subject.StartsWith("API", StringComparison.Ordinal));
        Assert.Contains(await FindingsAsync("""{ "Proxies": ["::1"] }"""), finding => finding is { Subject: "API keys", IsGood: true } && finding.Detail.Contains("keys add", StringComparison.Ordinal));

        using var issuer = new TestIssuer(KeysFile);
        Directory.CreateDirectory(folder["state"]);
        var text = KeyText.Create();
        ApiKeyFile.In(folder["state"]).Change(_ => [new ApiKey(text.Id, "x", default, null, null, text.Sha256, new Grant(Right.Read, [], [], CallerLimits.Default))]);
        var good = await FindingsAsync(WithTokens);
        Assert.Equal([(true, "1 of 1 can be used"), (true, "taken of https://x, signed by one of 2 keys")], good.Where(f => f.Subject.StartsWith("API", StringComparison.Ordinal)).Select(f => (f.IsGood, f.Detail)));
    }

    [Fact]
    public async Task Check_tells_what_keeps_keys_and_tokens_from_working()
    {
        folder.File($"state/{ApiKeyFile.Name}", "{");
        Assert.Equal([(false, "api-keys.json cannot be read"), (false, "it is not there")], await ProblemsAsync("api-keys.json cannot be read", "it is not there"));

        File.Delete(folder[$"state/{ApiKeyFile.Name}"]);
        foreach (var (content, said) in new[] { ("x", "no JSON Web Key Set"), ("[]", "no JSON Web Key Set"), ("{}", "no public RSA or EC key"), ("""{"keys":[{"kty":"oct","kid":"a","k":"AAAA"}]}""", "no public RSA or EC key") })
        {
            await File.WriteAllTextAsync(KeysFile, content);
            Assert.Equal([(false, said)], await ProblemsAsync(said));
        }
    }

    [Fact]
    public async Task A_private_key_among_the_issuers_keys_is_told()
    {
        using var rsa = System.Security.Cryptography.RSA.Create(2048);
        var secret = rsa.ExportParameters(includePrivateParameters: true);
        await File.WriteAllTextAsync(KeysFile, JsonSerializer.Serialize(new
        {
            keys = Enumerable.Repeat(new { kty = "RSA", kid = "a", n = Text(secret.Modulus), e = Text(secret.Exponent), d = Text(secret.D), p = Text(secret.P), q = Text(secret.Q), dp = Text(secret.DP), dq = Text(secret.DQ), qi = Text(secret.InverseQ) }, 1),
        }));
        Assert.Equal([(false, "private key")], await ProblemsAsync("private key"));
    }

    [Theory]
    [InlineData("http://0.0.0.0:8481", false, "Kestrel:Endpoints:Api:Url is http://0.0.0.0:8481: everybody on the way")]
    [InlineData("http://*:8481", false, "everybody on the way")]
    [InlineData("http://kho.tinh.gov.vn:8481", false, "everybody on the way")]
    [InlineData("0.0.0.0:8481", false, "write an address such as")]
    [InlineData("ftp://0.0.0.0:8481", false, "write an address such as")]
    [InlineData("http://0.0.0.0:8481", true, null)]
    [InlineData("http://127.0.0.1:8481", false, null)]
    [InlineData("http://localhost:8481", false, null)]
    [InlineData("https://0.0.0.0:8443", false, null)]
    public void Plain_http_to_other_machines_is_not_by_mistake(string url, bool isAllowed, string? said)
    {
        var configuration = Configuration($$"""{ "AllowPlainHttp": {{(isAllowed ? "true" : "false")}} }""", url);
        if (said is null)
        {
            Assert.NotNull(ServiceConfiguration.Bind(configuration));
        }
        else
        {
            Assert.Contains(said, Assert.Throws<DigitizerException>(() => ServiceConfiguration.Bind(configuration)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Check_opens_the_certificate()
    {
        var certificate = folder.File("api.crt", TestCertificate.Own.ExportCertificatePem());
        var key = folder.File("api.key", TestCertificate.KeyPem);
        async Task<Finding> AddressesAsync(string settings) => Assert.Single(
            await new ServiceChecks(Configuration("{}", "https://0.0.0.0:8443", settings), TimeProvider.System).RunAsync(CancellationToken.None), finding => finding.Subject == "API addresses");
        var good = await AddressesAsync($$"""{ "Path": "{{certificate}}", "KeyPath": "{{key}}" }""");
        Assert.True(good.IsGood, good.Detail);
        Assert.Contains("https://0.0.0.0:8443, certificate until 2", good.Detail, StringComparison.Ordinal);
        foreach (var settings in new[] { "{}", $$"""{ "Path": "{{certificate}}", "KeyPath": "{{certificate}}" }""", $$"""{ "Path": "{{certificate}}x", "KeyPath": "{{key}}" }""", $$"""{ "Path": "{{certificate}}" }""" })
        {
            var bad = await AddressesAsync(settings);
            Assert.True(!bad.IsGood && bad.Detail.Contains("Name a file (PEM)", StringComparison.Ordinal), settings + bad.Detail);
        }
    }

    // Without a source there is no API.
    private static string WithSource(string api)
    {
        var settings = JsonNode.Parse(api)!.AsObject();
        settings.Add("Sources", new JsonArray(new JsonObject { ["Name"] = "portal" }));
        return settings.ToJsonString();
    }

    private string WithTokens => $$"""{ "Tokens": { "Issuer": "https://x", "Audience": "digitizer", "KeysFile": "{{KeysFile}}" } }""";

    private static string Text(byte[]? bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    // The findings that are not good, each as the part of it that was expected.
    private async Task<IEnumerable<(bool IsGood, string Said)>> ProblemsAsync(params string[] said)
    {
        var findings = await FindingsAsync(WithTokens);
        return findings.Where(f => f.Subject.StartsWith("API", StringComparison.Ordinal) && !f.IsGood).Select(f => (f.IsGood, Array.Find(said, part => f.Detail.Contains(part, StringComparison.Ordinal)) ?? f.Detail));
    }

    private Task<IReadOnlyList<Finding>> FindingsAsync(string? api) => new ServiceChecks(Configuration(api), TimeProvider.System).RunAsync(CancellationToken.None);

    private IConfiguration Configuration(string? api, string? url = null, string certificate = "{}")
    {
        Directory.CreateDirectory(folder["drop"]);
        var more = url is null ? "" : $$""", "Kestrel": { "Endpoints": { "Api": { "Url": "{{url}}", "Certificate": {{certificate}} } } }""";
        var json = $$"""{ "Service": { "State": "{{folder["state"]}}", "Drop": { "Folders": [ { "Name": "quay", "Path": "{{folder["drop"]}}" } ] } {{(api is null ? "" : $", \"Api\": {WithSource(api)}")}} }{{more}} }""";
        return new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build();
    }
}
