using Digitizer.Failures;
using Digitizer.Native;
using Digitizer.Workspace;

namespace Digitizer.Vault.Blobs;

/// <summary>Copies of a vault's files on the local disk, by digest, no more of them than a bound; what is being read stays.</summary>
/// <remarks>
/// A copy is nobody's only one, so nothing of it is brought to the disk: what is found at the start is hashed before it is believed.
/// What nobody has used for a day goes when others are used, so that no machine holds for long what retention has taken out of the vault.
/// </remarks>
internal sealed class BlobCache
{
    private const int Private = 0b111_000_000;

    // Room for what comes next, so that not every new file costs a search.
    private const double Leaves = 0.9;

    private static readonly TimeSpan LongestUnused = TimeSpan.FromDays(1);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan BetweenTouches = TimeSpan.FromHours(1);

    private readonly string folder;
    private readonly long most;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly Dictionary<string, Copy> copies = new(StringComparer.Ordinal);
    private long bytes;
    private DateTimeOffset looked;

    /// <summary>Takes over what an earlier process left.</summary>
    /// <param name="folder">Absolute; of the file system that files to be taken in lie on.</param>
    /// <param name="most">Bytes.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="DigitizerException">OutputNotWritable.</exception>
    public BlobCache(string folder, long most, TimeProvider time)
    {
        (this.folder, this.most, this.time) = (folder, most, time);
        try
        {
            Directory.CreateDirectory(folder, (UnixFileMode)Private);
            foreach (var file in new DirectoryInfo(folder).EnumerateFiles())
            {
                Add(file.Name, file.Length, isSure: false, used: file.LastWriteTimeUtc);
            }

            Shrink();
        }
        catch (Exception e) when (WriteFailure.IsExpected(e))
        {
            throw WriteFailure.Create(e, folder);
        }
    }

    /// <summary>Bytes of all copies.</summary>
    public long Bytes
    {
        get
        {
            lock (gate)
            {
                return bytes;
            }
        }
    }

    /// <summary>Keeps a copy from being taken out until <see cref="Unpin"/>.</summary>
    /// <returns>Its path; null: there is none.</returns>
    public string? TryPin(string sha256)
    {
        bool isSure, mayStay;
        lock (gate)
        {
            if (!copies.TryGetValue(sha256, out var copy))
            {
                return null;
            }

            copy.Pins++;
            var now = time.GetUtcNow();
            (mayStay, isSure) = (now - copy.Used < BetweenTouches, copy.IsSure);
            copy.Used = now;
        }

        // Somebody may have cleared the folder.
        if (isSure ? File.Exists(PathOf(sha256)) : IsWhole(sha256))
        {
            return mayStay ? PathOf(sha256) : Touched(PathOf(sha256));
        }

        Drop(sha256);
        return null;
    }

    /// <summary>It may be taken out.</summary>
    public void Unpin(string sha256)
    {
        lock (gate)
        {
            if (copies.TryGetValue(sha256, out var copy))
            {
                copy.Pins--;
            }

            Shrink();
        }
    }

    /// <summary>Takes a file in, whose bytes are known to have this digest; it is moved, or deleted where there is such a copy.</summary>
    /// <exception cref="DigitizerException">OutputNotWritable.</exception>
    public void Take(string file, string sha256) => Take(file, sha256, pins: 0);

    /// <summary>Takes a file in that stays until <see cref="Unpin"/>.</summary>
    /// <returns>Its path.</returns>
    /// <exception cref="DigitizerException">OutputNotWritable.</exception>
    public string TakePinned(string file, string sha256)
    {
        Take(file, sha256, pins: 1);
        return PathOf(sha256);
    }

    private void Take(string file, string sha256, int pins)
    {
        try
        {
            lock (gate)
            {
                // A copy that is there and not yet hashed gives way; who reads it has it open.
                var length = new FileInfo(file).Length;
                if (copies.TryGetValue(sha256, out var known) && known.IsSure && File.Exists(PathOf(sha256)))
                {
                    File.Delete(file);
                }
                else
                {
                    PosixFiles.Rename(file, PathOf(sha256));
                    bytes -= known?.Bytes ?? 0;
                    Add(sha256, length, isSure: true, used: time.GetUtcNow(), known?.Pins ?? 0);
                }

                copies[sha256].Pins += pins;
                Shrink();
            }
        }
        catch (Exception e) when (WriteFailure.IsExpected(e))
        {
            throw WriteFailure.Create(e, file);
        }
    }

    // So that the next process knows when it was used.
    private string Touched(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);
        }
        catch (Exception e) when (WriteFailure.IsExpected(e))
        {
            // Then it goes sooner; whoever reads it says what is wrong with it.
        }

        return path;
    }

    private bool IsWhole(string sha256)
    {
        try
        {
            if (FileDigest.OfFile(PathOf(sha256)) != sha256)
            {
                return false;
            }

            lock (gate)
            {
                copies[sha256].IsSure = true;
            }

            return true;
        }
        catch (Exception e) when (WriteFailure.IsExpected(e))
        {
            return false;
        }
    }

    private void Drop(string sha256)
    {
        lock (gate)
        {
            if (copies.TryGetValue(sha256, out var copy) && --copy.Pins == 0)
            {
                Remove(sha256, copy);
            }
        }
    }

    private void Add(string sha256, long length, bool isSure, DateTimeOffset used, int pins = 0)
    {
        copies[sha256] = new Copy { Bytes = length, Used = used, IsSure = isSure, Pins = pins };
        bytes += length;
    }

    private void Shrink()
    {
        var now = time.GetUtcNow();
        if (now - looked >= BetweenLooks)
        {
            looked = now;
            foreach (var (sha256, copy) in copies.Where(c => c.Value.Pins == 0 && now - c.Value.Used >= LongestUnused).ToList())
            {
                Remove(sha256, copy);
            }
        }

        if (bytes <= most)
        {
            return;
        }

        foreach (var (sha256, copy) in copies.Where(c => c.Value.Pins == 0).OrderBy(c => c.Value.Used).ToList())
        {
            if (bytes <= most * Leaves)
            {
                return;
            }

            Remove(sha256, copy);
        }
    }

    private void Remove(string sha256, Copy copy)
    {
        copies.Remove(sha256);
        bytes -= copy.Bytes;
        File.Delete(PathOf(sha256));
    }

    private string PathOf(string sha256) => Path.Combine(folder, sha256);

    private sealed class Copy
    {
        public required long Bytes { get; init; }

        public DateTimeOffset Used { get; set; }

        public int Pins { get; set; }

        public bool IsSure { get; set; }
    }
}
