using Microsoft.IdentityModel.Tokens;

namespace Digitizer.Worker.Api.Access;

/// <summary>The public keys of the issuer of tokens.</summary>
internal interface ITokenKeys : IDisposable
{
    /// <summary>Finds a key.</summary>
    /// <param name="id">The <c>kid</c> of a token.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Null if the issuer has no such key, or its keys cannot be had.</returns>
    ValueTask<JsonWebKey?> FindAsync(string id, CancellationToken cancellation);
}
