using System.Text;
using System.Text.Json.Nodes;

namespace Digitizer.Tests.Intake.BlobQueues;

/// <summary>Messages that nobody means well with: all of them are to be refused.</summary>
/// <param name="account">The true one.</param>
/// <param name="container">One that may be named.</param>
/// <param name="trap">An address, of host and port, that must never be connected to.</param>
internal sealed class EnvelopeGenerator(string account, string container, string trap)
{
    private static readonly string[] Schemes = ["http", "HTTPS", "https", "ftp", "file", "gopher", "azure", ""];

    /// <summary>Forms of addresses that other programs fell for.</summary>
    public IReadOnlyList<string> Addresses =>
    [
        .. from scheme in Schemes
           from host in new[] { trap, $"{account}.blob.core.windows.net@{trap}", "169.254.169.254/metadata/instance", "[::ffff:169.254.169.254]", "0x7f000001", "2130706433", "localhost", $"{trap}#.blob.core.windows.net" }
           select scheme.Length == 0 ? $"//{host}/x" : $"{scheme}://{host}/x",
    ];

    /// <summary>The n-th.</summary>
    public string Create(int number)
    {
        var random = new Random(number);
        var address = Addresses[random.Next(Addresses.Count)];
        return (number % 12) switch
        {
            0 => Garbage(random),
            1 => new string('x', 60_000 + random.Next(5_000)),
            2 => Events.Grid(address, container, "x.pdf", "0x1"),
            3 => Events.Grid($"{account}.{trap}", container, "x.pdf", "0x1"),
            4 => Events.Cloud(account, address, "x.pdf", "0x1"),
            5 => Events.Cloud("other", container, "../x.pdf", "0x1"),
            6 => Events.Ours(address, "x.pdf"),
            7 => Events.Ours(container, "x.pdf", account: address),
            8 => Events.Ours("..", $"{container}/x.pdf"),
            9 => With(Events.Ours(container, "x.pdf"), "url", address),
            10 => Convert.ToBase64String(Encoding.UTF8.GetBytes(With(Events.Grid(account, container, "x.pdf", "0x1"), "subject", address))),
            _ => With(Events.Grid(account, container, "x.pdf", "0x1"), "topic", address),
        };
    }

    private static string Garbage(Random random) => new([.. Enumerable.Range(0, random.Next(1, 400)).Select(_ => (char)random.Next(0x20, 0xD7FF))]);

    private static string With(string json, string field, string value)
    {
        var node = JsonNode.Parse(json)!;
        node[field] = value;
        return node.ToJsonString();
    }
}
