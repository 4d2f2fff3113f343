namespace Digitizer.Worker.Api.Access;

/// <summary>Metadata of an endpoint: what its callers must be allowed. An endpoint of the API without it is refused to everybody.</summary>
/// <param name="Right">All of these.</param>
/// <param name="IsUpload">
/// True if it takes a file: the caller's limits of uploads hold for it, instead of the small one of other bodies. A body that does not
/// say its size may be a sixteenth larger, as the server counts it with its chunks; an endpoint that must be exact counts itself.
/// </param>
internal sealed record Needs(Right Right, bool IsUpload = false)
{
    /// <summary>Open to everybody, known or not; there is no <see cref="AccessOfRequest.Caller"/> then.</summary>
    public static Needs Nobody { get; } = new(Right.None);
}
