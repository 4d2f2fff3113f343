using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Digitizer.Benchmarks.Scale;

/// <summary>Files of a given size, each unlike all others, that cost nothing to make.</summary>
internal static class ScaleBytes
{
    private const int Most = 8 << 20;

    private static readonly byte[] Noise = RandomNumberGenerator.GetBytes(Most);
    private static long files;

    public static MemoryStream New(int bytes)
    {
        var content = new byte[Math.Max(bytes, 32)];
        Noise.AsSpan(0, content.Length).CopyTo(content);
        BinaryPrimitives.WriteInt64LittleEndian(content, Interlocked.Increment(ref files));
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(8), Environment.ProcessId);
        Noise.AsSpan(0, 16).CopyTo(content.AsSpan(16));
        return new MemoryStream(content, writable: false);
    }
}
