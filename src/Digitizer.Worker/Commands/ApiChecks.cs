using System.Globalization;
using System.Net.Sockets;
using Digitizer.Failures;
using Digitizer.Service;
using Digitizer.Worker.Api.Access;
using Digitizer.Worker.Api.Webhooks;
using Digitizer.Worker.Terminal;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Digitizer.Worker.Commands;

/// <summary>What <c>check</c> says about who may call the API.</summary>
internal static class ApiChecks
{
    /// <summary>Nothing where the API is not configured; else its addresses and keys, and the keys that sign tokens, which are fetched as the service would.</summary>
    public static async Task<IReadOnlyList<Finding>> RunAsync(IConfigurationSection kestrel, ServiceOptions options, TimeProvider time)
    {
        if (options.Api?.Exists() != true && !kestrel.Exists())
        {
            return [];
        }

        var api = ApiAccessCheck.OptionsOf(options.Api);
        var tokens = api.Tokens;
        return
        [
            .. kestrel.Exists() ? new[] { await TryAsync("API addresses", () => Task.FromResult(string.Join("; ", ApiAddressCheck.Certificates(kestrel, time).Select(ShownName.Escape)))) } : [],
            await TryAsync("API keys", () => Task.FromResult(Keys(options, tokens, time))),
            .. tokens is null ? [] : new[] { await TryAsync("API tokens", async () => Tokens(tokens, await SignersAsync(tokens, time))) },
            .. await Task.WhenAll(api.Webhooks.Select(webhook => TryAsync($"webhook {webhook.Name}", () => WebhookAsync(webhook)))),
        ];
    }

    private static string Keys(ServiceOptions options, TokenOptions? tokens, TimeProvider time)
    {
        var keys = Directory.Exists(options.State) ? ApiKeyFile.In(options.State).Read() : [];
        var usable = keys.Count(key => key.IsUsable(time.GetUtcNow()));
        return usable == 0 && tokens is null
            ? "none can be used yet, so that other machines are refused; give one out with 'digitizer keys add'"
            : string.Create(CultureInfo.InvariantCulture, $"{usable} of {keys.Count} can be used");
    }

    private static string Tokens(TokenOptions tokens, KeySet signers) => $"taken of {ShownName.Escape(tokens.Issuer)}, signed by one of {Counted.Of(signers.Count, "key")}";

    // Nothing is sent: only what its receiver must be called with is looked at.
    private static async Task<string> WebhookAsync(WebhookOptions webhook)
    {
        var (host, secrets) = (new Uri(webhook.Address).IdnHost, WebhookSecrets.Read(Path.GetFullPath(webhook.SecretFile)));
        try
        {
            await WebhookNetwork.Own.AddressesAsync(host, CancellationToken.None);
        }
        catch (Exception e) when (e is SocketException or ForeignAddressException)
        {
            throw new DigitizerException(FailureKind.ConfigurationInvalid, $"{ShownName.Escape(host)} cannot be called: {ShownName.Escape(e.Message)} Put right the name service, or the address of the webhook.", e);
        }

        return $"told at {ShownName.Escape(webhook.Address)}, signed by {Counted.Of(secrets.Count, "secret")}";
    }

    private static async Task<KeySet> SignersAsync(TokenOptions tokens, TimeProvider time)
    {
        if (tokens.KeysFile is { } file)
        {
            return KeySet.Parse(File.Exists(file) ? await File.ReadAllBytesAsync(file) : null, file);
        }

        using var network = TokenKeysAddress.Network();
        using var address = new TokenKeysAddress(new Uri(tokens.KeysAddress!), network, time, NullLogger.Instance);
        return await address.FetchAsync();
    }

    private static async Task<Finding> TryAsync(string subject, Func<Task<string>> check)
    {
        try
        {
            return new Finding(subject, true, await check());
        }
        catch (DigitizerException e)
        {
            return new Finding(subject, false, FailureLine.Of(e));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Finding(subject, false, $"{ShownName.Escape(e.Message)} Let the service's user read it. [{FailureKind.ConfigurationInvalid}]");
        }
    }
}
