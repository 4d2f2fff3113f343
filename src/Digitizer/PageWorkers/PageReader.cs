using Digitizer.Pages;
using Digitizer.Recognition;

namespace Digitizer.PageWorkers;

/// <summary>The child's three stages over one page: Pages → Cleanup → Recognition.</summary>
internal sealed class PageReader(string model, string tessdataFolder) : IDisposable
{
    /// <summary>The loaded engine.</summary>
    /// <exception cref="Failures.DigitizerException">EngineMissing or ModelMissing.</exception>
    public EngineInfo Engine => throw new NotSupportedException($"{model} {tessdataFolder}");

    /// <summary>Reads headers only and applies every limit that headers can tell.</summary>
    /// <exception cref="Failures.DigitizerException">Why the file is refused.</exception>
    public UnitContents Inspect(byte[] unit) => throw new NotSupportedException();

    /// <summary>Reads one page.</summary>
    /// <param name="unit">The whole file.</param>
    /// <param name="index">The page, from 0.</param>
    /// <returns>The result, and the coded picture unless <see cref="PageImage.IsSourceFile"/>.</returns>
    /// <exception cref="Failures.DigitizerException">Why the page cannot be read.</exception>
    public (PageResult Result, byte[]? Image) Read(byte[] unit, int index) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
