using System.Net;
using System.Text.RegularExpressions;
using Digitizer.Failures;
using Digitizer.Worker.Api.Webhooks;

namespace Digitizer.Worker.Api;

/// <summary>Finds all that is wrong with the settings of the API.</summary>
internal static partial class ApiCheck
{
    private const string Section = "Service:Api";

    /// <summary>What is wrong with them, each with the setting and the cure; none if all is well.</summary>
    public static IEnumerable<string> Problems(ApiOptions options)
    {
        if (EndpointOf(options.Listen) is null)
        {
            yield return $"{Section}:Listen is {ShownName.Escape(options.Listen)}; write an IP address and a port such as http://127.0.0.1:8481. For https use section Kestrel.";
        }
        else if (!IPAddress.IsLoopback(EndpointOf(options.Listen)!.Address) && !options.AllowPlainHttp)
        {
            yield return $"{Section}:Listen is {ShownName.Escape(options.Listen)}: everybody on the way could read keys and papers. Write http://127.0.0.1 behind a reverse proxy, or https and a certificate in section Kestrel, or set {Section}:AllowPlainHttp.";
        }

        if (options.Sources.Count == 0)
        {
            yield return $"{Section}:Sources names no source; name at least one that systems may submit to.";
        }

        foreach (var source in options.Sources)
        {
            if (!Name().IsMatch(source.Name))
            {
                yield return $"{Section}:Sources has the name {ShownName.Escape(source.Name)}; write 1 to 40 small letters, digits and hyphens.";
            }

            if (!Profiles.Known.Contains(source.Profile, StringComparer.Ordinal))
            {
                yield return $"{Section}:Sources: profile {ShownName.Escape(source.Profile)} of {ShownName.Escape(source.Name)} is not known; write one of {string.Join(", ", Profiles.Known)}.";
            }

            if (source.Priority is < 0 or > 1000)
            {
                yield return $"{Section}:Sources: the priority of {ShownName.Escape(source.Name)} is {source.Priority}; write a number from 0 to 1000.";
            }
        }

        foreach (var twice in options.Sources.GroupBy(s => s.Name, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            yield return $"{Section}:Sources has {ShownName.Escape(twice.Key)} more than once; each needs a name of its own.";
        }

        foreach (var problem in WebhookCheck.Problems(options.Webhooks))
        {
            yield return problem;
        }
    }

    /// <summary>An http address as an endpoint; null if it is none.</summary>
    public static IPEndPoint? EndpointOf(string address)
        => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp && IPAddress.TryParse(uri.Host, out var host) ? new IPEndPoint(host, uri.Port) : null;

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,39}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
