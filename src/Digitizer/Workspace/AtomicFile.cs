using Digitizer.Failures;
using Digitizer.Native;

namespace Digitizer.Workspace;

/// <summary>What happens to a file that has the wanted name already.</summary>
internal enum Existing
{
    Keep,
    Replace,
}

/// <summary>Files that appear whole or not at all, and that a power cut does not take back.</summary>
/// <remarks>
/// 1. Write under a temporary name in the same folder. 2. fsync. 3. Rename. 4. fsync the folder.
/// A failed fsync is a failure: the system may have dropped what it could not write, and a second
/// fsync would succeed.
/// </remarks>
internal static class AtomicFile
{
    /// <summary>Start and end of temporary names; never results, never taken as sources.</summary>
    public const string TemporaryPrefix = ".digitizer-";

    private const int CrossDevice = 18;

    /// <summary>Writes a file.</summary>
    /// <param name="path">The final name; its folder exists.</param>
    /// <param name="existing">What to do if the name is taken.</param>
    /// <param name="content">Writes the bytes.</param>
    /// <returns>False if the name is taken and <paramref name="existing"/> says keep.</returns>
    /// <exception cref="DigitizerException">OutputNotWritable or NameUnusable; nothing of the new content has the name.</exception>
    public static bool Write(string path, Existing existing, Action<Stream> content)
    {
        var temporary = Path.Combine(Path.GetDirectoryName(path)!, $"{TemporaryPrefix}{Guid.NewGuid():N}.tmp");
        try
        {
            // 1.
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
            {
                content(stream);
                // 2.
                stream.Flush();
                PosixFiles.Flush(stream.SafeFileHandle, temporary);
            }

            // 3. and 4.
            return Rename(temporary, path, existing);
        }
        catch (Exception e) when (WriteFailure.IsExpected(e))
        {
            throw WriteFailure.Create(e, path);
        }
        finally
        {
            Remove(temporary);
        }
    }

    /// <summary>Creates a folder and those above it that are missing, each of them safe from a power cut.</summary>
    /// <exception cref="IOException">It cannot be created; see <see cref="WriteFailure"/>.</exception>
    public static void CreateFolder(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        var parent = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(path));
        if (!string.IsNullOrEmpty(parent))
        {
            CreateFolder(parent);
        }

        Directory.CreateDirectory(path);
        PosixFiles.FlushFolder(string.IsNullOrEmpty(parent) ? "." : parent);
    }

    /// <summary>Gives a finished file its final name; across file systems it is copied under a temporary name first.</summary>
    /// <returns>False, with <paramref name="from"/> still there, if the name is taken and <paramref name="existing"/> says keep.</returns>
    /// <exception cref="DigitizerException">As for <see cref="Write"/>.</exception>
    public static bool MoveInto(string from, string path, Existing existing)
    {
        try
        {
            using (var stream = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.Read))
            {
                PosixFiles.Flush(stream.SafeFileHandle, from);
            }

            return Rename(from, path, existing);
        }
        catch (PosixException e) when (e.HResult == CrossDevice)
        {
            using var source = File.OpenRead(from);
            return Write(path, existing, source.CopyTo);
        }
        catch (Exception e) when (WriteFailure.IsExpected(e))
        {
            throw WriteFailure.Create(e, path);
        }
    }

    /// <summary>Removes a temporary file if it is there and the disk lets it.</summary>
    public static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (WriteFailure.IsExpected(e))
        {
            // The name marks it as nobody's file; what is wrong with the folder was said already.
        }
    }

    private static bool Rename(string from, string to, Existing existing)
    {
        if (existing == Existing.Replace)
        {
            PosixFiles.Rename(from, to);
        }
        else if (!PosixFiles.TryRenameNew(from, to))
        {
            return false;
        }

        PosixFiles.FlushFolder(Path.GetDirectoryName(to)!);
        return true;
    }
}
