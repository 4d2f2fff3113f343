using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Digitizer.Workspace;

namespace Digitizer.Worker.Api.Access;

/// <summary>A key as its bearer has it: <c>dgz_ID_SECRET</c>. It exists in full only when it is made and when it is brought.</summary>
internal sealed partial class KeyText
{
    /// <summary>How every key begins, so that people and scanners for leaked secrets know one.</summary>
    public const string Prefix = "dgz_";

    private const int SecretBytes = 32;
    private const int IdLength = 10;
    private const string IdLetters = "0123456789abcdefghjkmnpqrstvwxyz";

    // Compared with where there is no such key, so that this takes as long.
    private static readonly byte[] NoDigest = new byte[SHA256.HashSizeInBytes];

    private readonly string text;

    private KeyText(string text, string id) => (this.text, Id) = (text, id);

    /// <summary>The key's id; what was brought may have made it up.</summary>
    public string Id { get; }

    /// <summary>What the file keeps of it.</summary>
    public string Sha256 => FileDigest.Of(text);

    /// <summary>A new one.</summary>
    public static KeyText Create()
    {
        var id = RandomNumberGenerator.GetString(IdLetters, IdLength);
        return new KeyText($"{Prefix}{id}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}", id);
    }

    /// <summary>Reads what was brought; null if it has not the form of a key.</summary>
    public static KeyText? Parse(string brought)
    {
        var match = Form().Match(brought);
        return match.Success ? new KeyText(brought, match.Groups["id"].Value) : null;
    }

    /// <summary>True if this is the text of that key; takes as long where it is not, or where there is none.</summary>
    public bool IsOf(ApiKey? key)
    {
        var known = key is null ? NoDigest : Convert.FromHexString(key.Sha256);
        return CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(text)), known) && key is not null;
    }

    /// <summary>The text, to be shown once.</summary>
    public string Reveal() => text;

    /// <summary>Without the secret: what is written by mistake gives nothing away.</summary>
    public override string ToString() => Prefix + Id;

    [GeneratedRegex(@"^dgz_(?<id>[0-9a-z]{10})_[A-Za-z0-9_-]{43}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
