using Digitizer.Failures;

namespace Digitizer.Workspace;

/// <summary>The folder of one run's results, held against other runs, with room for intermediate files.</summary>
/// <remarks>
/// <c>DIR/.digitizer/lock</c> is locked while the run lasts and released by the system if it is
/// killed; whoever holds it may clear <c>DIR/.digitizer/work</c>, where a killed run leaves its files.
/// </remarks>
internal sealed class OutputFolder : IDisposable
{
    private readonly FileStream heldLock;
    private readonly string work;
    private int units;

    private OutputFolder(string path, FileStream heldLock)
    {
        Path = path;
        this.heldLock = heldLock;
        work = System.IO.Path.Combine(path, StateFolder, "work");
    }

    /// <summary>Name of the folder for state under the results; hidden, so that no scan takes it in.</summary>
    public const string StateFolder = ".digitizer";

    /// <summary>The folder, absolute.</summary>
    public string Path { get; }

    /// <summary>Creates the folder where it is missing, takes its lock and clears what a killed run left.</summary>
    /// <exception cref="DigitizerException">OutputNotWritable, NameTaken, or OutputInUse: another run works with it.</exception>
    public static OutputFolder Open(string folder)
    {
        var path = System.IO.Path.GetFullPath(folder);
        try
        {
            AtomicFile.CreateFolder(System.IO.Path.Combine(path, StateFolder));
            var opened = new OutputFolder(path, TakeLock(path));
            opened.ClearOrRelease();
            return opened;
        }
        catch (Exception e) when (WriteFailure.IsExpected(e))
        {
            throw WriteFailure.Create(e, path);
        }
    }

    /// <summary>A new, empty folder for one unit's intermediate files.</summary>
    /// <exception cref="DigitizerException">OutputNotWritable.</exception>
    public UnitFolder CreateUnitFolder()
    {
        var number = Interlocked.Increment(ref units);
        var folder = System.IO.Path.Combine(work, number.ToString("D6", System.Globalization.CultureInfo.InvariantCulture));
        try
        {
            Directory.CreateDirectory(folder);
            return new UnitFolder(folder);
        }
        catch (Exception e) when (WriteFailure.IsExpected(e))
        {
            throw WriteFailure.Create(e, folder);
        }
    }

    /// <summary>Clears what intermediate files are left, if the disk lets it: they are no reason to lose a finished run.</summary>
    public void Dispose()
    {
        using (heldLock)
        {
            try
            {
                Clear();
            }
            catch (Exception e) when (WriteFailure.IsExpected(e))
            {
                // The next run clears them, or says why it cannot.
            }
        }
    }

    private void ClearOrRelease()
    {
        try
        {
            Clear();
            Directory.CreateDirectory(work);
        }
        catch
        {
            heldLock.Dispose();
            throw;
        }
    }

    private static FileStream TakeLock(string path)
    {
        var file = System.IO.Path.Combine(path, StateFolder, "lock");
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(file) && e is not FileNotFoundException)
        {
            throw new DigitizerException(
                FailureKind.OutputInUse,
                $"Another run is writing into {ShownName.Escape(path)}. Wait until it ends, or choose another --out.",
                e);
        }
    }

    private void Clear()
    {
        if (Directory.Exists(work))
        {
            Directory.Delete(work, recursive: true);
        }
    }
}
