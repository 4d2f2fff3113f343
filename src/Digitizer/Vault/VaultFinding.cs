namespace Digitizer.Vault;

/// <summary>What is wrong with a kept file.</summary>
internal enum VaultFault
{
    /// <summary>It is not there.</summary>
    Missing,

    /// <summary>Its bytes are not those that were put in.</summary>
    Changed,

    /// <summary>The disk does not give it.</summary>
    Unreadable,
}

/// <summary>A kept file that is not as it was put in.</summary>
/// <param name="File">Path below the vault.</param>
/// <param name="Fault">What is wrong.</param>
internal sealed record VaultFinding(string File, VaultFault Fault);

/// <summary>A result in the vault.</summary>
/// <param name="Sha256">Its digest, which is its name.</param>
/// <param name="Bytes">Its length.</param>
internal sealed record StoredResult(string Sha256, long Bytes);

/// <summary>A file that came in from elsewhere and is no original yet.</summary>
/// <param name="Path">Where it lies meanwhile, absolute.</param>
/// <param name="Sha256">Lower-case hex.</param>
/// <param name="Bytes">Its size.</param>
internal sealed record StagedFile(string Path, string Sha256, long Bytes);
