using System.Globalization;
using Digitizer.Failures;
using Digitizer.Native;
using Digitizer.Workspace;

namespace Digitizer.Intake.DropFolders;

/// <summary>What a drop folder's file system can do, tried for real.</summary>
/// <param name="Root">The folder as it was when it was tried; another one under the same path is tried anew.</param>
/// <param name="FileSystem">Its name, or its number.</param>
/// <param name="IsLocal">False for shares, where caches and other machines' clocks come in.</param>
/// <param name="Mode">By rename or by copy.</param>
/// <param name="HasLeases">True if the system says who has a file open for writing.</param>
/// <param name="HasHardLinks">True if a file can have two names.</param>
internal sealed record FolderFacts(FileFacts Root, string FileSystem, bool IsLocal, ClaimMode Mode, bool HasLeases, bool HasHardLinks)
{
    public override string ToString()
        => $"{FileSystem}, {(Mode == ClaimMode.Move ? "taken by rename" : "taken by copy")}, {(HasLeases ? "with" : "without")} leases";
}

/// <summary>Tries a drop folder: reading, writing, renaming, fsync, leases, hard links, and whether files can be moved into the vault.</summary>
internal static class FolderProbe
{
    // linux/magic.h.
    private static readonly Dictionary<long, string> Local = new()
    {
        [0xEF53] = "ext4", [0x58465342] = "xfs", [0x9123683E] = "btrfs", [0x01021994] = "tmpfs", [0x794C7630] = "overlay",
        [0x2FC12FC1] = "zfs", [0xF2F52010] = "f2fs", [0x4D44] = "vfat", [0x2011BAB0] = "exfat",
    };

    private static readonly Dictionary<long, string> Remote = new()
    {
        [0x6969] = "nfs", [0xFF534D42] = "cifs", [0xFE534D42] = "smb", [0x01021997] = "9p", [0x65735546] = "fuse",
    };

    private const int Everyone = 0b110_110_000;

    /// <summary>Tries it; leaves nothing behind.</summary>
    /// <param name="path">The drop folder.</param>
    /// <param name="claims">Where claimed files go.</param>
    /// <exception cref="DigitizerException">DropFolderUnusable.</exception>
    public static FolderFacts Run(string path, PosixFolder claims)
    {
        try
        {
            using var root = PosixFolder.Open(path);
            var name = FileName.FromText($"{AtomicFile.TemporaryPrefix}probe-{Guid.NewGuid():N}.tmp");
            var second = new FileName(name.Raw + "~");
            try
            {
                return Try(root, name, second, claims);
            }
            finally
            {
                root.Delete(name);
                root.Delete(second);
                claims.Delete(name);
            }
        }
        catch (IOException e)
        {
            throw new DigitizerException(
                FailureKind.DropFolderUnusable,
                $"The drop folder {ShownName.Escape(path)} cannot be used: {ShownName.Escape(e.Message)}. Create or mount it; allow reading and writing.",
                e);
        }
    }

    private static FolderFacts Try(PosixFolder root, FileName name, FileName second, PosixFolder claims)
    {
        bool hasLeases;
        using (var writer = root.CreateFile(name, Everyone))
        {
            PosixFiles.Flush(writer, root.Path);
            using var reader = root.OpenFile(name)!;
            hasLeases = PosixLease.Ask(reader) == LeaseAnswer.WriterHasIt;
        }

        using (var reader = root.OpenFile(name)!)
        {
            hasLeases &= PosixLease.Ask(reader) == LeaseAnswer.Granted;
        }

        var hasLinks = HasLinks(root, name, second);
        root.Flush();
        var type = root.FileSystemType();
        var shown = Local.GetValueOrDefault(type) ?? Remote.GetValueOrDefault(type) ?? "0x" + type.ToString("X", CultureInfo.InvariantCulture);
        return new FolderFacts(root.Facts, shown, Local.ContainsKey(type), Mode(root, name, claims), hasLeases, hasLinks);
    }

    private static bool HasLinks(PosixFolder root, FileName name, FileName second)
    {
        try
        {
            root.Link(name, second);
            return true;
        }
        catch (PosixException)
        {
            return false;
        }
    }

    // The rename is tried, not only the device compared: two mounts of one file system have one device and no rename.
    private static ClaimMode Mode(PosixFolder root, FileName name, PosixFolder claims)
    {
        try
        {
            return root.Facts.Device == claims.Facts.Device && root.Move(name, claims, name) == Moved.Done ? ClaimMode.Move : ClaimMode.Copy;
        }
        catch (PosixException)
        {
            return ClaimMode.Copy;
        }
    }
}
