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
        { DossierSystem.Style: RestStyle.Link } => ["Service:DossierSystem:Style is Link: this version hosts no files for others to fetch; use Upload."],
        { DossierSystem: { } system } => RestOptionsCheck.Problems(system).Select(problem => $"Service:DossierSystem:{problem}."),
        _ => [],
    };

    /// <summary>The store; null if documents go to no dossier.</summary>
    public static IDossierStore? Create(ServiceOptions options, TimeProvider time, ILoggerFactory logs) => options switch
    {
        { DossierSystem: { } system } => new RestDossierStore(system, links: null, time, logs.CreateLogger<RestDossierStore>()),
        { Dossiers: { } folder } => new FolderDossierStore(Path.GetFullPath(folder)),
        _ => null,
    };
}
