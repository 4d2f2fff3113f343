namespace Digitizer.Vault;

/// <summary>Where a process seals what comes in, and where it is kept.</summary>
/// <param name="Spool">On a disk of this machine, where files can be claimed by renaming.</param>
/// <param name="Kept">The same, or one that machines share.</param>
internal sealed record Vaults(LocalVault Spool, IVault Kept)
{
    /// <summary>True: what is sealed stays where it is, so that this disk is what may lose it.</summary>
    public bool IsOneDisk => ReferenceEquals(Spool, Kept);

    /// <summary>What is sealed is kept there.</summary>
    public static Vaults Local(LocalVault vault) => new(vault, vault);

    /// <summary>Brings sealed originals and their side-cars to where they are kept.</summary>
    /// <exception cref="Failures.DigitizerException">The vault's.</exception>
    public async Task ShareAsync(IEnumerable<OriginalName> originals, CancellationToken cancellation)
    {
        foreach (var original in originals)
        {
            await Kept.ShareAsync(original, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Lets go of originals that were accepted.</summary>
    public void Release(IEnumerable<OriginalName> originals)
    {
        foreach (var original in originals)
        {
            Kept.Release(original);
        }
    }
}
