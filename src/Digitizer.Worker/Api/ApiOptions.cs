using Digitizer.Worker.Api.Access;
using Digitizer.Worker.Api.Webhooks;

namespace Digitizer.Worker.Api;

/// <summary>The HTTP API, section <c>Service:Api</c> of the configuration file; without the section there is none.</summary>
internal sealed record ApiOptions : ApiAccessOptions
{
    /// <summary>Where it listens if section <c>Kestrel</c> names no endpoints.</summary>
    public string Listen { get; init; } = "http://127.0.0.1:8481";

    /// <summary>What systems may submit to; at least one.</summary>
    public IReadOnlyList<ApiSourceOptions> Sources { get; init; } = [];

    /// <summary>Systems that are told what happens.</summary>
    public IReadOnlyList<WebhookOptions> Webhooks { get; init; } = [];

    /// <summary>Serves the description of the API, <c>/openapi.json</c>, and a page to read it, <c>/reference</c>, to everybody who reaches the API.</summary>
    public bool Reference { get; init; } = true;
}

/// <summary>A source of submissions: what drop folders are for scanners.</summary>
internal sealed record ApiSourceOptions
{
    /// <summary>How people and the journal call it: small letters, digits, hyphens; no drop folder may have the same name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Rule profile of its documents where a submission names none.</summary>
    public string Profile { get; init; } = "tthc";

    /// <summary>Lower goes first.</summary>
    public int Priority { get; init; } = 100;
}
