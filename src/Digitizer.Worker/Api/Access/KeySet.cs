using System.Text;
using System.Text.Json;
using Digitizer.Failures;
using Microsoft.IdentityModel.Tokens;

namespace Digitizer.Worker.Api.Access;

/// <summary>Public keys as an issuer publishes them (JWKS, RFC 7517), without those that no signature may be checked with.</summary>
internal sealed class KeySet
{
    private readonly Dictionary<string, JsonWebKey> keys;

    private KeySet(Dictionary<string, JsonWebKey> keys) => this.keys = keys;

    /// <summary>How many can be used.</summary>
    public int Count => keys.Count;

    /// <summary>The key of that id; null if there is none.</summary>
    public JsonWebKey? Find(string id) => keys.GetValueOrDefault(id);

    /// <summary>Reads a set.</summary>
    /// <param name="json">Null where there is no file.</param>
    /// <param name="place">Where it is from, for messages.</param>
    /// <exception cref="DigitizerException">ConfigurationInvalid: it is no set of keys, or holds none that can be used, or a private one.</exception>
    public static KeySet Parse(byte[]? json, string place)
    {
        try
        {
            var set = new JsonWebKeySet(Encoding.UTF8.GetString(json ?? throw Invalid(place, "it is not there")));
            var keys = set.Keys.Where(IsForSignatures).ToList();
            return keys switch
            {
                _ when keys.Any(key => key.HasPrivateKey) => throw Invalid(place, "it holds a private key, which only the issuer may have; give out a new one there, and put its public part here"),
                [] => throw Invalid(place, "it holds no public RSA or EC key that has a kid"),
                _ => new KeySet(keys.DistinctBy(key => key.Kid).ToDictionary(key => key.Kid, StringComparer.Ordinal)),
            };
        }
        catch (Exception e) when (e is JsonException or ArgumentException or FormatException)
        {
            throw Invalid(place, "it is no JSON Web Key Set", e);
        }
    }

    // Symmetric keys above all are none: whoever checks with one can sign with it.
    private static bool IsForSignatures(JsonWebKey key)
        => key is { Kty: JsonWebAlgorithmsKeyTypes.RSA or JsonWebAlgorithmsKeyTypes.EllipticCurve, Use: null or "" or JsonWebKeyUseNames.Sig, Kid.Length: > 0 };

    private static DigitizerException Invalid(string place, string why, Exception? inner = null)
        => new(FailureKind.ConfigurationInvalid, $"The issuer's public keys in {ShownName.Escape(place)} cannot be used: {why}. No token is let in.", inner);
}
