using System.Security.Cryptography;
using Digitizer.Failures;
using Digitizer.Native;

namespace Digitizer.Intake;

/// <summary>Lets a file in: reads it once, checks what bytes alone can tell, and fixes its id.</summary>
internal sealed class Admission(AdmissionOptions options)
{
    /// <summary>Reads the whole file.</summary>
    /// <exception cref="DigitizerException">FileEmpty, FileTooLarge, FileUnreadable, FormatUnknown, FormatNotSupported or NameUnusable.</exception>
    public async Task<SourceIdentity> AdmitAsync(InputFile source, CancellationToken cancellation)
    {
        try
        {
            var before = Look(source.FullPath);
            CheckSize(before);
            var stream = new FileStream(
                source.FullPath, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
            await using (stream.ConfigureAwait(false))
            {
                await CheckFormatAsync(stream, cancellation).ConfigureAwait(false);
                stream.Position = 0;
                var sha256 = await SHA256.HashDataAsync(stream, cancellation).ConfigureAwait(false);
                var identity = new SourceIdentity(
                    UnitId.ForFile(before.Modified, source.FullPath, sha256), Convert.ToHexStringLower(sha256), before);
                EnsureUnchanged(source, identity);
                return identity;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ReadFailure.Create(e);
        }
    }

    /// <summary>Makes sure that what was read is what was hashed.</summary>
    /// <exception cref="DigitizerException">FileUnreadable: the file was written to or replaced meanwhile.</exception>
    public static void EnsureUnchanged(InputFile source, SourceIdentity identity)
    {
        if (Look(source.FullPath) != identity.Facts)
        {
            throw new DigitizerException(
                FailureKind.FileUnreadable, "The file changed while it was read. Run again when it is no longer written to.");
        }
    }

    private static FileFacts Look(string path) => PosixFiles.Look(path, followLinks: true) switch
    {
        { Type: FileType.Regular } facts => facts,
        null => throw new DigitizerException(FailureKind.FileUnreadable, "The file is no longer there. Check the folder, then run again."),
        _ => throw new DigitizerException(FailureKind.FileUnreadable, "This is not a file but a pipe, a socket or a device. Give a file."),
    };

    private void CheckSize(FileFacts facts)
    {
        if (facts.Bytes == 0)
        {
            throw new DigitizerException(FailureKind.FileEmpty, "The file has no bytes. Scan or copy it again.");
        }

        if (facts.Bytes > options.MaxFileBytes)
        {
            throw new DigitizerException(
                FailureKind.FileTooLarge,
                $"The file has {facts.Bytes >> 20} MB; at most {options.MaxFileBytes >> 20} MB are taken. Split it or scan at a lower resolution.");
        }
    }

    private static async Task CheckFormatAsync(FileStream stream, CancellationToken cancellation)
    {
        var start = new byte[SourceFormats.Length];
        var length = await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        _ = SourceFormats.Detect(start.AsSpan(0, length));
    }
}
