using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Digitizer.Failures;
using Digitizer.Intake;

namespace Digitizer.Dossiers;

/// <summary>Addresses under which dossier systems fetch files from us.</summary>
public sealed class FileLinkOptions
{
    /// <summary>Where dossier systems reach us, for instance <c>https://digitizer.tinh.gov.vn/</c>. Empty: no links.</summary>
    public string PublicAddress { get; set; } = "";

    /// <summary>
    /// Where the service gives the files out: an IP address and a port, plain HTTP. For other machines, put a proxy with TLS
    /// in front of it, which <see cref="PublicAddress"/> names.
    /// </summary>
    public string Listen { get; set; } = "http://127.0.0.1:8481";

    /// <summary>File with the secret that signs links, at least 32 bytes of it.</summary>
    public string SecretFile { get; set; } = "";

    /// <summary>File with the secret before the last change: its links are still good.</summary>
    public string OldSecretFile { get; set; } = "";

    /// <summary>How long a link is good at least; at most an hour more.</summary>
    [Range(typeof(TimeSpan), "00:10:00", "30.00:00:00")]
    public TimeSpan Validity { get; set; } = TimeSpan.FromDays(1);
}

/// <summary>What a good link names.</summary>
/// <param name="Key">The delivery.</param>
/// <param name="Kind"><c>pdf</c>, <c>txt</c> or <c>json</c>.</param>
internal sealed record LinkedFile(DeliveryKey Key, string Kind);

/// <summary>Makes and checks expiring, signed addresses of files: <c>files/{document}/{revision}/{kind}?expires=…&amp;signature=…</c>.</summary>
/// <remarks>
/// The signature is HMAC-SHA-256 (RFC 2104) over what the address names and its end, 256 bits. A link
/// is a permission to read one file, whoever has it, until it ends. It ends at a full hour, so that tries of one hour say the
/// same. The endpoint answers 404 to every bad link, whatever is wrong with it.
/// </remarks>
/// <param name="publicAddress">Absolute, ends with a slash.</param>
/// <param name="secrets">The first signs, all check.</param>
/// <param name="validity">How long a link is good at least.</param>
/// <param name="time">The clock.</param>
internal sealed class FileLinks(Uri publicAddress, IReadOnlyList<byte[]> secrets, TimeSpan validity, TimeProvider time)
{
    /// <summary>Fewest bytes of a secret.</summary>
    public const int SecretBytes = 32;

    private const long Hour = 3600;

    private static readonly string[] Kinds = ["pdf", "txt", "json"];

    /// <summary>Links as configured.</summary>
    /// <exception cref="DigitizerException">DossierUnavailable: a secret cannot be read.</exception>
    public static FileLinks Of(FileLinkOptions options, TimeProvider time)
    {
        string[] files = options.OldSecretFile.Length > 0 ? [options.SecretFile, options.OldSecretFile] : [options.SecretFile];
        return new FileLinks(new Uri(options.PublicAddress), [.. files.Select(ReadSecret)], options.Validity, time);
    }

    /// <summary>An address of a file that is good from now on.</summary>
    public Uri Create(LinkedFile file)
    {
        var end = (time.GetUtcNow() + validity).ToUnixTimeSeconds();
        var expires = (end + Hour - 1) / Hour * Hour;
        return new Uri(publicAddress, string.Create(
            CultureInfo.InvariantCulture,
            $"files/{file.Key.Document}/{file.Key.Revision}/{file.Kind}?expires={expires}&signature={Sign(secrets[0], file, expires)}"));
    }

    /// <summary>Checks the parts of an address.</summary>
    /// <returns>The file, or null if the link is not ours, was changed, or has ended.</returns>
    public LinkedFile? Check(string document, string revision, string kind, string? expires, string? signature)
    {
        if (!Guid.TryParseExact(document, "D", out var id)
            || !int.TryParse(revision, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || !long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var end)
            || signature is null || Array.IndexOf(Kinds, kind) < 0)
        {
            return null;
        }

        var file = new LinkedFile(new DeliveryKey(new DocumentId(id), number), kind);
        var given = Encoding.ASCII.GetBytes(signature);
        var isOurs = false;
        foreach (var secret in secrets)
        {
            isOurs |= CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(Sign(secret, file, end)));
        }

        return isOurs && time.GetUtcNow().ToUnixTimeSeconds() < end ? file : null;
    }

    private static byte[] ReadSecret(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DigitizerException(FailureKind.DossierUnavailable, $"The secret in {ShownName.Escape(path)} cannot be read. Put it there, readable by this user only.", e);
        }
    }

    private static string Sign(byte[] secret, LinkedFile file, long expires)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"digitizer-link-1\n{file.Key.Document}\n{file.Key.Revision}\n{file.Kind}\n{expires}");
        return Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(text)));
    }
}
