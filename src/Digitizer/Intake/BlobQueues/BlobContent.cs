using Azure;

namespace Digitizer.Intake.BlobQueues;

/// <summary>The bytes of a blob on their way: as many as were announced, and failures of the network that no disk's are taken for.</summary>
internal sealed class BlobContent(Stream source, long length) : Stream
{
    private long read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => read;
        set => throw new NotSupportedException();
    }

    /// <exception cref="RequestFailedException">They do not come, or not all of them.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var count = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            read += count;
            return count > 0 || read == length ? count : throw new RequestFailedException(0, "The blob ended before its length.");
        }
        catch (IOException e)
        {
            throw new RequestFailedException(0, "The connection broke.", e);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
        }

        base.Dispose(disposing);
    }
}
