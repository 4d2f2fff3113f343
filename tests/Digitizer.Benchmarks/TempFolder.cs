namespace Digitizer.Benchmarks;

/// <summary>A folder for one run's output.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("digitizer-bench-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
