using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Digitizer.Worker.Api.Access;

namespace Digitizer.EndToEndTests.Api;

/// <summary>Signs tokens, good ones and others, with nothing between us and the bytes.</summary>
internal sealed class TestIssuer : IDisposable
{
    public const string Name = "https://dangnhap.tinh.gov.vn/realms/tinh";
    public const string Audience = "digitizer";
    public const string RsaId = "rsa-1";
    public const string EcId = "ec-1";

    private readonly RSA rsa = RSA.Create(2048);
    private readonly ECDsa ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public TestIssuer(string file)
    {
        File.WriteAllText(file, Keys(RsaId));
        Options = new TokenOptions { Issuer = Name, Audience = Audience, KeysFile = file };
    }

    public TokenOptions Options { get; }

    /// <summary>The keys as an issuer publishes them; a symmetric one and one for encryption are among them, as some have.</summary>
    public string Keys(string rsaId)
    {
        var (r, e) = (rsa.ExportParameters(includePrivateParameters: false), ec.ExportParameters(includePrivateParameters: false));
        return JsonSerializer.Serialize(new
        {
            keys = new object[]
            {
                new { kty = "RSA", use = "sig", kid = rsaId, n = Text(r.Modulus!), e = Text(r.Exponent!) },
                new { kty = "EC", use = "sig", kid = EcId, crv = "P-256", x = Text(e.Q.X!), y = Text(e.Q.Y!) },
                new { kty = "oct", kid = "oct-1", k = Text(rsa.ExportSubjectPublicKeyInfo()) },
                new { kty = "RSA", use = "enc", kid = "enc-1", n = Text(r.Modulus!), e = Text(r.Exponent!) },
            },
        });
    }

    /// <summary>What a good token says.</summary>
    public static JsonObject Claims(DateTimeOffset now) => new()
    {
        ["iss"] = Name,
        ["aud"] = new JsonArray("account", Audience),
        ["sub"] = "nguyen-van-a",
        ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(),
        ["digitizer_rights"] = new JsonArray("submit", "read"),
        ["digitizer_sources"] = "quay quay-2",
        ["digitizer_dossiers"] = new JsonArray("000.00.01.H29*"),
    };

    /// <summary>A token.</summary>
    /// <param name="claims">What it says.</param>
    /// <param name="algorithm">RS256, PS384, ES256; HS256 signs with the public key, none does not sign.</param>
    /// <param name="keyId">The <c>kid</c>; by default the right one.</param>
    /// <param name="header">Changes the header.</param>
    public string Sign(JsonNode claims, string algorithm = "RS256", string? keyId = null, Action<JsonObject>? header = null)
    {
        var head = new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT", ["kid"] = keyId ?? (algorithm == "ES256" ? EcId : RsaId) };
        header?.Invoke(head);
        var content = $"{Text(Encoding.UTF8.GetBytes(head.ToJsonString()))}.{Text(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        return $"{content}.{Text(Signature(Encoding.ASCII.GetBytes(content), algorithm))}";
    }

    public void Dispose()
    {
        rsa.Dispose();
        ec.Dispose();
    }

    private byte[] Signature(byte[] content, string algorithm) => algorithm switch
    {
        "RS256" => rsa.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        "PS384" => rsa.SignData(content, HashAlgorithmName.SHA384, RSASignaturePadding.Pss),
        "ES256" => ec.SignData(content, HashAlgorithmName.SHA256),
        "HS256" => HMACSHA256.HashData(Encoding.ASCII.GetBytes(rsa.ExportSubjectPublicKeyInfoPem()), content),
        "HS256-of-oct" => HMACSHA256.HashData(rsa.ExportSubjectPublicKeyInfo(), content),
        _ => [],
    };

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
