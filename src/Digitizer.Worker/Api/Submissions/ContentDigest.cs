using Digitizer.Failures;
using Microsoft.AspNetCore.Http;

namespace Digitizer.Worker.Api.Submissions;

/// <summary>The digest that a caller announces, RFC 9530.</summary>
internal static class ContentDigest
{
    /// <summary>The header's name.</summary>
    public const string Header = "Content-Digest";

    private const string Sha256 = "sha-256=:";
    private const int Bytes = 32;

    /// <summary>SHA-256 in lower-case hex; null: none was announced, or only by other algorithms, which the standard lets be passed over.</summary>
    /// <exception cref="DigitizerException">RequestInvalid.</exception>
    public static string? Of(IHeaderDictionary headers)
    {
        var announced = headers[Header].ToString().Split(',', StringSplitOptions.TrimEntries).FirstOrDefault(d => d.StartsWith(Sha256, StringComparison.OrdinalIgnoreCase));
        if (announced is null)
        {
            return null;
        }

        var digest = new byte[Bytes];
        return announced.EndsWith(':') && announced.Length > Sha256.Length && Convert.TryFromBase64String(announced[Sha256.Length..^1], digest, out var length) && length == Bytes
            ? Convert.ToHexStringLower(digest)
            : throw new DigitizerException(FailureKind.RequestInvalid, "Content-Digest cannot be read. Write sha-256=:BASE64:, as RFC 9530 has it.");
    }
}
