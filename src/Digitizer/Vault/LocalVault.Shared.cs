using System.Text;
using Digitizer.Workspace;

namespace Digitizer.Vault;

/// <summary>A local vault that all processes of a machine use: what is sealed in it is where it belongs.</summary>
internal sealed partial class LocalVault : IVault
{
    string IVault.Place => Root;

    public Task<string> IdAsync(CancellationToken cancellation)
    {
        var file = Path.Combine(Root, "vault.id");
        AtomicFile.Write(file, Existing.Keep, stream => stream.Write(Encoding.ASCII.GetBytes(Guid.NewGuid().ToString("N"))));
        return File.ReadAllTextAsync(file, cancellation);
    }

    public BorrowedFiles Borrow() => new Own(this);

    Task IVault.ShareAsync(OriginalName original, CancellationToken cancellation) => Task.CompletedTask;

    void IVault.Release(OriginalName original)
    {
        // It stays where it was sealed.
    }

    Task<bool> IVault.HasAsync(OriginalName original, CancellationToken cancellation) => Task.FromResult(Has(original));

    IAsyncEnumerable<OriginalName> IVault.OriginalsAsync(CancellationToken cancellation) => Originals().ToAsyncEnumerable();

    Task<byte[]?> IVault.ReadSideCarAsync(OriginalName original, CancellationToken cancellation) => Task.FromResult(ReadSideCar(original));

    Task<IReadOnlyList<VaultFinding>> IVault.MissingAsync(IEnumerable<OriginalName> kept, IEnumerable<string> digests, CancellationToken cancellation)
        => Task.FromResult<IReadOnlyList<VaultFinding>>([.. Missing(kept, digests)]);

    Task IVault.TrashAsync(OriginalName original, Removal removal, CancellationToken cancellation)
    {
        Trash(original, removal);
        return Task.CompletedTask;
    }

    Task<bool> IVault.TrashResultAsync(string sha256, TimeSpan unstored, Removal removal, CancellationToken cancellation) => Task.FromResult(TrashResult(sha256, unstored, removal));

    Task<IReadOnlyList<string>> IVault.PurgeAsync(TimeSpan age, Removal removal, CancellationToken cancellation) => Task.FromResult(Purge(age, removal));

    Task<int> IVault.CountInTrashAsync(TimeSpan age, CancellationToken cancellation) => Task.FromResult(CountInTrash(age));

    Task<IReadOnlySet<string>> IVault.UnitsInTrashAsync(CancellationToken cancellation)
        => Task.FromResult<IReadOnlySet<string>>(UnitsInTrash().ToHashSet(StringComparer.Ordinal));

    // Nothing takes them away while a unit is worked on.
    private sealed class Own(LocalVault vault) : BorrowedFiles
    {
        public override Task<string> OriginalAsync(OriginalName original, CancellationToken cancellation) => Task.FromResult(vault.PathOf(original));

        public override Task<string> ResultAsync(string sha256, CancellationToken cancellation) => Task.FromResult(vault.ResultPath(sha256));

        protected override void Return()
        {
            // They are where they always are.
        }
    }
}
