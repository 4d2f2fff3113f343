using Microsoft.AspNetCore.Http;

namespace Digitizer.Worker.Api.Access;

/// <summary>Headers of every answer of the API: browsers guess no types, show nothing in frames, run nothing and keep nothing.</summary>
internal static class ApiHeaders
{
    /// <summary>Sets them; an endpoint may set its own instead.</summary>
    public static void Set(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
    }
}
