using Digitizer.Failures;
using Digitizer.Intake;

namespace Digitizer.PageWorkers;

/// <summary>Opens a source file for handing it over; never written to.</summary>
internal static class SourceFile
{
    /// <exception cref="DigitizerException">FileUnreadable or NameUnusable.</exception>
    public static FileStream Open(string file)
    {
        try
        {
            return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ReadFailure.Create(e);
        }
    }
}
