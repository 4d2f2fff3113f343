using System.ComponentModel.DataAnnotations;

namespace Digitizer.Service;

/// <summary>Where originals and results are kept, section <c>Service:Vault</c>. Neither: in the state folder.</summary>
internal sealed class VaultOptions
{
    /// <summary>A folder on a local disk that several processes of this machine share; absolute.</summary>
    public string? Folder { get; set; }

    /// <summary>A container that several machines share.</summary>
    public BlobVaultOptions? Blob { get; set; }

    /// <summary>True if other processes may have the vault too.</summary>
    public bool IsShared => Folder is not null || Blob is not null;
}

/// <summary>Section <c>Service:Vault:Blob</c>.</summary>
internal sealed class BlobVaultOptions
{
    /// <summary>Name of the storage account, of <c>Service:Azure:Accounts</c>.</summary>
    [Required]
    public string Account { get; set; } = "";

    /// <summary>Name of the container; made where it is not there.</summary>
    [RegularExpression("^[a-z0-9](-?[a-z0-9]){2,62}$", ErrorMessage = "Service:Vault:Blob:Container must be 3 to 63 lower-case letters, digits and single hyphens.")]
    public string Container { get; set; } = "digitizer-vault";

    /// <summary>How much of it this machine may hold a copy of.</summary>
    [Range(64L << 20, long.MaxValue, ErrorMessage = "Service:Vault:Blob:CacheBytes must be at least 67108864.")]
    public long CacheBytes { get; set; } = 2L << 30;
}
