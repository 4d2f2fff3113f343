using System.Collections.Concurrent;
using Digitizer.Dossiers;
using Digitizer.Dossiers.Rest;
using DossierServer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Digitizer.Tests.Support;

/// <summary>The sample dossier server on a free port of this machine, and stores that speak with it over real HTTP.</summary>
internal sealed class DossierSystem : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly List<RestDossierStore> stores = [];
    private DossierLinkHost? links;

    private DossierSystem(WebApplication app) => this.app = app;

    public string Address => app.Urls.Single() + "/";

    public Archive Archive => app.Services.GetRequiredService<Archive>();

    public Faults Faults => app.Services.GetRequiredService<Faults>();

    public Access Access => app.Services.GetRequiredService<Access>();

    /// <summary>Deliveries of which the dossiers hold more than one copy.</summary>
    public int Doubles => Archive.Applied.GroupBy(d => d.Key).Count(g => g.Count() > 1);

    public static async Task<DossierSystem> StartAsync(string data, Action<ServerOptions>? change = null)
    {
        var options = new ServerOptions { Url = "http://127.0.0.1:0", Data = data };
        change?.Invoke(options);
        var app = DossierApp.Create(options);
        await app.StartAsync();
        return new DossierSystem(app);
    }

    /// <summary>Orders a failure.</summary>
    public void Order(FaultKind kind, string on = "attach", int count = 1, int milliseconds = 100, int retryAfter = 1)
        => Faults.Order([new Fault(kind, on, count, milliseconds, retryAfter)]);

    /// <summary>A store of style Upload.</summary>
    public RestDossierStore Store(Action<RestDossierOptions>? change = null, TimeProvider? time = null)
    {
        var options = new RestDossierOptions { Address = Address, RepeatDelay = TimeSpan.FromMilliseconds(10) };
        change?.Invoke(options);
        Assert.Empty(RestOptionsCheck.Problems(options));
        return Keep(new RestDossierStore(options, null, time ?? TimeProvider.System, NullLogger<RestDossierStore>.Instance));
    }

    /// <summary>A store of style Link; the files are fetched from a host of our own.</summary>
    public async Task<(RestDossierStore Store, DossierLinkHost Host)> LinkStoreAsync()
    {
        links = await DossierLinkHost.StartAsync();
        var options = new RestDossierOptions { Address = Address, Style = RestStyle.Link };
        return (Keep(new RestDossierStore(options, links.Links, TimeProvider.System, NullLogger<RestDossierStore>.Instance)), links);
    }

    public async ValueTask DisposeAsync()
    {
        stores.ForEach(s => s.Dispose());
        await app.DisposeAsync();
        if (links is not null)
        {
            await links.DisposeAsync();
        }
    }

    private RestDossierStore Keep(RestDossierStore store)
    {
        stores.Add(store);
        return store;
    }
}

/// <summary>Gives files to whoever has a good link.</summary>
internal sealed class DossierLinkHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<LinkedFile, string> files = new();

    private DossierLinkHost(WebApplication app, FileLinks links) => (this.app, Links) = (app, links);

    public FileLinks Links { get; }

    public static async Task<DossierLinkHost> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var app = builder.Build();
        DossierLinkHost? host = null;
        app.MapGet("/files/{document}/{revision}/{kind}", (string document, string revision, string kind, string? expires, string? signature)
            => host!.Links.Check(document, revision, kind, expires, signature) is { } file && host.files.TryGetValue(file, out var path) ? (IResult)TypedResults.PhysicalFile(path) : TypedResults.NotFound());
        await app.StartAsync();
        host = new DossierLinkHost(app, new FileLinks(new Uri(app.Urls.Single() + "/"), [new byte[32]], TimeSpan.FromHours(1), TimeProvider.System));
        return host;
    }

    public void Offer(Attachment attachment)
    {
        foreach (var (kind, file) in attachment.Files.All)
        {
            files[new LinkedFile(attachment.Key, kind)] = file.Path;
        }
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
