using System.Text;

namespace Digitizer.Tests.Support;

/// <summary>A folder of one test, gone afterwards.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("digitizer-test-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file, and its folders.</summary>
    public string File(string name, byte[] content)
    {
        var path = this[name];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }

    public string File(string name, string content = "x") => File(name, Encoding.UTF8.GetBytes(content));

    /// <summary>All files below, relative and in order, without the state of runs.</summary>
    public string[] Files(string below = "") => [.. Directory
        .EnumerateFiles(this[below], "*", SearchOption.AllDirectories)
        .Select(f => System.IO.Path.GetRelativePath(this[below], f))
        .Where(f => !f.StartsWith(".digitizer/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
