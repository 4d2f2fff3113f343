using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Digitizer.Native;

/// <summary>How moving a file to a new name ended.</summary>
internal enum Moved
{
    Done,

    /// <summary>The file is no longer there: somebody else took it.</summary>
    Gone,

    /// <summary>Something has the new name; nothing changed.</summary>
    Taken,
}

/// <summary>
/// An open folder. Names are looked up in it and nowhere else: no link is followed, and it stays the
/// same folder whatever happens to its path.
/// </summary>
internal sealed partial class PosixFolder : IDisposable
{
    // linux/fcntl.h, asm-generic/errno-base.h: the same on x86-64 and arm64 but for O_DIRECTORY and O_NOFOLLOW.
    private static readonly bool Arm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
    private static readonly int FolderOnly = Arm ? 0x4000 : 0x10000;
    private static readonly int NoFollow = Arm ? 0x8000 : 0x20000;

    private const int CurrentFolder = -100;
    private const int ReadOnly = 0;
    private const int WriteNew = 0x1 | 0x40 | 0x80;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const int EmptyPath = 0x1000;
    private const int RemoveFolder = 0x200;
    private const uint NoReplace = 1;
    private const int NoEntry = 2;
    private const int Exists = 17;
    private const int Invalid = 22;
    private const int NotEmpty = 39;

    // struct linux_dirent64: inode and offset, 8 bytes each, then length, type and name.
    private const int EntryLengthAt = 16;
    private const int EntryNameAt = 19;

    private static readonly byte[] Itself = [0];

    private readonly SafeFileHandle handle;
    private readonly string path;

    private PosixFolder(SafeFileHandle handle, string path)
    {
        this.handle = handle;
        this.path = path;
    }

    /// <summary>The path that it was opened by, for messages.</summary>
    public string Path => path;

    /// <summary>Opens a folder by its path; links on the way are followed.</summary>
    /// <exception cref="PosixException">It is not there, not a folder, or may not be read.</exception>
    public static PosixFolder Open(string path)
        => new(Checked(OpenAt(CurrentFolder, FileName.FromText(path).ToCString(), ReadOnly | CloseOnExec | FolderOnly, 0), "open", path), path);

    /// <summary>Opens a folder in this one; a link is refused.</summary>
    /// <exception cref="PosixException">It is not there, not a folder, or may not be read.</exception>
    public PosixFolder OpenFolder(FileName name)
        => new(Checked(OpenAt(handle, name.ToCString(), ReadOnly | CloseOnExec | FolderOnly | NoFollow, 0), "open", Join(name)), Join(name));

    /// <summary>Creates a folder in this one, unless it is there.</summary>
    /// <exception cref="PosixException">It is not there now.</exception>
    public void CreateFolder(FileName name, int mode)
    {
        if (MkDirAt(handle, name.ToCString(), mode) != 0 && Marshal.GetLastPInvokeError() is not Exists and var error)
        {
            throw new PosixException("mkdir", Join(name), error);
        }
    }

    /// <summary>All names in the folder but <c>.</c> and <c>..</c>, in no order.</summary>
    /// <exception cref="PosixException">The folder cannot be read.</exception>
    public List<FileName> List()
    {
        // A handle of its own: where reading stands belongs to the handle.
        using var fresh = Checked(OpenAt(handle, [(byte)'.', 0], ReadOnly | CloseOnExec | FolderOnly, 0), "open", path);
        var names = new List<FileName>();
        var buffer = new byte[1 << 16];
        while (true)
        {
            var length = GetDEnts64(fresh, buffer, (nuint)buffer.Length);
            if (length == 0)
            {
                return names;
            }

            if (length < 0)
            {
                throw new PosixException("list", path, Marshal.GetLastPInvokeError());
            }

            AddNames(buffer.AsSpan(0, (int)length), names);
        }
    }

    /// <summary>Looks at a name; a link is itself what is looked at.</summary>
    /// <returns>Null if nothing has that name.</returns>
    /// <exception cref="PosixException">It cannot be looked at.</exception>
    public FileFacts? Look(FileName name)
    {
        if (StatX(handle, name.ToCString(), StatBuffer.NoFollow, StatBuffer.BasicStats, out var stat) == 0)
        {
            return stat.ToFacts();
        }

        return Marshal.GetLastPInvokeError() is NoEntry ? null : throw new PosixException("stat", Join(name), Marshal.GetLastPInvokeError());
    }

    /// <summary>The folder itself.</summary>
    public FileFacts Facts => FactsOf(handle, path);

    /// <summary>What an open file is now.</summary>
    /// <exception cref="PosixException">The file system does not answer.</exception>
    public static FileFacts FactsOf(SafeFileHandle file, string path)
        => StatX(file, Itself, EmptyPath, StatBuffer.BasicStats, out var stat) == 0
            ? stat.ToFacts()
            : throw new PosixException("stat", path, Marshal.GetLastPInvokeError());

