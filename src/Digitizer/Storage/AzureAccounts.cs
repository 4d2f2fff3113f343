using Digitizer.Failures;

namespace Digitizer.Storage;

/// <summary>The storage accounts of a configuration, by name.</summary>
internal sealed class AzureAccounts : IDisposable
{
    private readonly Dictionary<string, AzureAccount> accounts = new(StringComparer.Ordinal);

    /// <summary>Makes the clients; nothing is connected to.</summary>
    /// <exception cref="DigitizerException">ConfigurationInvalid or StorageDenied.</exception>
    public static AzureAccounts Open(AzureOptions options)
    {
        var opened = new AzureAccounts();
        try
        {
            foreach (var account in options.Accounts)
            {
                opened.accounts.Add(account.Name, AzureAccount.Create(account));
            }

            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>By the names that the configuration gives them.</summary>
    public IReadOnlyDictionary<string, AzureAccount> ByName => accounts;

    public void Dispose()
    {
        foreach (var account in accounts.Values)
        {
            account.Dispose();
        }
    }
}
