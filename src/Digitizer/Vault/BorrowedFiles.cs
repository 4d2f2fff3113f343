using Digitizer.Failures;

namespace Digitizer.Vault;

/// <summary>Files of a vault on the local disk, to be read and never written to; they stay there until this is disposed.</summary>
internal abstract class BorrowedFiles : IDisposable
{
    private const int BufferBytes = 1 << 17;

    /// <summary>Absolute path of an original.</summary>
    /// <exception cref="DigitizerException">OriginalMissing, OriginalChanged, StorageUnavailable or StorageDenied, as far as it is looked at.</exception>
    public abstract Task<string> OriginalAsync(OriginalName original, CancellationToken cancellation);

    /// <summary>Absolute path of a result.</summary>
    /// <exception cref="DigitizerException">As of <see cref="OriginalAsync"/>.</exception>
    public abstract Task<string> ResultAsync(string sha256, CancellationToken cancellation);

    /// <summary>Opens a result for reading.</summary>
    /// <exception cref="DigitizerException">As of <see cref="OriginalAsync"/>.</exception>
    public async Task<FileStream> OpenResultAsync(string sha256, CancellationToken cancellation)
        => Open(await ResultAsync(sha256, cancellation).ConfigureAwait(false), sha256);

    public void Dispose()
    {
        Return();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens a kept file for reading.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="shown">What to call it.</param>
    /// <exception cref="DigitizerException">OriginalMissing.</exception>
    internal static FileStream Open(string path, string shown)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.Asynchronous);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DigitizerException(FailureKind.OriginalMissing, $"{shown} cannot be read from the vault: {ShownName.Escape(e.Message)} Check the disk; run digitizer verify.", e);
        }
    }

    /// <summary>They may go.</summary>
    protected abstract void Return();
}
