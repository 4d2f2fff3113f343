using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Digitizer.Failures;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Digitizer.Worker.Api.Access;

/// <summary>Looks at ASP.NET's own section <c>Kestrel</c>, by which the API listens, before the server does.</summary>
internal static class ApiAddressCheck
{
    private const string Section = "Kestrel:Endpoints";

    /// <summary>What is wrong with the addresses; none if all is well.</summary>
    /// <param name="kestrel">The section; it need not be there.</param>
    /// <param name="allowPlainHttp">True if somebody else sees to it that nobody listens on the way.</param>
    public static IEnumerable<string> Problems(IConfigurationSection kestrel, bool allowPlainHttp)
    {
        foreach (var endpoint in kestrel.GetSection("Endpoints").GetChildren())
        {
            var (name, url) = ($"{Section}:{endpoint.Key}:Url", endpoint["Url"] ?? "");
            if (Parse(url) is not { } address)
            {
                yield return $"{name} is {ShownName.Escape(url)}; write an address such as https://0.0.0.0:8443.";
            }
            else if (address.Scheme == Uri.UriSchemeHttp && !IsThisMachine(address.Host) && !allowPlainHttp)
            {
                yield return $"{name} is {ShownName.Escape(url)}: everybody on the way could read keys and papers. Write https and a certificate, or http://127.0.0.1 behind a reverse proxy, or set Service:Api:AllowPlainHttp.";
            }
        }
    }

    /// <summary>Opens the certificates as the server would.</summary>
    /// <returns>What there is, a line an address.</returns>
    /// <exception cref="DigitizerException">ConfigurationInvalid: one cannot be opened, or its time is over.</exception>
    public static IEnumerable<string> Certificates(IConfigurationSection kestrel, TimeProvider time)
    {
        foreach (var endpoint in kestrel.GetSection("Endpoints").GetChildren())
        {
            yield return Parse(endpoint["Url"] ?? "") is { Scheme: "https" }
                ? $"{endpoint["Url"]}, certificate until {Until(endpoint, kestrel, time).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}"
                : endpoint["Url"] ?? "";
        }
    }

    private static DateTimeOffset Until(IConfigurationSection endpoint, IConfigurationSection kestrel, TimeProvider time)
    {
        var own = endpoint.GetSection("Certificate");
        var settings = own.Exists() ? own : kestrel.GetSection("Certificates:Default");
        try
        {
            using var certificate = Open(settings["Path"] ?? throw Invalid(settings, "names no file", null), settings["KeyPath"], settings["Password"]);
            var until = new DateTimeOffset(certificate.NotAfter);
            return until > time.GetUtcNow() ? until : throw Invalid(settings, $"was good until {until:yyyy-MM-dd}", null);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw Invalid(settings, ShownName.Escape(e.Message), e);
        }
    }

    private static X509Certificate2 Open(string path, string? key, string? password) => (key, password) switch
    {
        (null, _) => X509CertificateLoader.LoadPkcs12FromFile(path, password),
        (_, null) => X509Certificate2.CreateFromPemFile(path, key),
        _ => X509Certificate2.CreateFromEncryptedPemFile(path, password, key),
    };

    private static BindingAddress? Parse(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme is "http" or "https" && !address.IsUnixPipe && !address.IsNamedPipe ? address : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static bool IsThisMachine(string host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static DigitizerException Invalid(IConfigurationSection settings, string why, Exception? inner) => new(
        FailureKind.ConfigurationInvalid, $"The certificate of {settings.Path} {why}. Name a file (PEM) with Path and its key with KeyPath, both readable by the service's user.", inner);
}
