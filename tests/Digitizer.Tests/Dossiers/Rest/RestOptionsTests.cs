using System.Net;
using System.Net.Security;
using System.Text.Json.Nodes;
using Digitizer.Dossiers.Rest;
using Digitizer.Network;
using Digitizer.Tests.Support;
using Digitizer.Workspace;

namespace Digitizer.Tests.Dossiers.Rest;

public sealed class RestOptionsTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var secret = folder.File("secret", "x");
        File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        var options = new RestDossierOptions { Address = "http://kho.example/api", Style = RestStyle.Link, CallTimeout = TimeSpan.Zero };
        options.Files.Add("exe");
        options.Access.Kind = RestAccessKind.OAuth2;
        options.Access.SecretFile = secret;
        options.Attach.Path = "/dossiers/{dosier}";
        options.Attach.Body = "{";
        options.Find.Headers["X-Key"] = "{nobody}";
        options.Reply.Code = "error code";
        options.Reply.DocumentHash = "";
        var problems = string.Join('\n', RestOptionsCheck.Problems(options));
        Assert.All(
            ["end with a slash", "http lets everybody", "CallTimeout", "Files:", "Links:PublicAddress", "Links:SecretFile", "{dosier}", "without a slash", "Attach:Body", "{nobody}", "error code", "DocumentHash"],
            part => Assert.Contains(part, problems, StringComparison.Ordinal));
    }

    [Fact]
    public void A_secret_that_everybody_may_read_is_a_problem()
    {
        var secret = folder.File("secret", "x");
        File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Contains("chmod 600", SecretFile.Problem(secret), StringComparison.Ordinal);
        File.SetUnixFileMode(secret, UnixFileMode.UserRead);
        Assert.Null(SecretFile.Problem(secret));
    }

    [Theory]
    [InlineData(RestStyle.Upload, true)]
    [InlineData(RestStyle.Upload, false)]
    [InlineData(RestStyle.Link, true)]
    public void The_defaults_are_right(RestStyle style, bool keyed)
    {
        var options = new RestDossierOptions { Address = "https://kho.example/api/", Style = style, Keyed = keyed };
        options.Links.PublicAddress = "https://digitizer.example/";
        options.Links.SecretFile = folder.File("links", new string('x', 48));
        File.SetUnixFileMode(options.Links.SecretFile, UnixFileMode.UserRead);
        Assert.Empty(RestOptionsCheck.Problems(options));
    }

    [Theory]
    [InlineData("a/b?c#d", "x/a%2Fb%3Fc%23d")]
    [InlineData("..", "x/..")]
    [InlineData("{name}", "x/%7Bname%7D")]
    public void Values_stay_in_their_place_in_a_path(string value, string path) => Assert.Equal(path, RestTemplate.Path("x/{name}", _ => value));

    [Fact]
    public void Values_stay_strings_in_a_body()
    {
        const string Hostile = "\",\"admin\":\"true";
        var body = RestTemplate.Body("""{"a":{"b":["{name}",1,null,true]},"c":"x-{name}"}""", _ => Hostile);
        Assert.Equal(Hostile, (string?)body["a"]!["b"]![0]);
        Assert.Equal("x-" + Hostile, (string?)body["c"]);
        Assert.Equal(2, JsonNode.Parse(body.ToJsonString())!.AsObject().Count);
    }

    [Theory]
    [InlineData("data.items[1].id", "7")]
    [InlineData("data.items[2].id", null)]
    [InlineData("data.items", null)]
    [InlineData("data.items.id", null)]
    [InlineData("", null)]
    public void Paths_find_single_values_only(string path, string? value)
        => Assert.Equal(value, JsonPath.Text(JsonNode.Parse("""{"data":{"items":[{"id":"5"},{"id":7}]}}"""), path));

    [Theory]
    [InlineData("10.1.2.3", "kho.example", true)]
    [InlineData("8.8.8.8", "kho.example", true)]
    [InlineData("127.0.0.1", "kho.example", false)]
    [InlineData("::1", "kho.example", false)]
    [InlineData("::ffff:127.0.0.1", "kho.example", false)]
    [InlineData("127.0.0.1", "localhost", true)]
    [InlineData("169.254.169.254", "kho.example", false)]
    [InlineData("::ffff:169.254.169.254", "kho.example", false)]
    [InlineData("0.0.0.0", "kho.example", false)]
    [InlineData("224.0.0.1", "kho.example", false)]
    [InlineData("fe80::1", "kho.example", false)]
    [InlineData("2001:db8::1", "kho.example", true)]
    public void Only_addresses_that_a_dossier_system_may_have_are_connected_to(string address, string host, bool may)
        => Assert.Equal(may, Outbound.MayBe(IPAddress.Parse(address), host));

    [Fact]
    public async Task A_host_that_is_not_configured_is_not_connected_to()
    {
        using var client = new HttpClient(Outbound.CreateHandler([new Uri("http://127.0.0.1:1/")], new SslClientAuthenticationOptions(), TimeSpan.FromSeconds(5)));
        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri("http://127.0.0.1:2/")));
        Assert.Contains("not configured", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "Done")]
    [InlineData(201, "Done")]
    [InlineData(302, "No")]
    [InlineData(400, "No")]
    [InlineData(401, "NoAccess")]
    [InlineData(404, "Absent")]
    [InlineData(408, "Unclear")]
    [InlineData(409, "Exists")]
    [InlineData(412, "Exists")]
    [InlineData(429, "Busy")]
    [InlineData(500, "Unclear")]
    [InlineData(503, "Unclear")]
    [InlineData(504, "Unclear")]
    public void Statuses_mean_no_more_than_what_is_certain(int status, string meaning)
        => Assert.Equal(meaning, new RestAnswers(new RestReplyOptions(), busyMeansUntouched: false).Meaning(new RestReply.Answer(status)).ToString());

    [Fact]
    public void Codes_count_where_the_status_is_always_200()
    {
        var names = new RestReplyOptions { Code = "error_code" };
        names.DoneCodes.Add("0");
        names.ExistsCodes.Add("DA_TON_TAI");
        names.BusyCodes.Add("99");
        var answers = new RestAnswers(names, busyMeansUntouched: false);
        Assert.Equal(RestMeaning.Done, Meaning("\"0\""));
        Assert.Equal(RestMeaning.Done, Meaning("0"));
        Assert.Equal(RestMeaning.Exists, Meaning("\"DA_TON_TAI\""));
        Assert.Equal(RestMeaning.Busy, Meaning("99"));
        Assert.Equal(RestMeaning.No, Meaning("5"));
        Assert.Equal(RestMeaning.Unclear, answers.Meaning(new RestReply.Answer(200)));

        RestMeaning Meaning(string code) => answers.Meaning(new RestReply.Answer(200) { Json = JsonNode.Parse($$"""{"error_code":{{code}}}""") });
    }

    [Fact]
    public void A_digest_may_be_hex_or_Base64()
    {
        var hex = new string('0', 62) + "aB";
        Assert.Equal(hex.ToLowerInvariant(), RestAnswers.Hex(hex));
        Assert.Equal(hex.ToLowerInvariant(), RestAnswers.Hex(Convert.ToBase64String(Convert.FromHexString(hex))));
        Assert.Null(RestAnswers.Hex("abc"));
        Assert.Null(RestAnswers.Hex(null));
    }
}
