namespace Digitizer.Worker.Api.Access;

/// <summary>What a key or a token allows.</summary>
/// <param name="Rights">What its bearer may do.</param>
/// <param name="Sources">Sources that it may submit to and whose units it may see; <c>*</c> is all.</param>
/// <param name="Dossiers">Dossiers that it may name and see: codes, or their beginnings followed by <c>*</c>; <c>*</c> alone is all.</param>
/// <param name="Limits">How much.</param>
internal sealed record Grant(Right Rights, IReadOnlyList<string> Sources, IReadOnlyList<string> Dossiers, CallerLimits Limits)
{
    /// <summary>Stands for all sources, for all dossiers, and at the end of a pattern for all that begin so.</summary>
    public const string All = "*";

    /// <summary>True if the source is among them.</summary>
    public bool HasSource(string source) => Sources.Contains(All) || Sources.Contains(source, StringComparer.Ordinal);

    /// <summary>True if the dossier is among them.</summary>
    /// <param name="code">As a dossier key has it.</param>
    public bool HasDossier(string code) => Dossiers.Any(pattern => pattern.EndsWith('*')
        ? code.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal)
        : code.Equals(pattern, StringComparison.Ordinal));
}

/// <summary>How much a caller may ask for.</summary>
/// <param name="RequestsPerMinute">Calls, uploads among them.</param>
/// <param name="UploadBytes">Largest body of an upload.</param>
/// <param name="UploadsAtATime">Uploads that are under way.</param>
internal sealed record CallerLimits(int RequestsPerMinute, long UploadBytes, int UploadsAtATime)
{
    /// <summary>What holds where nothing else is said.</summary>
    public static CallerLimits Default { get; } = new(600, 512L << 20, 8);
}
