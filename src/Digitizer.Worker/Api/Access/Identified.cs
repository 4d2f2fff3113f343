namespace Digitizer.Worker.Api.Access;

/// <summary>What is known of a caller.</summary>
/// <param name="Caller">Null if it is not known who calls.</param>
/// <param name="Why">Then: why not. For the log; the caller is not told.</param>
/// <param name="About">Then: the key that it was about, if there is one.</param>
internal sealed record Identified(Caller? Caller, WhyUnknown Why = default, string About = "");

/// <summary>Why it is not known who calls.</summary>
internal enum WhyUnknown
{
    NothingBrought,
    Malformed,
    KeysUnreadable,
    KeyUnknown,
    SecretWrong,
    KeyRevoked,
    KeyExpired,
    TokensNotTaken,
    TokenAlgorithm,
    TokenKeyUnknown,
    TokenSignature,
    TokenAudience,
    TokenIssuer,
    TokenTime,
    TokenSubject,
    TokenInvalid,
}
