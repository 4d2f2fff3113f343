using Digitizer.Intake;

namespace Digitizer;

/// <summary>What a batch run is to do.</summary>
internal sealed record BatchRequest
{
    /// <summary>Where results go; created where missing.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>The dossier that all documents belong to, or null.</summary>
    public DossierKey? Dossier { get; init; }

    /// <summary>Rule profile of all documents, one of <see cref="Profiles.Known"/>.</summary>
    public string Profile { get; init; } = Profiles.Default;

    /// <summary>False: the dossier's code is written into the results, but nothing is filed.</summary>
    public bool Attach { get; init; } = true;

    /// <summary>File that gets a line of CPU times for each page, or null. Replaced.</summary>
    public string? TimingsFile { get; init; }
}
