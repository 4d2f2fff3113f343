namespace Digitizer.Native;

/// <summary>What a name in the file system stands for.</summary>
internal enum FileType
{
    Regular,
    Folder,
    Link,

    /// <summary>A pipe, a socket or a device: opening it may wait for ever.</summary>
    Other,
}

/// <summary>A file as the system knows it; two looks that are equal saw the same, unchanged file.</summary>
/// <param name="Device">The file system; with <paramref name="Inode"/> this is the file's identity whatever its name.</param>
/// <param name="Inode">Number within the file system.</param>
/// <param name="Type">What it is.</param>
/// <param name="Bytes">Length.</param>
/// <param name="Modified">Last change of the content, to the nanosecond's 100s.</param>
/// <param name="Changed">Last change of content or attributes; programs cannot set it back.</param>
/// <param name="Links">How many names it has.</param>
internal sealed record FileFacts(
    ulong Device, ulong Inode, FileType Type, long Bytes, DateTimeOffset Modified, DateTimeOffset Changed, uint Links = 1)
{
    public bool IsSameFile(FileFacts other) => Device == other.Device && Inode == other.Inode;
}
