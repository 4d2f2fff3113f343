using System.Security.Cryptography;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Digitizer.Failures;
using Digitizer.Storage;

namespace Digitizer.Vault.Blobs;

/// <summary>A blob as a listing tells of it.</summary>
internal sealed record BlobEntry(string Name, ETag ETag);

/// <summary>The blobs of a vault's container: each is written once, under a condition, and read back.</summary>
/// <param name="account">The account.</param>
/// <param name="container">Its name.</param>
internal sealed class BlobObjects(AzureAccount account, string container)
{
    // In one request, which stores all of it or nothing.
    private const long AtOnce = 64L << 20;
    private const long Block = 8L << 20;
    private const int BufferBytes = 1 << 17;

    private readonly BlobContainerClient blobs = account.Blobs.GetBlobContainerClient(container);

    /// <summary>Account and container, for people.</summary>
    public string Place => $"{account.Name}/{container}";

    /// <summary>Makes the container, where it is not there.</summary>
    public Task CreateAsync(CancellationToken cancellation) => CallAsync(async () =>
    {
        // Asked first: an identity may be allowed to use a container and not to make one.
        if (!await blobs.ExistsAsync(cancellation).ConfigureAwait(false))
        {
            await blobs.CreateIfNotExistsAsync(cancellationToken: cancellation).ConfigureAwait(false);
        }

        return true;
    }, cancellation);

    /// <summary>Writes a new blob.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="content">All of it is written; can be read again from its start.</param>
    /// <param name="cancellation">Leaves it out, or whole.</param>
    /// <returns>True: it was written, and the service has compared its digest with ours. False: there is one of this name, which may be another.</returns>
    public Task<bool> PutNewAsync(string name, Stream content, CancellationToken cancellation) => CallAsync(async () =>
    {
        var options = new BlobUploadOptions
        {
            Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
            HttpHeaders = new BlobHttpHeaders { ContentType = "application/octet-stream" },
            TransferOptions = new StorageTransferOptions { InitialTransferSize = AtOnce, MaximumTransferSize = Block, MaximumConcurrency = 2 },

            // Each request carries the digest of its bytes; the service compares it with what arrived, keeps it, and refuses what differs.
            TransferValidation = new UploadTransferValidationOptions { ChecksumAlgorithm = StorageChecksumAlgorithm.MD5 },
        };
        try
        {
            await blobs.GetBlockBlobClient(name).UploadAsync(content, options, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            // Somebody was faster, or our own first try arrived and its answer did not.
            return false;
        }
    }, cancellation);

    /// <summary>Digest of a blob's bytes, read from the service.</summary>
    /// <returns>SHA-256 in lower-case hex; null: it is not there.</returns>
    public async Task<string?> DigestAsync(string name, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        return await ReadAsync(name, (buffer, _) => { hash.AppendData(buffer.Span); return ValueTask.CompletedTask; }, cancellation).ConfigureAwait(false)
            ? Convert.ToHexStringLower(hash.GetHashAndReset())
            : null;
    }

    /// <summary>All of a small blob; null: it is not there.</summary>
    public async Task<byte[]?> GetAsync(string name, CancellationToken cancellation)
    {
        using var content = new MemoryStream();
        return await ReadAsync(name, (buffer, stop) => content.WriteAsync(buffer, stop), cancellation).ConfigureAwait(false) ? content.ToArray() : null;
    }

    /// <summary>Hands the bytes of a blob over as they come.</summary>
    /// <returns>False: it is not there.</returns>
    public async Task<bool> ReadAsync(string name, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> take, CancellationToken cancellation)
        => await OpenAsync(name, cancellation).ConfigureAwait(false) is { } content && await ReadAsync(content, take, cancellation).ConfigureAwait(false);

    /// <summary>A blob's bytes as a stream whose own failures are those of the account.</summary>
    /// <returns>Null: it is not there.</returns>
    public Task<Stream?> OpenAsync(string name, CancellationToken cancellation) => CallAsync<Stream?>(async () =>
    {
        try
        {
            return (await blobs.GetBlobClient(name).DownloadStreamingAsync(cancellationToken: cancellation).ConfigureAwait(false)).Value.Content;
        }
        catch (RequestFailedException e) when (IsMissing(e))
        {
            return null;
        }
    }, cancellation);

    /// <summary>What is known of a blob without reading it; null: it is not there.</summary>
    public Task<BlobProperties?> LookAsync(string name, CancellationToken cancellation) => CallAsync<BlobProperties?>(async () =>
    {
        try
        {
            return await blobs.GetBlobClient(name).GetPropertiesAsync(cancellationToken: cancellation).ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            // A reply to HEAD has no body that would tell more.
            return null;
        }
    }, cancellation);

    /// <summary>Makes a blob as young as one that was just written.</summary>
    /// <returns>False: it is not there any more.</returns>
    public Task<bool> TouchAsync(string name, DateTimeOffset now, CancellationToken cancellation) => CallAsync(async () =>
    {
        try
        {
            await blobs.GetBlobClient(name).SetMetadataAsync(new Dictionary<string, string> { ["stored"] = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture) }, cancellationToken: cancellation).ConfigureAwait(false);
            return true;
        }
        catch (RequestFailedException e) when (IsMissing(e))
        {
            return false;
        }
    }, cancellation);

    /// <summary>Deletes a blob, if it is still the one that was looked at.</summary>
    /// <returns>False: it is another, or not there.</returns>
    public Task<bool> DeleteAsync(string name, ETag etag, CancellationToken cancellation) => CallAsync(async () =>
    {
        try
        {
            await blobs.GetBlobClient(name).DeleteAsync(DeleteSnapshotsOption.IncludeSnapshots, new BlobRequestConditions { IfMatch = etag }, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 412 || IsMissing(e))
        {
            return false;
        }
    }, cancellation);

    /// <summary>What a failure of the client means.</summary>
    public DigitizerException Failure(Exception exception) => account.Failure(exception);

    /// <summary>All blobs whose names begin so.</summary>
    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var pages = blobs.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, cancellation).AsPages().GetAsyncEnumerator(cancellation);
        await using (pages.ConfigureAwait(false))
        {
            while (await CallAsync(() => pages.MoveNextAsync().AsTask(), cancellation).ConfigureAwait(false))
            {
                foreach (var blob in pages.Current.Values)
                {
                    yield return new BlobEntry(blob.Name, blob.Properties.ETag!.Value);
                }
            }
        }
    }

    private async Task<bool> ReadAsync(Stream content, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> take, CancellationToken cancellation)
    {
        await using (content.ConfigureAwait(false))
        {
            var buffer = new byte[BufferBytes];
            while (await CallAsync(() => content.ReadAsync(buffer, cancellation).AsTask(), cancellation).ConfigureAwait(false) is var length and > 0)
            {
                await take(buffer.AsMemory(0, length), cancellation).ConfigureAwait(false);
            }

            return true;
        }
    }

    // That the container is missing is a matter for an administrator, and no answer about a blob.
    private static bool IsMissing(RequestFailedException e) => e.Status == 404 && e.ErrorCode != BlobErrorCode.ContainerNotFound;

    private async Task<T> CallAsync<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception e) when (e is not DigitizerException && StorageFailure.IsExpected(e, cancellation))
        {
            throw account.Failure(e);
        }
    }
}
