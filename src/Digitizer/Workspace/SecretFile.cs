using Digitizer.Failures;

namespace Digitizer.Workspace;

/// <summary>A file that holds one secret.</summary>
internal static class SecretFile
{
    /// <summary>What it holds, without the end of the line.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">Of the failure.</param>
    /// <exception cref="DigitizerException">It cannot be read.</exception>
    public static string Read(string path, FailureKind kind)
    {
        try
        {
            return File.ReadAllText(path).TrimEnd('\r', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DigitizerException(kind, $"The secret in {ShownName.Escape(path)} cannot be read. Put it there, readable by this user only.", e);
        }
    }

    /// <summary>What is wrong with such a file, or null.</summary>
    public static string? Problem(string path)
    {
        if (!File.Exists(path))
        {
            return $"{ShownName.Escape(path)} does not exist";
        }

        return (File.GetUnixFileMode(path) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != 0 ? $"{ShownName.Escape(path)} is open to everybody: chmod 600 it" : null;
    }
}
