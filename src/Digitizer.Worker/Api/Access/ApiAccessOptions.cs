namespace Digitizer.Worker.Api.Access;

/// <summary>Who may call the API besides the bearers of keys, section <c>Service:Api</c> of the configuration file.</summary>
internal record ApiAccessOptions
{
    /// <summary>Tokens of an identity provider; null: none are taken.</summary>
    public TokenOptions? Tokens { get; init; }

    /// <summary>Addresses of reverse proxies, whose word is taken for the address of the caller (<c>X-Forwarded-For</c>).</summary>
    public IReadOnlyList<string> Proxies { get; init; } = [];

    /// <summary>Allows the API to be called from other machines without https. Everybody on the way can then read keys and papers.</summary>
    public bool AllowPlainHttp { get; init; }
}

/// <summary>Whose tokens are taken, section <c>Service:Api:Tokens</c>.</summary>
internal sealed record TokenOptions
{
    /// <summary>The <c>iss</c> of the tokens, to the letter.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>One of the <c>aud</c> of the tokens, to the letter: that they were given out for this service.</summary>
    public string Audience { get; init; } = "";

    /// <summary>File with the issuer's public keys (a JWKS), for servers that reach no other; read again when it changes.</summary>
    public string? KeysFile { get; init; }

    /// <summary>Address of the issuer's public keys (a JWKS), https; fetched when they are needed, and kept for an hour.</summary>
    public string? KeysAddress { get; init; }

    /// <summary>Claim with what the bearer may do: <c>submit</c>, <c>read</c>, <c>act</c>.</summary>
    public string RightsClaim { get; init; } = "digitizer_rights";

    /// <summary>Claim with the sources that it may submit to and see.</summary>
    public string SourcesClaim { get; init; } = "digitizer_sources";

    /// <summary>Claim with the dossiers that it may name and see.</summary>
    public string DossiersClaim { get; init; } = "digitizer_dossiers";
}
