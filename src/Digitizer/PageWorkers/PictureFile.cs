using System.Security.Cryptography;
using Digitizer.Native;
using Digitizer.Workspace;

namespace Digitizer.PageWorkers;

/// <summary>A coded picture on its way from a worker's pipe into a file that appears whole or not at all.</summary>
internal static class PictureFile
{
    private const int CopyBuffer = 1 << 16;

    /// <summary>Writes <paramref name="length"/> bytes.</summary>
    /// <returns>False, and no file, if their digest is not <paramref name="sha256"/> (lower-case hex).</returns>
    /// <exception cref="EndOfStreamException">The source ended before.</exception>
    /// <exception cref="Failures.DigitizerException">OutputNotWritable.</exception>
    public static async Task<bool> SaveAsync(Stream source, long length, string sha256, string file, CancellationToken cancellation)
    {
        var temporary = Path.Combine(Path.GetDirectoryName(file)!, $"{AtomicFile.TemporaryPrefix}{Guid.NewGuid():N}.tmp");
        try
        {
            var digest = await CopyAsync(source, length, temporary, cancellation);
            if (digest != sha256)
            {
                return false;
            }

            PosixFiles.Rename(temporary, file);
            return true;
        }
        catch (Exception e) when (e is not EndOfStreamException && WriteFailure.IsExpected(e))
        {
            throw WriteFailure.Create(e, file);
        }
        finally
        {
            AtomicFile.Remove(temporary);
        }
    }

    private static async Task<string> CopyAsync(Stream source, long length, string file, CancellationToken cancellation)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var target = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        var buffer = new byte[CopyBuffer];
        for (var left = length; left > 0;)
        {
            var part = buffer.AsMemory(0, (int)Math.Min(buffer.Length, left));
            await source.ReadExactlyAsync(part, cancellation);
            digest.AppendData(part.Span);
            await target.WriteAsync(part, cancellation);
            left -= part.Length;
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }
}
