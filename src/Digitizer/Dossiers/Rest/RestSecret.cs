using Digitizer.Failures;

namespace Digitizer.Dossiers.Rest;

/// <summary>Reads secrets where they are kept, each time anew: a changed one counts at once.</summary>
internal static class RestSecret
{
    /// <exception cref="DigitizerException">DossierUnavailable: it is not there.</exception>
    public static string Read(RestAccessOptions access)
    {
        if (access.SecretFile.Length == 0)
        {
            return Environment.GetEnvironmentVariable(access.SecretVariable) is { Length: > 0 } value
                ? value
                : throw new DigitizerException(FailureKind.DossierUnavailable, $"The variable {access.SecretVariable} is not set: it must hold the secret for the dossier system.");
        }

        return ReadFile(access.SecretFile);
    }

    /// <exception cref="DigitizerException">DossierUnavailable: it cannot be read.</exception>
    public static string ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path).TrimEnd('\r', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DigitizerException(FailureKind.DossierUnavailable, $"The secret in {ShownName.Escape(path)} cannot be read. Put it there, readable by this user only.", e);
        }
    }

    /// <summary>What is wrong with a file of a secret, or null.</summary>
    public static string? Problem(string path)
    {
        if (!File.Exists(path))
        {
            return $"{path} does not exist";
        }

        return (File.GetUnixFileMode(path) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != 0 ? $"{path} is open to everybody: chmod 600 it" : null;
    }
}
