using Digitizer.Failures;
using Digitizer.Storage;
using Digitizer.Vault;
using Digitizer.Vault.Blobs;

namespace Digitizer.Service;

/// <summary>The vaults that a configuration asks for, and the accounts behind them.</summary>
/// <param name="Vaults">Where things are sealed and kept.</param>
/// <param name="Accounts">Of the configuration.</param>
internal sealed record HeldVaults(Vaults Vaults, AzureAccounts Accounts) : IDisposable
{
    /// <summary>What is wrong with what a configuration says of them; all of it.</summary>
    public static IEnumerable<string> Problems(ServiceOptions options)
    {
        foreach (var problem in AzureAccountsCheck.Problems(options.Azure))
        {
            yield return "Service:" + problem;
        }

        var vault = options.Vault;
        if (vault is { Folder: not null, Blob: not null })
        {
            yield return "Service:Vault names both Folder and Blob; leave one out.";
        }

        if (vault.Folder is { } folder && !Path.IsPathRooted(folder))
        {
            yield return "Service:Vault:Folder must be absolute.";
        }

        if (vault.Blob is { } blob && options.Azure.Accounts.All(account => account.Name != blob.Account))
        {
            yield return $"Service:Vault:Blob:Account names {(blob.Account.Length == 0 ? "none" : "one that is not")} among Service:Azure:Accounts.";
        }

        if (vault.IsShared && options.PostgreSql is null)
        {
            yield return "Service:Vault is for processes that share a journal: set Service:PostgreSql, or leave it out.";
        }

        if (options.Role != ServiceRole.All && (options.PostgreSql is null || !vault.IsShared))
        {
            yield return $"The role {options.Role} needs others beside it: set Service:PostgreSql and Service:Vault, which they share.";
        }
    }

    /// <summary>Opens what is configured, and makes what is not there.</summary>
    /// <exception cref="Failures.DigitizerException">OutputNotWritable, ConfigurationInvalid, StorageUnavailable or StorageDenied.</exception>
    public static async Task<HeldVaults> OpenAsync(string state, VaultOptions options, AzureOptions azure, TimeProvider time, CancellationToken cancellation)
    {
        var accounts = AzureAccounts.Open(azure);
        try
        {
            var local = LocalVault.Open(options.Folder ?? Path.Combine(state, "vault"), time);
            if (options.Blob is not null && local.HasResults)
            {
                throw new DigitizerException(
                    FailureKind.ConfigurationInvalid,
                    $"The vault in {ShownName.Escape(state)} holds results of its own, which no other machine would find. A vault does not move into a container by itself: begin with a new state folder, or leave Service:Vault:Blob out.");
            }

            return new HeldVaults(
                options.Blob is { } blob
                    ? new Vaults(local, await BlobVault.OpenAsync(new BlobObjects(accounts.ByName[blob.Account], blob.Container), local, blob.CacheBytes, time, cancellation).ConfigureAwait(false))
                    : Vaults.Local(local),
                accounts);
        }
        catch
        {
            accounts.Dispose();
            throw;
        }
    }

    public void Dispose() => Accounts.Dispose();
}
