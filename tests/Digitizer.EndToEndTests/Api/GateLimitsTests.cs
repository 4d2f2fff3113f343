using System.Net;
using System.Net.Http.Headers;
using Digitizer.Worker.Api.Access;

namespace Digitizer.EndToEndTests.Api;

/// <summary>How much a caller may ask for, and how often somebody may guess.</summary>
public sealed class GateLimitsTests
{
    private static readonly CallerLimits Usual = CallerLimits.Default;

    [Fact]
    public async Task Calls_beyond_the_rate_are_told_when_to_come_again_and_others_are_not_held_up()
    {
        await using var bench = await GateUnderTest.StartAsync();
        var (slow, other) = (bench.Give(limits: Usual with { RequestsPerMinute = 1 }), bench.Give());
        Assert.Equal(200, await bench.StatusAsync("/v1/units", slow));
        using var tooFast = await bench.GetAsync("/v1/units", slow);
        Assert.Equal(HttpStatusCode.TooManyRequests, tooFast.StatusCode);
        Assert.InRange(tooFast.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Empty(await tooFast.Content.ReadAsByteArrayAsync());
        Assert.Equal(200, await bench.StatusAsync("/v1/units", other));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(600)]
    [InlineData(1100)]
    [InlineData(6001)]
    public void So_many_calls_a_minute_as_the_key_says_come_back_in_a_minute(int perMinute)
    {
        var bucket = CallerPace.Bucket(perMinute);
        Assert.Equal(perMinute, bucket.TokensPerPeriod * (TimeSpan.FromMinutes(1) / bucket.ReplenishmentPeriod), perMinute / 1000.0);
    }

    [Fact]
    public async Task Uploads_at_a_time_are_counted_for_each_caller()
    {
        await using var bench = await GateUnderTest.StartAsync();
        var (one, other) = (bench.Give(limits: Usual with { UploadsAtATime = 1 }), bench.Give());
        bench.Uploads = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = bench.SendAsync(HttpMethod.Post, "/v1/uploads", one);
        await bench.UploadBegun.WaitAsync();
        using var second = await bench.SendAsync(HttpMethod.Post, "/v1/uploads", one);
        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        Assert.True(second.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        Assert.Equal(200, await bench.StatusAsync("/v1/units", one));
        var others = bench.SendAsync(HttpMethod.Post, "/v1/uploads", other);
        await bench.UploadBegun.WaitAsync();

        bench.Uploads.SetResult();
        using var firstEnded = await first;
        using var othersEnded = await others;
        using var third = await bench.SendAsync(HttpMethod.Post, "/v1/uploads", one);
        Assert.All([firstEnded, othersEnded, third], answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [Theory]
    [InlineData("/v1/uploads", 1000, 200)]
    [InlineData("/v1/uploads", 1001, 413)]
    [InlineData("/v1/acts", 1 << 20, 200)]
    [InlineData("/v1/acts", (1 << 20) + 1, 413)]
    public async Task Bodies_have_the_size_that_the_key_allows_at_most(string path, int bytes, int status)
    {
        await using var bench = await GateUnderTest.StartAsync();
        var key = bench.Give(limits: Usual with { UploadBytes = 1000 });
        using var content = new ByteArrayContent(new byte[bytes]);
        using var answer = await bench.SendAsync(HttpMethod.Post, path, key, content);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("/v1/uploads", 100_000, 200)]
    [InlineData("/v1/uploads", 200_000, 413)]
    [InlineData("/v1/acts", 1 << 20, 200)]
    [InlineData("/v1/acts", 2 << 20, 413)]
    public async Task So_have_bodies_that_do_not_say_their_size(string path, int bytes, int status)
    {
        await using var bench = await GateUnderTest.StartAsync();
        using var content = new StreamContent(new MemoryStream(new byte[bytes]));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative))
        {
            Content = content,
            Headers = { TransferEncodingChunked = true, Authorization = new AuthenticationHeaderValue("Bearer", bench.Give(limits: Usual with { UploadBytes = 100_000 })) },
        };
        using var answer = await bench.Api.SendAsync(request);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task An_address_that_guesses_waits_for_a_minute_and_who_is_known_there_does_not()
    {
        await using var bench = await GateUnderTest.StartAsync(b => new ApiAccessOptions { Proxies = ["127.0.0.1"] });
        var key = bench.Give();
        (string, string) guesser = ("X-Forwarded-For", "192.0.2.7"), other = ("X-Forwarded-For", "192.0.2.8");
        for (var i = 0; i < GuessGuard.MaxFailures; i++)
        {
            Assert.Equal(401, await bench.StatusAsync("/v1/units", KeyText.Create().Reveal(), guesser));
        }

        using var refused = await bench.GetAsync("/v1/units", KeyText.Create().Reveal(), guesser);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(60), refused.Headers.RetryAfter!.Delta);
        Assert.Equal(200, await bench.StatusAsync("/v1/units", key, guesser));
        Assert.Equal(401, await bench.StatusAsync("/v1/units", KeyText.Create().Reveal(), other));
        Assert.Equal(200, await bench.StatusAsync("/v1/units", key));
        Assert.Contains(bench.Log.All, line => line.Contains("192.0.2.7 are refused for a minute", StringComparison.Ordinal));

        bench.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(401, await bench.StatusAsync("/v1/units", KeyText.Create().Reveal(), guesser));
    }

    [Fact]
    public async Task Asking_without_anything_is_no_guess_and_guesses_of_long_ago_are_forgotten()
    {
        await using var bench = await GateUnderTest.StartAsync();
        for (var i = 0; i < GuessGuard.MaxFailures + 5; i++)
        {
            Assert.Equal(401, await bench.StatusAsync("/v1/units"));
        }

        for (var i = 0; i < 2 * GuessGuard.MaxFailures; i++)
        {
            Assert.Equal(401, await bench.StatusAsync("/v1/units", "guess"));
            bench.Time.Advance(TimeSpan.FromSeconds(4));
        }
    }

    [Fact]
    public void No_more_addresses_are_remembered_than_was_said_and_the_newest_are()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var guard = new GuessGuard(time);
        IPAddress Address(int i) => new([10, (byte)(i >> 16), (byte)(i >> 8), (byte)i]);
        for (var i = 0; i < GuessGuard.MaxAddresses + 50; i++)
        {
            guard.Failed(Address(i));
            time.Advance(TimeSpan.FromMilliseconds(1));
        }

        var last = Address(GuessGuard.MaxAddresses + 49);
        Assert.Equal(GuessGuard.MaxAddresses, guard.Remembered);
        for (var i = 1; i < GuessGuard.MaxFailures; i++)
        {
            Assert.Null(guard.Remaining(last));
            guard.Failed(last);
        }

        Assert.NotNull(guard.Remaining(last));
        Assert.Null(guard.Remaining(Address(0)));
    }

    [Fact]
    public void Addresses_of_one_IPv6_network_are_one_and_IPv4_in_IPv6_is_IPv4()
    {
        var guard = new GuessGuard(new Microsoft.Extensions.Time.Testing.FakeTimeProvider());
        for (var i = 0; i < GuessGuard.MaxFailures; i++)
        {
            guard.Failed(IPAddress.Parse($"2001:db8:0:1::{i:x}"));
            guard.Failed(IPAddress.Parse("192.0.2.7"));
        }

        Assert.NotNull(guard.Remaining(IPAddress.Parse("2001:db8:0:1:ffff::1")));
        Assert.Null(guard.Remaining(IPAddress.Parse("2001:db8:0:2::1")));
        Assert.NotNull(guard.Remaining(IPAddress.Parse("::ffff:192.0.2.7")));
        Assert.Null(guard.Remaining(IPAddress.Parse("::ffff:192.0.2.8")));
    }
}
