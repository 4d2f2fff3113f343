using Microsoft.Extensions.Logging;

namespace Digitizer.Worker.Api.Access;

/// <summary>The keys that a running service lets in, as the file has them within a second.</summary>
internal sealed class KeyRing
{
    private readonly TimeProvider time;
    private readonly WatchedFile<Dictionary<string, ApiKey>> file;

    public KeyRing(ApiKeyFile file, TimeProvider time, ILogger log)
    {
        this.time = time;
        this.file = new WatchedFile<Dictionary<string, ApiKey>>(
            file.Path,
            json => ApiKeyFile.Parse(json).ToDictionary(key => key.Id, StringComparer.Ordinal),
            time,
            keys => AccessLog.KeysRead(log, keys.Values.Count(key => key.IsUsable(time.GetUtcNow())), keys.Count),
            problem => AccessLog.KeysUnreadable(log, problem));
    }

    /// <summary>True if somebody could be let in by a key.</summary>
    public bool HasUsable => file.Current is { } keys && keys.Values.Any(key => key.IsUsable(time.GetUtcNow()));

    /// <summary>Whose key this is.</summary>
    /// <param name="brought">What was brought.</param>
    public Identified Identify(string brought)
    {
        if (KeyText.Parse(brought) is not { } text)
        {
            return new Identified(null, WhyUnknown.Malformed);
        }

        var keys = file.Current;
        var key = keys?.GetValueOrDefault(text.Id);
        var isRight = text.IsOf(key);
        return (keys, key) switch
        {
            (null, _) => new Identified(null, WhyUnknown.KeysUnreadable),
            (_, null) => new Identified(null, WhyUnknown.KeyUnknown),
            _ when !isRight => new Identified(null, WhyUnknown.SecretWrong, key.Id),
            _ when key.Revoked is not null => new Identified(null, WhyUnknown.KeyRevoked, key.Id),
            _ when key.IsExpired(time.GetUtcNow()) => new Identified(null, WhyUnknown.KeyExpired, key.Id),
            _ => new Identified(new Caller(key.Id, key.Name, key.Grant)),
        };
    }
}
