using System.Net;
using Digitizer.Worker.Api.Access;
using Microsoft.Extensions.Configuration;

namespace Digitizer.EndToEndTests.Api;

/// <summary>What a running gate sees of changes in its files, and from where it may be called before there are any.</summary>
public sealed class GateFilesTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_running_service_heeds_keys_that_are_given_out_and_revoked_within_a_second()
    {
        await using var bench = await GateUnderTest.StartAsync();
        Assert.Equal(401, await bench.StatusAsync("/v1/units", KeyText.Create().Reveal()));
        var (key, other) = (bench.Give(), bench.Give());
        Assert.Equal(200, await bench.StatusAsync("/v1/units", key));

        bench.Keys.Change(keys => [.. keys.Select(k => k.Id == KeyText.Parse(key)!.Id ? k with { Revoked = bench.Time.GetUtcNow() } : k)]);
        bench.Time.Advance(Second);
        Assert.Equal(401, await bench.StatusAsync("/v1/units", key));
        Assert.Equal(200, await bench.StatusAsync("/v1/units", other));
    }

    [Fact]
    public async Task A_key_ends_when_its_time_is_over()
    {
        await using var bench = await GateUnderTest.StartAsync();
        var key = bench.Give(expires: bench.Time.GetUtcNow().AddMinutes(2));
        Assert.Equal(200, await bench.StatusAsync("/v1/units", key));
        bench.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(401, await bench.StatusAsync("/v1/units", key));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"version":2,"keys":[]}""")]
    [InlineData("""{"keys":[]}""")]
    [InlineData("""{"version":1}""")]
    [InlineData("""{"version":1,"keys":[null]}""")]
    [InlineData("""{"version":1,"keys":[],"more":1}""")]
    [InlineData("""{"version":1,"keys":[{"id":"abcdefghjk","name":"x"}]}""")]
    public async Task A_file_that_cannot_be_read_lets_nobody_in_is_told_once_and_heals(string content)
    {
        await using var bench = await GateUnderTest.StartAsync();
        var key = bench.Give();
        var good = await File.ReadAllBytesAsync(bench.Keys.Path);
        Assert.Equal(200, await bench.StatusAsync("/v1/units", key));
        Assert.Empty(bench.Log.Errors);

        await File.WriteAllTextAsync(bench.Keys.Path, content);
        for (var i = 0; i < 3; i++)
        {
            bench.Time.Advance(Second);
            Assert.Equal(401, await bench.StatusAsync("/v1/units", key));
        }

        Assert.Contains(ApiKeyFile.Name, Assert.Single(bench.Log.Errors), StringComparison.Ordinal);

        await File.WriteAllBytesAsync(bench.Keys.Path, good);
        bench.Time.Advance(Second);
        Assert.Equal(200, await bench.StatusAsync("/v1/units", key));
    }

    [Fact]
    public async Task A_file_that_is_gone_lets_nobody_in()
    {
        await using var bench = await GateUnderTest.StartAsync();
        var key = bench.Give();
        Assert.Equal(200, await bench.StatusAsync("/v1/units", key));
        File.Delete(bench.Keys.Path);
        bench.Time.Advance(Second);
        Assert.Equal(401, await bench.StatusAsync("/v1/units", key));
    }

    [Fact]
    public async Task Other_machines_are_refused_until_somebody_could_be_let_in()
    {
        await using var bench = await GateUnderTest.StartAsync(_ => new ApiAccessOptions { Proxies = ["127.0.0.1"] });
        (string, string) far = ("X-Forwarded-For", "192.0.2.7");
        Assert.Equal(403, await bench.StatusAsync("/v1/units", KeyText.Create().Reveal(), far));
        Assert.Equal(403, await bench.StatusAsync("/v1/open", null, far));
        Assert.Equal(401, await bench.StatusAsync("/v1/units", KeyText.Create().Reveal()));
        Assert.Contains(bench.Log.All, line => line.Contains("digitizer keys add", StringComparison.Ordinal));

        bench.Give(expires: bench.Time.GetUtcNow());
        Assert.Equal(403, await bench.StatusAsync("/v1/units", null, far));
        Assert.Equal(200, await bench.StatusAsync("/v1/units", bench.Give(), far));
    }

    [Fact]
    public async Task Other_machines_may_call_where_tokens_are_taken()
    {
        await using var bench = await GateUnderTest.StartAsync(b => new ApiAccessOptions { Proxies = ["127.0.0.1"], Tokens = b.Issuer.Options });
        Assert.Equal(200, await bench.StatusAsync("/v1/units", bench.Issuer.Sign(TestIssuer.Claims(bench.Time.GetUtcNow())), ("X-Forwarded-For", "192.0.2.7")));
    }

    [Fact]
    public async Task Nobody_but_a_named_proxy_is_believed_about_addresses()
    {
        await using var bench = await GateUnderTest.StartAsync(_ => new ApiAccessOptions());
        Assert.Equal(401, await bench.StatusAsync("/v1/units", null, ("X-Forwarded-For", "192.0.2.7")));
    }

    [Fact]
    public async Task The_issuers_keys_are_read_again_when_their_file_changes()
    {
        await using var bench = await GateUnderTest.StartAsync();
        string Token(string id) => bench.Issuer.Sign(TestIssuer.Claims(bench.Time.GetUtcNow()), keyId: id);
        Assert.Equal((200, 401), (await bench.StatusAsync("/v1/units", Token(TestIssuer.RsaId)), await bench.StatusAsync("/v1/units", Token("rsa-2"))));
        await File.WriteAllTextAsync(bench.Issuer.Options.KeysFile!, bench.Issuer.Keys("rsa-2"));
        bench.Time.Advance(Second);
        Assert.Equal((401, 200), (await bench.StatusAsync("/v1/units", Token(TestIssuer.RsaId)), await bench.StatusAsync("/v1/units", Token("rsa-2"))));
        await File.WriteAllTextAsync(bench.Issuer.Options.KeysFile!, """{"keys":[]}""");
        bench.Time.Advance(Second);
        Assert.Equal(401, await bench.StatusAsync("/v1/units", Token("rsa-2")));
        Assert.Contains("no public RSA or EC key", Assert.Single(bench.Log.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_serves_https_as_the_Kestrel_section_says()
    {
        using var folder = new Digitizer.Tests.Support.TempFolder();
        var (certificate, key) = (folder.File("api.crt", TestCertificate.Own.ExportCertificatePem()), folder.File("api.key", TestCertificate.KeyPem));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Kestrel:Endpoints:Api:Url"] = "https://127.0.0.1:0",
            ["Kestrel:Endpoints:Api:Certificate:Path"] = certificate,
            ["Kestrel:Endpoints:Api:Certificate:KeyPath"] = key,
        }).Build();
        await using var bench = await GateUnderTest.StartAsync(kestrelSection: configuration.GetSection("Kestrel"));
        Assert.Equal("https", bench.Api.BaseAddress!.Scheme);
        Assert.Equal(200, await bench.StatusAsync("/v1/units", bench.Give()));
        Assert.Equal(401, await bench.StatusAsync("/v1/units"));
        using var answer = await bench.Other.GetAsync(new Uri("/v1/open", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
