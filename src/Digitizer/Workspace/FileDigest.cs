using System.Security.Cryptography;
using System.Text;

namespace Digitizer.Workspace;

/// <summary>SHA-256 in lower-case hex.</summary>
internal static class FileDigest
{
    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string OfFile(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
