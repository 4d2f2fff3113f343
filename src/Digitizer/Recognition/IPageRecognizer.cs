using Digitizer.Cleanup;
using Digitizer.Native;

namespace Digitizer.Recognition;

/// <summary>A cleaned page → its text. Not for two threads at a time.</summary>
internal interface IPageRecognizer : IDisposable
{
    /// <summary>What reads.</summary>
    EngineInfo Engine { get; }

    /// <summary>Reads a page.</summary>
    /// <returns>Text in reading order, in stored pixels.</returns>
    /// <exception cref="NativeException">The engine gave up.</exception>
    PageText Read(CleanPage page);

    /// <summary>Reads one line without any clean-up.</summary>
    /// <param name="line">Grey, upright, a line of print with some paper around it.</param>
    /// <param name="dpi">Pixels an inch.</param>
    /// <exception cref="NativeException">The engine gave up.</exception>
    string ReadLine(Pix line, double dpi);

    /// <summary>How sure a trial reading of a part of a page is, 0–100, by length of words.</summary>
    double Trial(Pix part, double dpi);
}
