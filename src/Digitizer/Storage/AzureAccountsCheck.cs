using System.ComponentModel.DataAnnotations;
using Digitizer.Failures;
using Digitizer.Network;
using Digitizer.Workspace;

namespace Digitizer.Storage;

/// <summary>Checks the configuration of storage accounts and says everything that is wrong with it; no secret stands in what it says.</summary>
internal static class AzureAccountsCheck
{
    /// <summary>One line a problem; empty if all is well.</summary>
    public static IReadOnlyList<string> Problems(AzureOptions options)
    {
        List<string> problems = [.. options.Accounts.GroupBy(a => a.Name).Where(g => g.Count() > 1).Select(g => $"Azure:Accounts: the name {ShownName.Escape(g.Key)} is given to {g.Count()} accounts.")];
        foreach (var account in options.Accounts)
        {
            var shown = account.Name.Length == 0 ? "an account without name" : ShownName.Escape(account.Name);
            var annotations = new List<ValidationResult>();
            Validator.TryValidateObject(account, new ValidationContext(account), annotations, validateAllProperties: true);
            problems.AddRange(annotations.Select(a => a.ErrorMessage!).Concat(Problems(account)).Select(problem => $"Azure:Accounts: {shown}: {problem}"));
        }

        return problems;
    }

    private static IEnumerable<string> Problems(AzureAccountOptions account)
    {
        var ways = new[] { account.ConnectionString, account.ConnectionStringFile, account.Sas, account.SasFile }.Count(way => way is not null) + (account.ManagedIdentity ? 1 : 0);
        if (ways != 1)
        {
            yield return "name exactly one of ConnectionString, ConnectionStringFile, Sas, SasFile and ManagedIdentity.";
        }

        foreach (var file in new[] { account.ConnectionStringFile, account.SasFile }.OfType<string>())
        {
            if (SecretFile.Problem(file) is { } problem)
            {
                yield return problem + ".";
            }
        }

        var isByAddress = account.ConnectionString is null && account.ConnectionStringFile is null;
        foreach (var (name, address) in new[] { (nameof(account.BlobEndpoint), account.BlobEndpoint), (nameof(account.QueueEndpoint), account.QueueEndpoint) })
        {
            if (isByAddress ? !IsAddress(address, account.ManagedIdentity) : address is not null)
            {
                yield return isByAddress
                    ? $"{name} must be an address such as https://account.{(name == nameof(account.BlobEndpoint) ? "blob" : "queue")}.core.windows.net."
                    : $"{name} stands in the connection string; leave it out here.";
            }
        }
    }

    // A token or a signature in the clear is anybody's on the way; nobody listens on the way to this machine itself.
    private static bool IsAddress(string? address, bool needsTls)
        => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Query.Length == 0 && uri.UserInfo.Length == 0
            && (uri.Scheme == "https" || (uri.Scheme == "http" && !needsTls && Outbound.IsThisMachine(uri.IdnHost)));
}
