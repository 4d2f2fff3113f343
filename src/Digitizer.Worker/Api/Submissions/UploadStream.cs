using Digitizer.Failures;
using Microsoft.AspNetCore.Http;

namespace Digitizer.Worker.Api.Submissions;

/// <summary>The bytes of a caller as they come over the network; what goes wrong with them is the caller's or the network's, never the disk's.</summary>
/// <param name="content">A body, or a part of one.</param>
internal sealed class UploadStream(Stream content) : Stream
{
    /// <summary>So many bytes more may be read; null: any number. For what must be small and is kept in memory by its reader.</summary>
    public int? Allowance { get; set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="DigitizerException">FileTooLarge or RequestInvalid.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var length = await content.ReadAsync(buffer, cancellationToken);
            Allowance -= length;
            return Allowance is not < 0 ? length : throw new DigitizerException(FailureKind.RequestInvalid, "The headers of a part of the form are longer than 16 kB. Give the file a shorter name.");
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw FailureOf(e);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>What to tell the caller.</summary>
    public static DigitizerException FailureOf(Exception e) => e is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }
        ? new DigitizerException(FailureKind.FileTooLarge, "The body is larger than this key or token may send. Split the submission, scan at a lower resolution, or ask the administrator for more.", e)
        : new DigitizerException(FailureKind.RequestInvalid, "The body cannot be read to its end: it breaks off, comes too slowly, or is no whole multipart/form-data. Send it again.", e);
}
