using Digitizer.Worker.Api.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Digitizer.EndToEndTests.Api;

/// <summary>The issuer's keys at an https address.</summary>
public sealed class IssuerAddressTests : IAsyncLifetime
{
    private readonly WebApplication issuer;
    private Func<HttpContext, Task> answer = _ => Task.CompletedTask;
    private int asked;

    public IssuerAddressTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.UseHttps(TestCertificate.Own)));
        issuer = builder.Build();
        issuer.MapGet("/keys", (HttpContext context) =>
        {
            Interlocked.Increment(ref asked);
            return answer(context);
        });
        issuer.MapGet("/elsewhere", (HttpContext context) => context.Response.WriteAsync(Keys));
    }

    private string Keys { get; set; } = "";

    public Task InitializeAsync() => issuer.StartAsync();

    public async Task DisposeAsync() => await issuer.DisposeAsync();

    [Fact]
    public async Task Keys_are_fetched_once_an_hour_and_for_an_unknown_key_once_a_minute()
    {
        await using var bench = await StartAsync();
        (Keys, answer) = (bench.Issuer.Keys(TestIssuer.RsaId), context => context.Response.WriteAsync(Keys));
        Assert.Equal((200, 1), (await CallAsync(bench), asked));
        Assert.Equal((200, 1), (await CallAsync(bench), asked));
        Assert.Equal((401, 1), (await CallAsync(bench, "rsa-2"), asked));

        Keys = bench.Issuer.Keys("rsa-2");
        bench.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((200, 2), (await CallAsync(bench, "rsa-2"), asked));
        Assert.Equal((401, 2), (await CallAsync(bench), asked));

        bench.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal((200, 2), (await CallAsync(bench, "rsa-2"), asked));
        bench.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((200, 3), (await CallAsync(bench, "rsa-2"), asked));
    }

    [Fact]
    public async Task While_the_issuer_is_away_the_old_keys_serve_for_an_hour_more()
    {
        await using var bench = await StartAsync();
        (Keys, answer) = (bench.Issuer.Keys(TestIssuer.RsaId), context => context.Response.WriteAsync(Keys));
        Assert.Equal(200, await CallAsync(bench));
        answer = context => { context.Response.StatusCode = 503; return Task.CompletedTask; };
        bench.Time.Advance(TimeSpan.FromMinutes(119));
        Assert.Equal((200, 2), (await CallAsync(bench), asked));
        Assert.Contains("cannot be fetched", Assert.Single(bench.Log.Errors), StringComparison.Ordinal);
        bench.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((401, 3), (await CallAsync(bench), asked));
    }

    [Fact]
    public async Task It_follows_nobody_elsewhere_and_takes_no_endless_answer()
    {
        await using var bench = await StartAsync();
        Keys = bench.Issuer.Keys(TestIssuer.RsaId);
        answer = context => { context.Response.Redirect("/elsewhere"); return Task.CompletedTask; };
        Assert.Equal((401, 1), (await CallAsync(bench), asked));
        bench.Time.Advance(TimeSpan.FromMinutes(1));
        answer = context => context.Response.WriteAsync(new string(' ', 300 << 10) + Keys);
        Assert.Equal((401, 2), (await CallAsync(bench), asked));
        bench.Time.Advance(TimeSpan.FromMinutes(1));
        answer = context => context.Response.WriteAsync("<html>");
        Assert.Equal((401, 3), (await CallAsync(bench), asked));
        Assert.Equal(3, bench.Log.Errors.Count());
    }

    [Fact]
    public async Task An_issuer_without_a_certificate_that_is_trusted_is_none()
    {
        await using var bench = await StartAsync(TokenKeysAddress.Network());
        (Keys, answer) = (bench.Issuer.Keys(TestIssuer.RsaId), context => context.Response.WriteAsync(Keys));
        Assert.Equal((401, 0), (await CallAsync(bench), asked));
    }

    private static Task<int> CallAsync(GateUnderTest bench, string keyId = TestIssuer.RsaId)
        => bench.StatusAsync("/v1/units", bench.Issuer.Sign(TestIssuer.Claims(bench.Time.GetUtcNow()), keyId: keyId));

    private async Task<GateUnderTest> StartAsync(SocketsHttpHandler? network = null)
    {
        if (network is null)
        {
            network = TokenKeysAddress.Network();
            network.SslOptions.RemoteCertificateValidationCallback = TestCertificate.IsOurs;
        }

        var address = $"{issuer.Urls.Single()}/keys";
        return await GateUnderTest.StartAsync(b => new ApiAccessOptions { Tokens = b.Issuer.Options with { KeysFile = null, KeysAddress = address } }, network: network);
    }
}
