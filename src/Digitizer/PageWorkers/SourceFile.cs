using Digitizer.Failures;

namespace Digitizer.PageWorkers;

/// <summary>Opens a source file for handing it over; never written to.</summary>
internal static class SourceFile
{
    /// <exception cref="DigitizerException">FileUnreadable.</exception>
    public static FileStream Open(string file)
    {
        try
        {
            return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DigitizerException(FailureKind.FileUnreadable, $"The file cannot be opened ({e.Message}) Check that it is there and may be read.", e);
        }
    }
}
