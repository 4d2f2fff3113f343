using Digitizer.EndToEndTests.Support;

namespace Digitizer.EndToEndTests.Trials;

/// <summary>A small disk in memory that can be filled up.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const int Block = 4096;

    /// <param name="bytes">Its size.</param>
    public SmallDisk(int bytes) => Assert.True(Mount.Run("mount", "-t", "tmpfs", "-o", FormattableString.Invariant($"size={bytes}"), "none", Root));

    /// <summary>Where it is mounted.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("digitizer-small-").FullName;

    private string Filler => Path.Combine(Root, "filler");

    /// <summary>Fills it.</summary>
    /// <param name="leave">Bytes that stay free.</param>
    public void Fill(int leave)
    {
        using var filler = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[Block];
        try
        {
            while (new DriveInfo(Root).AvailableFreeSpace > Math.Max(leave, Block))
            {
                filler.Write(block);
            }
        }
        catch (IOException)
        {
            // Somebody else took the last of it.
        }
    }

    public void MakeRoom() => File.Delete(Filler);

    public void Dispose()
    {
        Mount.Run("umount", "-l", Root);
        Directory.Delete(Root);
    }
}
