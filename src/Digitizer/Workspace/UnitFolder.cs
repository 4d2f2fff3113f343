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

    /// <summary>A document's finished file, before it gets its name among the results.</summary>
    /// <param name="extension">With the dot.</param>
    public string Document(string extension) => System.IO.Path.Combine(path, "document" + extension);

    public void Dispose() => Directory.Delete(path, recursive: true);
}
