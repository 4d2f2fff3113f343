namespace Digitizer.Confinement;

/// <summary>How programs that decode are kept from the rest of the system.</summary>
internal enum ConfinementLevel
{
    /// <summary>Limits only: allowed by the administrator, said loudly.</summary>
    None,

    /// <summary>Own namespaces without network, a read-only view of a few folders, system calls filtered.</summary>
    Full,
}
