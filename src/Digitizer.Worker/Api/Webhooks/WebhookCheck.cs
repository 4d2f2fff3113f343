using System.Text.RegularExpressions;
using Digitizer.Failures;

namespace Digitizer.Worker.Api.Webhooks;

/// <summary>Finds all that is wrong with the settings of webhooks.</summary>
internal static partial class WebhookCheck
{
    private const string Section = "Service:Api:Webhooks";

    /// <summary>What is wrong with them, each with the setting and the cure; none if all is well.</summary>
    public static IEnumerable<string> Problems(IReadOnlyList<WebhookOptions> webhooks)
        => webhooks.SelectMany(Problems).Concat(webhooks.GroupBy(w => w.Name, StringComparer.Ordinal).Where(g => g.Count() > 1)
            .Select(twice => $"{Section} has {ShownName.Escape(twice.Key)} more than once; each needs a name of its own."));

    /// <summary>Sources that they name and that there are not.</summary>
    /// <param name="webhooks">The webhooks.</param>
    /// <param name="sources">Names of drop folders and of the API's sources.</param>
    public static IEnumerable<string> UnknownSources(IReadOnlyList<WebhookOptions> webhooks, IReadOnlyCollection<string> sources)
        => from webhook in webhooks
           from source in webhook.Sources
           where source != WebhookEvent.All && !sources.Contains(source)
           select $"{Section}: {ShownName.Escape(webhook.Name)} names the source {ShownName.Escape(source)}, which there is not; write names of drop folders or of Service:Api:Sources, or leave the setting out for all.";

    private static IEnumerable<string> Problems(WebhookOptions webhook)
    {
        var name = ShownName.Escape(webhook.Name);
        if (!Name().IsMatch(webhook.Name))
        {
            yield return $"{Section} has the name {name}; write 1 to 40 small letters, digits and hyphens.";
        }

        if (WebhookAddress.Problem(webhook.Address) is { } problem)
        {
            yield return $"{Section}: the address of {name} is {ShownName.Escape(webhook.Address)}: {problem}";
        }

        if (webhook.SecretFile.Length == 0)
        {
            yield return $"{Section}: {name} has no SecretFile; name a file with a line that 'openssl rand -hex 32' made.";
        }

        foreach (var unknown in webhook.Events.Where(e => e != WebhookEvent.All && !WebhookEvent.Names.Contains(e)))
        {
            yield return $"{Section}: {name} names the event {ShownName.Escape(unknown)}, which there is not; write names of {string.Join(", ", WebhookEvent.Names)}, or leave the setting out for all.";
        }
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,39}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
