using Digitizer.Dossiers;
using Digitizer.Dossiers.Rest;
using Microsoft.Extensions.Logging;

namespace Digitizer.Service;

/// <summary>The dossier store that a configuration asks for.</summary>
internal static class DossierStores
{
    /// <summary>What is wrong with what it says; all of it.</summary>
    public static IEnumerable<string> Problems(ServiceOptions options) => options switch
    {
        { Dossiers: not null, DossierSystem: not null } => ["Service names both Dossiers and DossierSystem; leave one out."],
        { DossierSystem: { } system } => RestOptionsCheck.Problems(system).Select(problem => $"Service:DossierSystem:{problem}."),
        _ => [],
    };

    /// <summary>Signs and checks the addresses that a dossier system fetches files from; null where it is handed the files.</summary>
    /// <exception cref="Failures.DigitizerException">DossierUnavailable: the secret cannot be read.</exception>
    public static FileLinks? Links(ServiceOptions options, TimeProvider time)
        => options.DossierSystem is { Style: RestStyle.Link } system ? FileLinks.Of(system.Links, time) : null;

    /// <summary>The store; null if documents go to no dossier.</summary>
    public static IDossierStore? Create(ServiceOptions options, TimeProvider time, ILoggerFactory logs) => options switch
    {
        { DossierSystem: { } system } => new RestDossierStore(system, Links(options, time), time, logs.CreateLogger<RestDossierStore>()),
        { Dossiers: { } folder } => new FolderDossierStore(Path.GetFullPath(folder)),
        _ => null,
    };
}
