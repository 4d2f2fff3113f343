using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

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

    private LoopDisk()
    {
    }

    /// <summary>Where it is mounted.</summary>
    public string Mount => Path.Combine(folder, "mount");

    private string Image => Path.Combine(folder, "image");

    /// <summary>Makes and mounts a disk.</summary>
    /// <returns>The disk, or why this machine has none.</returns>
    public static (LoopDisk? Disk, string Why) TryCreate()
    {
        var disk = new LoopDisk();
        try
        {
            Directory.CreateDirectory(disk.Mount);
            using (var image = File.Create(disk.Image))
            {
                image.SetLength((long)MegaBytes << 20);
            }

            Run("mkfs.ext4", "-q", "-F", disk.Image);
            disk.MountAgain();
            return (disk, "");
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            Directory.Delete(disk.folder, recursive: true);
            return (null, e.Message);
        }
    }

    /// <summary>Takes the power away: from now on nothing reaches the disk, and every use of it fails.</summary>
    public void Cut()
    {
        var handle = open(Mount, ReadOnly);
        var how = NoLogFlush;
        var result = ioctl(handle, Shutdown, ref how);
        var error = Marshal.GetLastPInvokeError();
        _ = close(handle);
        if (result != 0)
        {
            throw new Win32Exception(error);
        }
    }

    /// <summary>The machine comes up again. Whoever used the disk has ended.</summary>
    public void Restart()
    {
        Run("umount", Mount);
        MountAgain();
    }

    public void Dispose()
    {
        Run("umount", "-l", Mount);
        Directory.Delete(folder, recursive: true);
    }

    private void MountAgain() => Run("mount", "-o", "loop", Image, Mount);

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program}: {said.Trim()}");
        }
    }

    [DllImport("libc", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int ioctl(int handle, nuint request, ref int argument);

    [DllImport("libc", SetLastError = true)]
    private static extern int close(int handle);
}
