using System.Text.Json;
using Digitizer.Jobs;
using Digitizer.Storage;
using Digitizer.Vault;
using Digitizer.Vault.Blobs;

namespace Digitizer.Benchmarks.Scale;

/// <summary>What one process of a measurement works with.</summary>
/// <param name="Journal">Connection string of PostgreSQL.</param>
/// <param name="Folder">The process's own.</param>
/// <param name="Vault">Folder of the local vault that all share; null: the vault is a container.</param>
/// <param name="Storage">Connection string of the account that it is in.</param>
/// <param name="Container">Its name.</param>
/// <param name="Pages">Sizes, which units take in turn.</param>
internal sealed record ScaleSetup(string Journal, string Folder, string? Vault, string? Storage, string? Container, IReadOnlyList<PageBytes> Pages)
{
    private const long CacheBytes = 64 << 20;

    public static ScaleSetup Load(string file) => JsonSerializer.Deserialize<ScaleSetup>(File.ReadAllText(file))!;

    public void Save(string file) => File.WriteAllText(file, JsonSerializer.Serialize(this));

    /// <summary>The journal, with an audit file of the process's own, as a service has it.</summary>
    public Task<JobStore> OpenJournalAsync() => JobStore.OpenAsync(
        new JobOptions { Engine = JournalEngine.PostgreSql, Connection = Journal, AuditFile = Path.Combine(Directory.CreateDirectory(Folder).FullName, "audit.jsonl"), UsesServerClock = true },
        TimeProvider.System, default);

    /// <summary>The vaults as a service has them.</summary>
    public async Task<Vaults> OpenVaultsAsync()
    {
        var time = TimeProvider.System;
        var local = LocalVault.Open(Vault ?? Path.Combine(Folder, "vault"), time);
        return Vault is not null
            ? Vaults.Local(local)
            : new Vaults(local, await BlobVault.OpenAsync(new BlobObjects(Account(), Container!), local, CacheBytes, time, default));
    }

    private AzureAccount Account() => AzureAccount.Create(new AzureAccountOptions { Name = "main", ConnectionString = Storage });
}
