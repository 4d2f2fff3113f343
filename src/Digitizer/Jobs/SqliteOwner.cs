using Digitizer.Failures;

namespace Digitizer.Jobs;

/// <summary>Makes sure that one process has the journal's file, on a disk whose locks and fsync can be relied on.</summary>
internal static class SqliteOwner
{
    private static readonly string[] Remote = ["nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "9p", "ceph", "afs", "fuse", "fuseblk"];

    /// <summary>Holds the lock file until it is closed; the system closes it when the process ends, however it ends.</summary>
    /// <exception cref="DigitizerException">JournalInUse, or JournalUnavailable.</exception>
    public static FileStream Take(string file)
    {
        var name = ShownName.Escape(file);
        try
        {
            var folder = Directory.CreateDirectory(Path.GetDirectoryName(file)!).FullName;
            if (Remote.Contains(new DriveInfo(folder).DriveFormat, StringComparer.OrdinalIgnoreCase) || new DriveInfo(folder).DriveFormat.StartsWith("fuse.", StringComparison.Ordinal))
            {
                throw new DigitizerException(FailureKind.JournalUnavailable, $"The journal {name} is on a network disk ({new DriveInfo(folder).DriveFormat}), which may lose what it acknowledged. Use a local disk, or PostgreSQL.");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DigitizerException(FailureKind.JournalUnavailable, $"The journal's folder cannot be used: {e.Message}. Allow writing there, or configure another.", e);
        }

        try
        {
            // FileShare.None is a lock (flock) that ends with the process.
            return new FileStream(file + ".owner", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException e)
        {
            throw new DigitizerException(FailureKind.JournalInUse, $"Another process owns the journal {name}. Stop it, or ask it over its control socket.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new DigitizerException(FailureKind.JournalUnavailable, $"The journal {name} cannot be opened: no permission. Allow writing there.", e);
        }
    }
}
