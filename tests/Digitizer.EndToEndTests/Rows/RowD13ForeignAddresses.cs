using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Digitizer.EndToEndTests.Api;
using Digitizer.EndToEndTests.Support;
using Digitizer.Worker.Api.Webhooks;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>
/// Row D13, by HTTP: no address that may be configured for a webhook, no name and no answer of a receiver leads anywhere but to the
/// configured host. Each form is refused by the check, or taken; one that is taken is really called, over a network that writes down where to.
/// </summary>
[Trait("Row", "D13")]
public sealed class RowD13ForeignAddresses
{
    private const string Good = "10.1.2.3";

    /// <summary>Forms, each with the address and port that it may lead to; null: the check must refuse it; empty: it must be called nowhere.</summary>
    private static readonly (string Written, string? To)[] Forms =
    [
        // Other schemes and no addresses at all.
        ("", null), ("portal", null), ("/hook", null), ("//portal.example/hook", null), ("ftp://portal.example/", null), ("file:///etc/passwd", null), ("gopher://portal.example/", null),
        ("javascript:alert(1)", null), ("unix:///run/docker.sock", null), ("https://", null), ("https:///hook", null),

        // Plain http to others, by whatever name.
        ("http://portal.example/hook", null), ("http://10.1.2.3/hook", null), ("http://localhost/hook", null), ("http://127.0.0.1.example/hook", null), ("http://[fd00::1]/hook", null),
        ("http://169.254.169.254/latest/meta-data/", null), ("http://loop.example/hook", null),

        // This machine in forms that not every program understands alike.
        ("http://2130706433/", null), ("http://0x7f000001/", null), ("http://0x7f.0.0.1/", null), ("http://0177.0.0.1/", null), ("http://127.1/", null), ("http://127.0.1/", null),
        ("http://[::ffff:127.0.0.1]/", null), ("http://[0:0:0:0:0:0:0:1]/", null), ("http://0.0.0.0/", null), ("http://[::]/", null), ("http://127。0。0。1/", null), ("https://①②⑦.0.0.1/", null),
        ("https://2852039166/", null), ("https://0xa9fea9fe/", null), ("https://[::ffff:169.254.169.254]/", null), ("https://[::ffff:a9fe:a9fe]/", null), ("https://[64:ff9b::a9fe:a9fe]/", null),
        ("https://224.0.0.1/", null), ("https://255.255.255.255/", null), ("https://[ff02::1]/", null), ("https://0.0.0.0/", null),

        // Users, fragments, templates, and what is understood after tidying only.
        ("https://user@portal.example/", null), ("https://user:pass@portal.example/", null), ("https://portal.example@169.254.169.254/", null), ("https://portal.example#@169.254.169.254/", null),
        ("https://portal.example/#part", null), ("https://{host}/hook", null), ("https://portal.example/{event}", null), ("https://portal.example/a/../b", null), ("https:\\\\portal.example\\hook", null),
        ("https://portal.example\\@169.254.169.254/", null), (" https://portal.example/", null), ("https://portal.example/ ", null), ("https://PORTAL.example/", null), ("https://portal.example:443/", null),
        ("HTTPS://portal.example/", null), ("https://portal.example/\r\nHost:evil", null), ("https://cổng.example/", null), ("https://portal。example/", null),

        // Meant, and called there.
        ("http://127.0.0.1:8080/hook", "127.0.0.1:8080"), ("http://127.9.9.9:8080/", "127.9.9.9:8080"), ("http://[::1]:8080/hook", "::1:8080"), ("https://portal.example", Good + ":443"),
        ("https://portal.example:8443/hook?to=169.254.169.254", Good + ":8443"), ("https://portal.example/http://169.254.169.254/", Good + ":443"), ("https://10.9.9.9/hook", "10.9.9.9:443"),
        ("https://192.168.1.1/", "192.168.1.1:443"), ("https://[fd00::1]/", "fd00::1:443"), ("https://169.254.9.9/", "169.254.9.9:443"), ("https://[fe80::1]/", "fe80::1:443"), ("https://mixed.example/", Good + ":443"),
        ("https://localhost:8443/", "127.0.0.1:8443"), ("https://xn--cng-hl6a.example/", Good + ":443"),

        // Names that mean what no receiver is.
        ("https://meta.example/", ""), ("https://link.example/", ""), ("https://mapped.example/", ""), ("https://translated.example/", ""), ("https://loop.example/", ""), ("https://loop6.example/", ""),
        ("https://any.example/", ""), ("https://any6.example/", ""), ("https://group.example/", ""), ("https://wide.example/", ""), ("https://azure.example/", ""), ("https://ali.example/", ""), ("https://aws6.example/", ""),
    ];

