using System.Globalization;

namespace Digitizer.Workspace;

/// <summary>Intermediate files of one unit; gone when it is disposed.</summary>
/// <param name="path">An existing, empty folder.</param>
internal sealed class UnitFolder(string path) : IDisposable
{
    public string Path => path;

    /// <summary>Where a page's coded picture goes.</summary>
    /// <param name="index">The page, from 0; the name counts from 1.</param>
    public string PageImage(int index)
        => System.IO.Path.Combine(path, string.Create(CultureInfo.InvariantCulture, $"{index + 1:D5}_page.bin"));

    /// <summary>Where a page's picture goes that was made smaller.</summary>
    /// <param name="index">The page in its document, from 0; the name counts from 1.</param>
    /// <param name="attempt">Each has a file of its own.</param>
    public string Smaller(int index, int attempt)
        => System.IO.Path.Combine(path, string.Create(CultureInfo.InvariantCulture, $"{index + 1:D5}_smaller_{attempt}.bin"));

    /// <summary>A document's finished file, before it gets its name among the results.</summary>
    /// <param name="extension">With the dot.</param>
    public string Document(string extension) => System.IO.Path.Combine(path, "document" + extension);

    /// <summary>Writes one of the unit's files, for <see cref="AtomicFile.MoveInto"/> to give it its final name.</summary>
    /// <param name="extension">With the dot.</param>
    /// <param name="content">Writes the bytes.</param>
    /// <returns>The file: what <see cref="Document"/> gives.</returns>
    /// <exception cref="Failures.DigitizerException">OutputNotWritable.</exception>
    public string Write(string extension, Action<Stream> content)
    {
        var file = Document(extension);
        try
        {
            using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
            content(stream);
            return file;
        }
        catch (Exception e) when (WriteFailure.IsExpected(e))
        {
            throw WriteFailure.Create(e, file);
        }
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception e) when (WriteFailure.IsExpected(e))
        {
            // What is left is cleared with the work folder; it is no reason to lose a finished document.
        }
    }
}
