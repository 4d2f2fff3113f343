using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;

namespace Digitizer.Worker.Api.Access;

/// <summary>Tells the API's connections from those of health pages, control socket and files: what belongs to one is not found on the other.</summary>
internal static class ApiConnections
{
    private static readonly object Mark = new();

    /// <summary>Makes this address one of the API's.</summary>
    public static ListenOptions MarkAsApi(this ListenOptions listen)
    {
        listen.Use(next => connection =>
        {
            connection.Items[Mark] = true;
            return next(connection);
        });
        return listen;
    }

    /// <summary>Listens where ASP.NET's own section <c>Kestrel</c> says, with its certificates; all of it is the API's.</summary>
    /// <param name="kestrel">The server; for https it needs <c>UseKestrelHttpsConfiguration</c>.</param>
    /// <param name="section">The section; nothing is done where it is not there.</param>
    public static void ListenForApi(this KestrelServerOptions kestrel, IConfigurationSection section)
    {
        var loader = kestrel.Configure(section);
        foreach (var endpoint in section.GetSection("Endpoints").GetChildren())
        {
            loader.Endpoint(endpoint.Key, configured => configured.ListenOptions.MarkAsApi());
        }
    }

    /// <summary>True if the request came over one of the API's connections.</summary>
    public static bool IsOfApi(this HttpContext context) => context.Features.Get<IConnectionItemsFeature>()?.Items.ContainsKey(Mark) == true;
}