    private static readonly Dictionary<string, string[]> Names = new()
    {
        ["portal.example"] = [Good],
        ["xn--cng-hl6a.example"] = [Good],
        ["mixed.example"] = ["169.254.169.254", Good, "127.0.0.1"],
        ["localhost"] = ["127.0.0.1"],
        ["meta.example"] = ["169.254.169.254"],
        ["link.example"] = ["fe80::1"],
        ["mapped.example"] = ["::ffff:169.254.169.254"],
        ["translated.example"] = ["64:ff9b::a9fe:a9fe"],
        ["loop.example"] = ["127.0.0.1"],
        ["loop6.example"] = ["::1"],
        ["any.example"] = ["0.0.0.0"],
        ["any6.example"] = ["::"],
        ["group.example"] = ["224.0.0.1"],
        ["wide.example"] = ["255.255.255.255"],
        ["azure.example"] = ["168.63.129.16"],
        ["ali.example"] = ["100.100.100.200"],
        ["aws6.example"] = ["fd00:ec2::254"],
    };

    private readonly Row row = new("D13", Forms.Length, Forms.Length, Forms.Length);
    private readonly List<string> reasons = [];

    [Fact]
    public async Task No_configured_address_leads_to_another_host()
    {
        foreach (var (written, to) in Forms)
        {
            var found = WebhookAddress.Problem(written) is null ? await CalledAsync(written) : null;
            row.Trial(found == to);
            reasons.Add($"{written}: {Shown(to)} was expected, {Shown(found)} was found");
        }

        row.Report(reasons);
    }

    [Fact]
    public async Task A_name_that_changes_its_meaning_leads_nowhere_else()
    {
        var answers = new Queue<string>([Good, "127.0.0.1", "169.254.169.254"]);
        var dialed = new ConcurrentQueue<string>();
        await using var bench = await WebhookBench.CreateAsync(Network(dialed, _ => [IPAddress.Parse(answers.Count > 1 ? answers.Dequeue() : answers.Peek())]));
        bench.Add("portal", "https://portal.example/");
        await bench.StartAsync();
        await bench.Journal.AcceptAsync();
        await bench.UntilAsync(() => bench.Log.All.Any(line => line.Contains("(address-refused)", StringComparison.Ordinal)));
        row.Trial(dialed.All(d => d == Good + ":443"));
        row.Report(dialed);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed(int status)
    {
        await using var trap = await WebhookReceiver.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = (_, context) =>
        {
            context.Response.Headers.Location = trap.Address + "/trap";
            return WebhookReceiver.Says(status)(null!, context);
        };
        await using var bench = await WebhookBench.CreateAsync();
        bench.Add("portal", receiver.Address);
        await bench.StartAsync();
        await bench.Journal.AcceptAsync();
        await bench.UntilAsync(() => receiver.Requests.Count >= 3);
        row.Trial(trap.Requests.Count == 0 && receiver.Requests.All(r => r is { Method: "POST", Path: "/hook" })
            && bench.Log.All.Any(line => line.Contains(FormattableString.Invariant($"(http-{status})"), StringComparison.Ordinal)));

        // The trap would have noticed.
        using var client = new HttpClient();
        using var response = await client.PostAsync(new Uri(receiver.Address), null);
        Assert.Single(trap.Requests);
        row.Report([$"{status} was followed"]);
    }

    // Where it is called, with every address that is dialed.
    private static async Task<string> CalledAsync(string written)
    {
        var dialed = new ConcurrentQueue<string>();
        await using var bench = await WebhookBench.CreateAsync(Network(dialed, name => [.. (Names.GetValueOrDefault(name) ?? [name]).Select(IPAddress.Parse)]));
        bench.Add("portal", written);
        await bench.StartAsync();
        await bench.Journal.AcceptAsync();
        await bench.UntilAsync(() => bench.Log.All.Any(line => line.Contains("was not taken", StringComparison.Ordinal)));
        return string.Join(" ", dialed.Distinct());
    }

    // All of the world is out of reach, and it is written down what was tried.
    private static WebhookNetwork Network(ConcurrentQueue<string> dialed, Func<string, IPAddress[]> names) => new()
    {
        Resolve = (name, _) => Task.FromResult(names(name)),
        Dial = (addresses, port, _) =>
        {
            foreach (var address in addresses)
            {
                dialed.Enqueue(FormattableString.Invariant($"{address}:{port}"));
            }

            throw new SocketException((int)SocketError.NetworkUnreachable);
        },
    };

    private static string Shown(string? to) => to switch
    {
        null => "refused",
        "" => "called nowhere",
        _ => $"called at {to}",
    };
}
