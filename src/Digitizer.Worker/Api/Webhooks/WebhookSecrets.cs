using System.Globalization;
using System.Security.Cryptography;
using Digitizer.Failures;

namespace Digitizer.Worker.Api.Webhooks;

/// <summary>The secrets of a webhook: the one that holds, and perhaps the one before it.</summary>
internal sealed class WebhookSecrets
{
    private const int LeastBytes = 32;
    private const UnixFileMode OfOthers = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private readonly List<byte[]> secrets;

    private WebhookSecrets(List<byte[]> secrets) => this.secrets = secrets;

    /// <summary>One or two.</summary>
    public int Count => secrets.Count;

    /// <summary>Understands a file.</summary>
    /// <param name="content">Null where there is none.</param>
    /// <param name="path">Whose mode is looked at.</param>
    /// <exception cref="DigitizerException">ConfigurationInvalid.</exception>
    public static WebhookSecrets Parse(byte[]? content, string path)
    {
        if (content is null)
        {
            throw Invalid(path, "it is not there");
        }

        if ((File.GetUnixFileMode(path) & OfOthers) != UnixFileMode.None)
        {
            throw Invalid(path, "every user of this machine may read or change it");
        }

        var lines = Lines(content);
        return lines switch
        {
            { Count: 0 or > 2 } => throw Invalid(path, $"it has {lines.Count} lines"),
            _ when lines.Exists(line => line.Length < LeastBytes) => throw Invalid(path, "a secret in it is too short"),
            _ => new WebhookSecrets(lines),
        };
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="DigitizerException">ConfigurationInvalid.</exception>
    public static WebhookSecrets Read(string path) => Parse(File.Exists(path) ? File.ReadAllBytes(path) : null, path);

    /// <summary>The signature header: one signature by each secret, the newest first.</summary>
    /// <param name="timestamp">Seconds since 1970, as they stand in their own header.</param>
    /// <param name="body">To the byte.</param>
    public string Sign(long timestamp, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{timestamp}.")), .. body];
        return string.Join(",", secrets.Select(secret => "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(secret, signed))));
    }

    private static List<byte[]> Lines(byte[] content)
    {
        var lines = new List<byte[]>();
        foreach (var range in content.AsSpan().TrimEnd("\r\n"u8).Split((byte)'\n'))
        {
            lines.Add(content.AsSpan(range).TrimEnd((byte)'\r').ToArray());
        }

        return content.Length == 0 ? [] : lines;
    }

    private static DigitizerException Invalid(string path, string why) => new(
        FailureKind.ConfigurationInvalid,
        $"The secret of a webhook in {ShownName.Escape(path)} cannot be used: {why}. Write one line of {LeastBytes} bytes or more, as 'openssl rand -hex 32' makes it, or two while it is changed, and let nobody but the service's user and group read it (chmod 640).");
}
