using Digitizer.Failures;
using Digitizer.Intake;

namespace Digitizer.PageWorkers;

/// <summary>Opens a source file for handing it over; never written to.</summary>
internal static class SourceFile
{
    private const int CopyBuffer = 1 << 16;

    /// <exception cref="DigitizerException">FileUnreadable or NameUnusable.</exception>
    public static FileStream Open(string file)
    {
        try
        {
            return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ReadFailure.Create(e);
        }
    }

    /// <summary>Passes on the file's bytes, as many as it had at the start.</summary>
    /// <exception cref="DigitizerException">FileUnreadable: an error of the disk, or the file grew or shrank meanwhile.</exception>
    public static async Task CopyAsync(FileStream source, long length, Func<ReadOnlyMemory<byte>, Task> pass, CancellationToken cancellation)
    {
        var buffer = new byte[CopyBuffer];
        var left = length;
        while (left > 0 && await ReadAsync(source, buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), cancellation) is > 0 and var read)
        {
            await pass(buffer.AsMemory(0, read));
            left -= read;
        }

        if (left > 0 || source.Length != length)
        {
            throw new DigitizerException(FailureKind.FileUnreadable, "The file's size changed while it was read. Wait until it is written, then run again.");
        }
    }

    private static async Task<int> ReadAsync(FileStream source, Memory<byte> buffer, CancellationToken cancellation)
    {
        try
        {
            return await source.ReadAsync(buffer, cancellation);
        }
        catch (IOException e)
        {
            throw ReadFailure.Create(e);
        }
    }
}
