namespace Digitizer.Worker.Api.Access;

/// <summary>A key as the file keeps it: everything but the secret.</summary>
/// <param name="Id">Ten letters and digits; stands in the key's text, in logs and in the journal.</param>
/// <param name="Name">Whose it is, for people.</param>
/// <param name="Created">When.</param>
/// <param name="Expires">From when on it is refused; null: never.</param>
/// <param name="Revoked">Since when it is refused; null: it is not.</param>
/// <param name="Sha256">Of the key's text, lower-case hex. Its secret has 256 random bits, which no dictionary holds: a plain digest is enough.</param>
/// <param name="Grant">What it allows.</param>
internal sealed record ApiKey(string Id, string Name, DateTimeOffset Created, DateTimeOffset? Expires, DateTimeOffset? Revoked, string Sha256, Grant Grant)
{
    /// <summary>True if its bearer is let in at this time.</summary>
    public bool IsUsable(DateTimeOffset now) => Revoked is null && !IsExpired(now);

    /// <summary>True if its time is over.</summary>
    public bool IsExpired(DateTimeOffset now) => Expires <= now;
}
