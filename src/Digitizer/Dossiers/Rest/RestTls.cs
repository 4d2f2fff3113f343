using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Digitizer.Failures;

namespace Digitizer.Dossiers.Rest;

/// <summary>Whom a connection to a dossier system trusts.</summary>
internal static class RestTls
{
    /// <summary>Reads the roots.</summary>
    /// <param name="trustedRootsFile">PEM; empty: those of the machine.</param>
    /// <exception cref="DigitizerException">DossierUnavailable: it cannot be read.</exception>
    public static SslClientAuthenticationOptions Create(string trustedRootsFile)
    {
        if (trustedRootsFile.Length == 0)
        {
            return new SslClientAuthenticationOptions();
        }

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(trustedRootsFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            throw new DigitizerException(FailureKind.DossierUnavailable, $"{ShownName.Escape(trustedRootsFile)} holds no certificates that can be read. Put the root of the dossier system there, as PEM.", e);
        }

        return new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
    }
}
