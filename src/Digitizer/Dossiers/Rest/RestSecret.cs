using Digitizer.Failures;
using Digitizer.Workspace;

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
    public static string ReadFile(string path) => SecretFile.Read(path, FailureKind.DossierUnavailable);
}