    /// <summary>Opens a file for reading: a link is refused, a pipe does not make it wait.</summary>
    /// <returns>Null if nothing has that name.</returns>
    /// <exception cref="PosixException">A link, a socket, or no permission.</exception>
    public SafeFileHandle? OpenFile(FileName name)
    {
        var file = OpenAt(handle, name.ToCString(), ReadOnly | CloseOnExec | NoFollow | NonBlocking, 0);
        if (file.IsInvalid && Marshal.GetLastPInvokeError() == NoEntry)
        {
            file.Dispose();
            return null;
        }

        return Checked(file, "open", Join(name));
    }

    /// <summary>Creates a file for writing.</summary>
    /// <exception cref="PosixException">Something has that name, or the folder cannot be written.</exception>
    public SafeFileHandle CreateFile(FileName name, int mode)
        => Checked(OpenAt(handle, name.ToCString(), WriteNew | CloseOnExec | NoFollow, mode), "create", Join(name));

    /// <summary>Moves whatever has a name to a new name in a folder of the same file system; overwrites nothing.</summary>
    /// <exception cref="PosixException">Another file system, no permission, a name too long; nothing changed.</exception>
    public Moved Move(FileName name, PosixFolder to, FileName newName)
    {
        if (RenameAt2(handle, name.ToCString(), to.handle, newName.ToCString(), NoReplace) == 0)
        {
            return Moved.Done;
        }

        return Marshal.GetLastPInvokeError() switch
        {
            NoEntry => Moved.Gone,
            Exists or NotEmpty => Moved.Taken,
            // Some network file systems know no NOREPLACE; a hard link refuses an existing name just as well.
            Invalid => MoveByLink(name, to, newName),
            var error => throw new PosixException($"rename to {to.Join(newName)}", Join(name), error),
        };
    }

    /// <summary>Gives a file a second name.</summary>
    /// <exception cref="PosixException">The file system has no hard links, or something has that name.</exception>
    public void Link(FileName name, FileName secondName)
        => Check(LinkAt(handle, name.ToCString(), handle, secondName.ToCString(), 0), "link", Join(secondName));

    /// <summary>Removes a file's name, if it is there.</summary>
    /// <exception cref="PosixException">It is still there.</exception>
    public void Delete(FileName name) => Remove(name, 0);

    /// <summary>Removes an empty folder, if it is there.</summary>
    /// <exception cref="PosixException">It is still there.</exception>
    public void DeleteFolder(FileName name) => Remove(name, RemoveFolder);

    /// <summary>Sets an open file's permissions.</summary>
    /// <exception cref="PosixException">They are as they were.</exception>
    public static void SetMode(SafeFileHandle file, int mode, string path) => Check(FChMod(file, mode), "chmod", path);

    /// <summary>Waits until the names in this folder are on the disk.</summary>
    /// <exception cref="PosixException">They may not be.</exception>
    public void Flush() => PosixFiles.Flush(handle, path);

    /// <summary>The number that says which file system this is (statfs(2), linux/magic.h).</summary>
    /// <exception cref="PosixException">It does not say.</exception>
    public long FileSystemType()
    {
        // struct statfs starts with the type; the rest, 112 bytes on 64 bits, is not needed.
        var buffer = new byte[256];
        Check(FStatFs(handle, buffer), "statfs", path);
        return BitConverter.ToInt64(buffer) & 0xFFFFFFFF;
    }

    public void Dispose() => handle.Dispose();

    private Moved MoveByLink(FileName name, PosixFolder to, FileName newName)
    {
        if (LinkAt(handle, name.ToCString(), to.handle, newName.ToCString(), 0) == 0)
        {
            Delete(name);
            return Moved.Done;
        }

        return Marshal.GetLastPInvokeError() switch
        {
            NoEntry => Moved.Gone,
            Exists => Moved.Taken,
            var error => throw new PosixException("link to", to.Join(newName), error),
        };
    }

    private void Remove(FileName name, int flags)
    {
        if (UnlinkAt(handle, name.ToCString(), flags) != 0 && Marshal.GetLastPInvokeError() is not NoEntry and var error)
        {
            throw new PosixException("unlink", Join(name), error);
        }
    }

    private static void AddNames(ReadOnlySpan<byte> entries, List<FileName> names)
    {
        while (!entries.IsEmpty)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(entries[EntryLengthAt..]);
            var name = entries[EntryNameAt..length];
            name = name[..name.IndexOf((byte)0)];
            if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
            {
                names.Add(FileName.FromBytes(name));
            }

            entries = entries[length..];
        }
    }

    private string Join(FileName name) => $"{path}/{name}";

    private static SafeFileHandle Checked(SafeFileHandle opened, string operation, string path)
    {
        if (!opened.IsInvalid)
        {
            return opened;
        }

        var error = Marshal.GetLastPInvokeError();
        opened.Dispose();
        throw new PosixException(operation, path, error);
    }

    private static void Check(int result, string operation, string path)
    {
        if (result != 0)
        {
            throw new PosixException(operation, path, Marshal.GetLastPInvokeError());
        }
    }
}
