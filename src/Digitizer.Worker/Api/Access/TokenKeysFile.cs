using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace Digitizer.Worker.Api.Access;

/// <summary>Public keys in a file, for servers that reach no issuer; a changed file is seen within a second.</summary>
internal sealed class TokenKeysFile : ITokenKeys
{
    private readonly WatchedFile<KeySet> file;

    public TokenKeysFile(string path, TimeProvider time, ILogger log) => file = new WatchedFile<KeySet>(
        Path.GetFullPath(path),
        json => KeySet.Parse(json, path),
        time,
        keys => AccessLog.TokenKeysRead(log, keys.Count),
        problem => AccessLog.TokenKeysUnreadable(log, problem));

    public ValueTask<JsonWebKey?> FindAsync(string id, CancellationToken cancellation) => new(file.Current?.Find(id));

    public void Dispose()
    {
        // A file holds nothing open between two looks.
    }
}
