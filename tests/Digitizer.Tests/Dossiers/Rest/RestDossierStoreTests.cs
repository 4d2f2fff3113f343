using Digitizer.Dossiers;
using Digitizer.Dossiers.Rest;
using Digitizer.Tests.Support;
using DossierServer;

namespace Digitizer.Tests.Dossiers.Rest;

public sealed class RestDossierStoreTests : IAsyncLifetime, IDisposable
{
    private readonly TempFolder folder = new();
    private DossierAttachments attachments = null!;
    private DossierSystem? system;

    public Task InitializeAsync()
    {
        attachments = new DossierAttachments(folder);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        if (system is not null)
        {
            await system.DisposeAsync();
        }
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("ApiKey")]
    [InlineData("Basic")]
    [InlineData("OAuth2")]
    [InlineData("Session")]
    public async Task It_says_who_it_is_in_every_way_and_a_wrong_secret_only_makes_it_wait(string kind)
    {
        var access = Enum.Parse<AccessKind>(kind);
        await StartAsync(o => o.Access = access);
        Assert.IsType<AttachReply.Attached>(await AttachAsync(system!.Store(o => Enter(o, kind)), 1));

        Assert.IsType<AttachReply.Unavailable>(await AttachAsync(system.Store(o => Enter(o, kind, "wrong")), 2));
        Assert.Single(system.Archive.Applied);
    }

    [Theory]
    [InlineData("OAuth2")]
    [InlineData("Session")]
    public async Task A_token_is_kept_for_all_calls_and_fetched_anew_when_it_ends_early(string kind)
    {
        await StartAsync(o => o.Access = Enum.Parse<AccessKind>(kind));
        var store = system!.Store(o => Enter(o, kind));
        await AttachAsync(store, 1);
        await AttachAsync(store, 2);
        Assert.Equal(1, system.Access.Given);

        system.Access.EndAll();
        Assert.IsType<AttachReply.Attached>(await AttachAsync(store, 3));
        Assert.Equal(2, system.Access.Given);
        system.Order(FaultKind.Unauthorized, on: "attach");
        Assert.IsType<AttachReply.Attached>(await AttachAsync(store, 4));
        Assert.Equal((3, 4), (system.Access.Given, system.Archive.Applied.Count));
    }

