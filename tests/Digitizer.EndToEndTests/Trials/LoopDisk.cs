using System.ComponentModel;
using System.Runtime.InteropServices;
using Digitizer.EndToEndTests.Support;

namespace Digitizer.EndToEndTests.Trials;

/// <summary>A disk of its own, ext4 in a file, from which the power can be taken. Needs root and loop devices.</summary>
internal sealed class LoopDisk : IDisposable
{
    // FS_IOC_SHUTDOWN of the kernel's ext4.h, without flushing its journal: what is not on the disk by now never will be.
    private const uint Shutdown = 0x8004587d;
    private const int NoLogFlush = 2;
    private const int MegaBytes = 512;
    private const int ReadOnly = 0;

    private readonly string folder = Directory.CreateTempSubdirectory("digitizer-disk-").FullName;

    public LoopDisk()
    {
        Directory.CreateDirectory(Root);
        using (var image = File.Create(Image))
        {
            image.SetLength((long)MegaBytes << 20);
        }

        Assert.True(Mount.Run("mkfs.ext4", "-q", "-F", Image));
        MountAgain();
    }

    /// <summary>Where it is mounted.</summary>
    public string Root => Path.Combine(folder, "mount");

    private string Image => Path.Combine(folder, "image");

    /// <summary>Takes the power away: from now on nothing reaches the disk, and every use of it fails.</summary>
    public void Cut()
    {
        var handle = open(Root, ReadOnly);
        var how = NoLogFlush;
        var result = ioctl(handle, Shutdown, ref how);
        var error = Marshal.GetLastPInvokeError();
        _ = close(handle);
        if (result != 0)
        {
            throw new Win32Exception(error);
        }
    }

    /// <summary>The machine comes up again.</summary>
    /// <returns>False while somebody still uses the disk.</returns>
    public bool TryRestart()
    {
        if (Mount.Run("umount", Root))
        {
            MountAgain();
        }

        return IsUsable();
    }

    // As long as a dying page-worker has it in a mount namespace of its own, it is the old one that is mounted again.
    private bool IsUsable()
    {
        try
        {
            File.WriteAllBytes(Path.Combine(Root, "probe"), []);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        Mount.Run("umount", "-l", Root);
        Directory.Delete(folder, recursive: true);
    }

    private void MountAgain() => Assert.True(Mount.Run("mount", "-o", "loop", Image, Root));

    [DllImport("libc", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int ioctl(int handle, nuint request, ref int argument);

    [DllImport("libc", SetLastError = true)]
    private static extern int close(int handle);
}
