using System.Net;
using Digitizer.Failures;
using Microsoft.Extensions.Configuration;

namespace Digitizer.Worker.Api.Access;

/// <summary>Reads the options of the API's gate, and finds all that is wrong with them.</summary>
internal static class ApiAccessCheck
{
    private const string Section = "Service:Api";
    private const string ExampleIssuer = "https://dangnhap.tinh.gov.vn/realms/tinh";

    /// <summary>The options of a configuration that was found right.</summary>
    public static ApiOptions OptionsOf(IConfigurationSection? section) => Read(section, []);

    /// <summary>Reads section <c>Service:Api</c>.</summary>
    /// <param name="section">The section; null, or one that is not there: what holds by default.</param>
    /// <param name="problems">Gets what is wrong, each with the setting and the cure.</param>
    public static ApiOptions Read(IConfigurationSection? section, ICollection<string> problems)
    {
        var options = new ApiOptions();
        try
        {
            options = section?.Get<ApiOptions>(binder => binder.ErrorOnUnknownConfiguration = true) ?? options;
        }
        catch (InvalidOperationException e)
        {
            problems.Add($"{Section}: {(e.InnerException ?? e).Message}");
        }

        foreach (var problem in Problems(options).Concat(section?.Exists() == true ? ApiCheck.Problems(options) : []))
        {
            problems.Add(problem);
        }

        return options;
    }

    /// <summary>What is wrong with them; none if all is well.</summary>
    public static IEnumerable<string> Problems(ApiAccessOptions options)
        => options.Proxies.Where(proxy => !IPAddress.TryParse(proxy, out _))
            .Select(proxy => $"{Section}:Proxies holds {ShownName.Escape(proxy)}; write IP addresses such as 127.0.0.1.")
            .Concat(options.Tokens is { } tokens ? TokenProblems(tokens) : []);

    private static IEnumerable<string> TokenProblems(TokenOptions tokens)
    {
        const string Tokens = $"{Section}:Tokens";
        if (tokens.Issuer.Length == 0)
        {
            yield return $"{Tokens}:Issuer is missing; write the iss of the tokens, such as {ExampleIssuer}.";
        }

        if (tokens.Audience.Length == 0)
        {
            yield return $"{Tokens}:Audience is missing; write the aud that the issuer gives tokens for this service, such as digitizer.";
        }

        if ((tokens.KeysFile is null) == (tokens.KeysAddress is null))
        {
            yield return $"{Tokens} needs one of KeysFile and KeysAddress; name the file or the https address of the issuer's public keys (JWKS).";
        }

        if (tokens.KeysAddress is { } address && !IsHttps(address))
        {
            yield return $"{Tokens}:KeysAddress is {ShownName.Escape(address)}; write an address that begins with https://, or keep the keys in a file and name it with KeysFile.";
        }

        foreach (var claim in new[] { ("RightsClaim", tokens.RightsClaim), ("SourcesClaim", tokens.SourcesClaim), ("DossiersClaim", tokens.DossiersClaim) }.Where(claim => claim.Item2.Length == 0))
        {
            yield return $"{Tokens}:{claim.Item1} is empty; write the name of a claim, or leave the setting out.";
        }
    }

    private static bool IsHttps(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.UserInfo.Length == 0;
}
