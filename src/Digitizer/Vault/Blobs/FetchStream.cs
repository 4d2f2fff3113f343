using Digitizer.Failures;

namespace Digitizer.Vault.Blobs;

/// <summary>A download. Its failures are said to be the account's, so that nobody takes them for those of the disk that is written to.</summary>
/// <param name="content">As the client gives it.</param>
/// <param name="failed">Says what a failure means.</param>
internal sealed class FetchStream(Stream content, Func<Exception, DigitizerException> failed) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (Storage.StorageFailure.IsExpected(e, cancellationToken))
        {
            throw failed(e);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
        // Nothing is written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
