using System.Globalization;
using System.Text;
using Digitizer.Native;
using Digitizer.Vault;

namespace Digitizer.Intake.DropFolders;

/// <summary>
/// Where refused files lie for people: a folder for each, named by time and unit, with the file under
/// its own name and a reason. What was read also stays in the vault; deleting it here loses nothing.
/// </summary>
/// <param name="path">The folder of all exceptions, absolute.</param>
internal sealed class FolderExceptions(string path)
{
    private const int Everyone = 0b110_110_000;

    public static readonly FileName Reason = FileName.FromText("LY-DO.txt");

    /// <summary>The folder of all exceptions, absolute.</summary>
    public string Path => path;

    /// <summary>True if the file of a note was put aside here.</summary>
    public bool Holds(ClaimNote note)
    {
        var own = System.IO.Path.Combine(path, NameOf(note.Received, note.Unit));
        if (!Directory.Exists(own))
        {
            return false;
        }

        using var folder = PosixFolder.Open(own);
        return folder.Look(note.FileName) is not null;
    }

    /// <summary>Moves an entry here as it is.</summary>
    /// <returns>False if it is gone.</returns>
    /// <exception cref="IOException">It is still where it was, for instance on another file system.</exception>
    public bool TakeIn(PosixFolder from, ClaimNote note)
    {
        using var own = Make(note.Received, note.Unit);
        if (from.Move(note.FileName, own, note.FileName) != Moved.Done)
        {
            return false;
        }

        own.Flush();
        from.Flush();
        return true;
    }

    /// <summary>Lays a refused file and its reason out; again, if it lies there.</summary>
    /// <exception cref="IOException">No room or no permission; it is in the vault, and is tried again.</exception>
    public void Lay(Arrival arrival, LocalVault vault)
    {
        using var own = Make(arrival.Received, arrival.Unit.ToString());
        if (arrival.Original is { } original)
        {
            own.Delete(arrival.Name);
            using var source = vault.OpenOriginal(original);
            using var copy = new FileStream(own.CreateFile(arrival.Name, Everyone), FileAccess.Write, bufferSize: 1);
            source.CopyTo(copy);
        }

        var reason = arrival.Name == Reason ? EntryRule.Variant(Reason, 2) : Reason;
        own.Delete(reason);
        using var file = own.CreateFile(reason, Everyone);
        RandomAccess.Write(file, Encoding.UTF8.GetBytes(ReasonText.Of(arrival)), 0);
    }

    private static string NameOf(DateTimeOffset received, string unit)
        => $"{received.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}-{unit}";

    private PosixFolder Make(DateTimeOffset received, string unit)
    {
        Directory.CreateDirectory(path);
        using var all = PosixFolder.Open(path);
        var own = FolderPlace.Make(all, NameOf(received, unit));
        all.Flush();
        return own;
    }
}
