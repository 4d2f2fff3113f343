using System.Runtime.InteropServices;

namespace Digitizer.Native;

/// <summary>
/// The parts of <c>struct statx</c> (statx(2), linux/stat.h) that are used. Unlike <c>struct stat</c>
/// it has one layout on all processors.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal readonly struct StatBuffer
{
    /// <summary>AT_SYMLINK_NOFOLLOW.</summary>
    public const int NoFollow = 0x100;

    /// <summary>STATX_BASIC_STATS.</summary>
    public const uint BasicStats = 0x7ff;

    private const int TypeMask = 0xF000;

    [FieldOffset(16)]
    private readonly uint links;

    [FieldOffset(20)]
    private readonly uint owner;

    [FieldOffset(24)]
    private readonly uint group;

    [FieldOffset(28)]
    private readonly ushort mode;

    [FieldOffset(32)]
    private readonly ulong inode;

    [FieldOffset(40)]
    private readonly long size;

    [FieldOffset(96)]
    private readonly long changedSeconds;

    [FieldOffset(104)]
    private readonly uint changedNanoseconds;

    [FieldOffset(112)]
    private readonly long modifiedSeconds;

    [FieldOffset(120)]
    private readonly uint modifiedNanoseconds;

    [FieldOffset(136)]
    private readonly uint deviceMajor;

    [FieldOffset(140)]
    private readonly uint deviceMinor;

    /// <summary>The user that it belongs to.</summary>
    public uint Owner => owner;

    /// <summary>The group that it belongs to.</summary>
    public uint Group => group;

    public FileFacts ToFacts() => new(
        ((ulong)deviceMajor << 32) | deviceMinor,
        inode,
        (mode & TypeMask) switch
        {
            0x8000 => FileType.Regular,
            0x4000 => FileType.Folder,
            0xA000 => FileType.Link,
            _ => FileType.Other,
        },
        size,
        Time(modifiedSeconds, modifiedNanoseconds),
        Time(changedSeconds, changedNanoseconds),
        links);

    // A damaged file system may hold a time outside the calendar; it is then the nearest end of it.
    private static DateTimeOffset Time(long seconds, uint nanoseconds)
    {
        var inside = Math.Clamp(seconds, DateTimeOffset.MinValue.ToUnixTimeSeconds(), DateTimeOffset.MaxValue.ToUnixTimeSeconds());
        var ticks = inside == seconds ? nanoseconds / 100 : 0;
        return DateTimeOffset.FromUnixTimeSeconds(inside).AddTicks(ticks);
    }
}
