using System.Net;
using Digitizer.Tests.Support;
using Digitizer.Worker.Api.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Digitizer.EndToEndTests.Api;

/// <summary>The gate on a real server with endpoints that do nothing, and a second address that is not the API's.</summary>
internal sealed class GateUnderTest : IAsyncDisposable
{
    public const string Dossier = "000.00.01.H29-260310-0420";

    private readonly TempFolder folder = new();
    private WebApplication? app;
    private ApiGate? gate;

    public GateUnderTest()
    {
        Issuer = new TestIssuer(folder["issuer.json"]);
        Keys = ApiKeyFile.In(folder.Path);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 10, 8, 0, 0, TimeSpan.Zero));

    public LogLines Log { get; } = new();

    public TestIssuer Issuer { get; }

    public ApiKeyFile Keys { get; }

    /// <summary>Lets uploads end; closed by a test that needs some under way.</summary>
    public TaskCompletionSource Uploads { get; set; } = Open();

    /// <summary>Counts the uploads that have come to their endpoint.</summary>
    public SemaphoreSlim UploadBegun { get; } = new(0);

    /// <summary>Talks to the API's address.</summary>
    public HttpClient Api { get; private set; } = null!;

    /// <summary>Talks to the address of the health pages.</summary>
    public HttpClient Other { get; private set; } = null!;

    public string State => folder.Path;

    public static async Task<GateUnderTest> StartAsync(Func<GateUnderTest, ApiAccessOptions>? options = null, IConfigurationSection? kestrelSection = null, HttpMessageHandler? network = null)
    {
        var started = new GateUnderTest();
        await started.StartAsync(options?.Invoke(started) ?? new ApiAccessOptions { Tokens = started.Issuer.Options }, kestrelSection, network);
        return started;
    }

    /// <summary>Gives out a key.</summary>
    /// <returns>Its text.</returns>
    public string Give(
        Right rights = Right.Submit | Right.Read | Right.Act, string source = Grant.All, string dossier = Grant.All, CallerLimits? limits = null, DateTimeOffset? expires = null, DateTimeOffset? revoked = null)
    {
        var text = KeyText.Create();
        var key = new ApiKey(text.Id, "Quầy 1", Time.GetUtcNow(), expires, revoked, text.Sha256, new Grant(rights, [source], [dossier], limits ?? CallerLimits.Default));
        Keys.Change(keys => [.. keys, key]);
        Time.Advance(TimeSpan.FromSeconds(1));
        return text.Reveal();
    }

    public Task<HttpResponseMessage> GetAsync(string path, string? bearer = null, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, bearer, headers: headers);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? bearer = null, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        if (bearer is not null)
        {
            Assert.True(request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {bearer}"));
        }

        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        return await Api.SendAsync(request);
    }

    /// <summary>The status of an answer whose body is empty.</summary>
    public async Task<int> StatusAsync(string path, string? bearer = null, params (string Name, string Value)[] headers)
    {
        using var answer = await GetAsync(path, bearer, headers);
        Assert.True(answer.IsSuccessStatusCode || (await answer.Content.ReadAsByteArrayAsync()).Length == 0, $"{path}: {answer}");
        return (int)answer.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        Uploads.TrySetResult();
        Api.Dispose();
        Other.Dispose();
        await app!.DisposeAsync();
        gate!.Dispose();
        Issuer.Dispose();
        UploadBegun.Dispose();
        folder.Dispose();
    }

    private static TaskCompletionSource Open()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }

    private async Task StartAsync(ApiAccessOptions options, IConfigurationSection? kestrelSection, HttpMessageHandler? network)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(Log).SetMinimumLevel(LogLevel.Trace);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            if (kestrelSection is null)
            {
                kestrel.Listen(IPAddress.Loopback, 0, listen => listen.MarkAsApi());
            }
            else
            {
                kestrel.ListenForApi(kestrelSection);
            }

            kestrel.Listen(IPAddress.Loopback, 0);
        });
        app = builder.Build();
        gate = ApiGate.Create(options, State, Time, app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("gate"), network);
        gate.PutBefore(app);
        Map(app);
        await app.StartAsync();
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToList();
        Api = Client(addresses.Find(address => kestrelSection is null || address.StartsWith("https:", StringComparison.Ordinal))!);
        Other = Client(addresses.Find(address => address != Api.BaseAddress!.OriginalString)!);
    }

    private void Map(WebApplication mapped)
    {
        mapped.MapGet("/v1/units", (HttpContext context, string? source, string? dossier) => context.Caller().MaySee(source ?? "quay", dossier) ? TypedResults.Ok(context.Caller().Id) : (IResult)TypedResults.NotFound())
            .WithMetadata(new Needs(Right.Read));
        mapped.MapPost("/v1/uploads", TakeAsync).WithMetadata(new Needs(Right.Submit, IsUpload: true));
        mapped.MapPost("/v1/acts", async (HttpContext context) =>
        {
            using var reader = new StreamReader(context.Request.Body);
            await reader.ReadToEndAsync();
        }).WithMetadata(new Needs(Right.Act));
        mapped.MapGet("/v1/whoami", (HttpContext context) => context.Caller().Id).WithMetadata(new Needs(Right.None));
        mapped.MapGet("/v1/fault", void () => throw new InvalidOperationException("details of ours")).WithMetadata(new Needs(Right.Read));
        mapped.MapGet("/v1/undeclared", () => "never");
        mapped.MapGet("/v1/open", () => "open").WithMetadata(Needs.Nobody);
        mapped.MapGet("/health/live", () => "alive");
    }

    private async Task<IResult> TakeAsync(HttpContext context, string? source, string? dossier)
    {
        var caller = context.Caller();
        if (!caller.MaySubmitTo(source ?? "quay") || (dossier is not null && !caller.MayName(dossier)))
        {
            return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        }

        await context.Request.Body.CopyToAsync(Stream.Null);
        UploadBegun.Release();
        await Uploads.Task;
        return TypedResults.Ok();
    }

    private static HttpClient Client(string address) => new(new SocketsHttpHandler { AllowAutoRedirect = false, SslOptions = { RemoteCertificateValidationCallback = TestCertificate.IsOurs } })
    {
        BaseAddress = new Uri(address),
    };
}