    [Fact]
    public async Task A_token_is_not_used_in_its_last_seconds()
    {
        await StartAsync(o => (o.Access, o.TokenSeconds) = (AccessKind.OAuth2, 100));
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UnixEpoch);
        var store = system!.Store(o => Enter(o, "OAuth2"), time);
        await AttachAsync(store, 1);
        time.Advance(TimeSpan.FromSeconds(69));
        await AttachAsync(store, 2);
        Assert.Equal(1, system.Access.Given);
        time.Advance(TimeSpan.FromSeconds(2));
        await AttachAsync(store, 3);
        Assert.Equal(2, system.Access.Given);
    }

    [Theory]
    [InlineData("Forbidden", "Refused")]
    [InlineData("Redirect", "Refused")]
    [InlineData("TooMany", "Unavailable")]
    [InlineData("Busy", "Uncertain")]
    [InlineData("ErrorBefore", "Uncertain")]
    [InlineData("ErrorAfter", "Uncertain")]
    [InlineData("ResetBefore", "Uncertain")]
    [InlineData("ResetAfter", "Uncertain")]
    [InlineData("Garbled", "Uncertain")]
    [InlineData("Cut", "Uncertain")]
    [InlineData("WrongDigest", "Uncertain")]
    [InlineData("Conflict", "Uncertain")]
    [InlineData("Twice", "WasThere")]
    [InlineData("Slow", "Uncertain")]
    public async Task Each_way_to_fail_while_attaching_has_its_reply_and_is_not_repeated(string fault, string reply)
    {
        await StartAsync();
        system!.Order(Enum.Parse<FaultKind>(fault), milliseconds: 800);
        var got = await AttachAsync(system.Store(o => o.CallTimeout = TimeSpan.FromMilliseconds(400)), 1);
        Assert.Equal(reply, got.GetType().Name);
        Assert.Equal(1, system.Faults.Calls["attach"]);
    }

    [Theory]
    [InlineData("ResetBefore")]
    [InlineData("ResetAfter")]
    [InlineData("ErrorAfter")]
    [InlineData("Busy")]
    [InlineData("Cut")]
    public async Task What_attaches_nothing_is_repeated(string fault)
    {
        await StartAsync();
        var store = system!.Store();
        system.Order(Enum.Parse<FaultKind>(fault), on: "upload");
        Assert.IsType<AttachReply.Attached>(await AttachAsync(store, 1));
        system.Order(Enum.Parse<FaultKind>(fault), on: "find");
        Assert.IsType<FindReply.Found>(await store.FindAsync(DossierAttachments.Dossier, attachments.Create(1).Key, CancellationToken.None));
        Assert.Equal((4, 2), (system.Faults.Calls["upload"], system.Faults.Calls["find"]));
    }

    [Fact]
    public async Task A_file_that_arrives_damaged_is_not_attached()
    {
        await StartAsync();
        system!.Order(FaultKind.WrongDigest, on: "upload");
        Assert.IsType<AttachReply.Unavailable>(await AttachAsync(system.Store(), 1));
        Assert.False(system.Faults.Calls.ContainsKey("attach"));
    }

    [Theory]
    [InlineData("ErrorBefore", true)]
    [InlineData("Garbled", true)]
    [InlineData("TooMany", false)]
    [InlineData("Busy", false)]
    public async Task A_failed_hand_over_says_if_others_would_fare_the_same(string fault, bool isOnlyThis)
    {
        await StartAsync();
        system!.Order(Enum.Parse<FaultKind>(fault), on: "upload", retryAfter: 120);
        var reply = Assert.IsType<AttachReply.Unavailable>(await AttachAsync(system.Store(o => o.Repeats = 0), 1));
        Assert.Equal(isOnlyThis, reply.IsOnlyThis);
        Assert.Equal(fault is "TooMany" or "Busy" ? TimeSpan.FromSeconds(120) : null, reply.RetryAfter);
    }

    [Fact]
    public async Task A_file_that_was_changed_on_our_disk_is_not_attached()
    {
        await StartAsync();
        var document = attachments.Create(1);
        File.AppendAllText(document.Files.Text.Path, "!");
        Assert.IsNotType<AttachReply.Attached>(await system!.Store().AttachAsync(document, CancellationToken.None));
        Assert.Empty(system.Archive.Applied);
    }

    [Fact]
    public async Task A_web_page_is_no_answer_to_the_question_if_it_is_there()
    {
        await StartAsync();
        system!.Order(FaultKind.Page, on: "find");
        Assert.IsType<FindReply.NoAnswer>(await system.Store(o => o.Repeats = 0).FindAsync(DossierAttachments.Dossier, attachments.Create(1).Key, CancellationToken.None));
    }

    [Fact]
    public async Task Nobody_listening_is_unavailable_and_after_some_failures_it_is_left_alone()
    {
        await StartAsync();
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UnixEpoch);
        var store = system!.Store(o => (o.Repeats, o.Address) = (0, "http://127.0.0.1:9/"), time);
        var replies = new List<AttachReply.Unavailable>();
        for (var i = 0; i < 8; i++)
        {
            replies.Add(Assert.IsType<AttachReply.Unavailable>(await AttachAsync(store, 1)));
        }

        Assert.Null(replies[0].RetryAfter);
        Assert.InRange(replies[7].RetryAfter!.Value.TotalSeconds, 1, 15);
    }

    [Fact]
    public async Task A_system_that_answers_200_to_everything_is_understood_by_its_codes()
    {
        await StartAsync(o => o.Access = AccessKind.Session);
        var store = system!.Store(o =>
        {
            Enter(o, "Session", "wrong");
            o.Reply.Code = "error_code";
            o.Reply.DoneCodes.Add("0");
        });

        // The login of this style says "1" with status 200 and no session.
        Assert.IsType<AttachReply.Unavailable>(await AttachAsync(store, 1));
    }

    [Fact]
    public async Task A_system_with_ids_of_its_own_cannot_replace()
    {
        await StartAsync();
        var store = system!.Store(o => o.Keyed = false);
        var second = attachments.Create(1, revision: 2, supersedes: attachments.Create(1));
        Assert.IsType<AttachReply.Refused>(await store.AttachAsync(second, CancellationToken.None));
        Assert.Empty(system.Archive.Applied);
    }

    private async Task StartAsync(Action<ServerOptions>? change = null) => system = await DossierSystem.StartAsync(folder["system"], change);

    private Task<AttachReply> AttachAsync(RestDossierStore store, int seed) => store.AttachAsync(attachments.Create(seed), CancellationToken.None);

    private void Enter(RestDossierOptions options, string kind, string secret = "only-for-trying")
    {
        var file = folder.File("secret-" + secret, secret + "\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        options.Access.Kind = Enum.Parse<RestAccessKind>(kind);
        options.Access.SecretFile = file;
        options.Access.User = "digitizer";
        options.Access.Header = kind switch { "ApiKey" => "X-Api-Key", "Session" => "X-Session", _ => "" };
        options.Access.Address = kind == "OAuth2" ? "oauth/token" : "login";
    }
}
