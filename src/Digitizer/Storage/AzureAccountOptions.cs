using System.ComponentModel.DataAnnotations;

namespace Digitizer.Storage;

/// <summary>
/// A storage account and how it is entered, an entry of section <c>Service:Azure:Accounts</c>: by a connection string, by addresses with
/// a shared access signature, or by addresses with a managed identity. Secrets may stand in files, which are read at each start, and that of a signature after each denial.
/// </summary>
public sealed class AzureAccountOptions
{
    /// <summary>What other sections call it.</summary>
    [Required]
    [RegularExpression("^[a-z0-9][a-z0-9-]{0,62}$", ErrorMessage = "The name of an account is of lower-case letters, digits and hyphens.")]
    public string Name { get; set; } = "";

    /// <summary>Connection string with key or signature.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>File that holds it, readable by this user only.</summary>
    public string? ConnectionStringFile { get; set; }

    /// <summary>Address of blobs, as <c>https://NAME.blob.core.windows.net</c>.</summary>
    public string? BlobEndpoint { get; set; }

    /// <summary>Address of queues, as <c>https://NAME.queue.core.windows.net</c>.</summary>
    public string? QueueEndpoint { get; set; }

    /// <summary>A shared access signature of the account, as <c>sv=…&amp;sig=…</c>.</summary>
    public string? Sas { get; set; }

    /// <summary>File that holds it, readable by this user only; read again when the account denies something.</summary>
    public string? SasFile { get; set; }

    /// <summary>True: the identity that the machine or the pod has.</summary>
    public bool ManagedIdentity { get; set; }

    /// <summary>Which of several identities.</summary>
    public string? ClientId { get; set; }
}

/// <summary>Section <c>Service:Azure</c>.</summary>
public sealed class AzureOptions
{
    /// <summary>The accounts.</summary>
    public IList<AzureAccountOptions> Accounts { get; } = [];
}
