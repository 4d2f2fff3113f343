using System.Text;
using Digitizer.Failures;

namespace Digitizer.Vault.Blobs;

/// <summary>Keeps originals and results in a container, for any number of machines.</summary>
/// <remarks>
/// <code>
/// originals/&lt;ulid&gt;-&lt;sha256&gt;  as they arrived; beside each its side-car, .json
/// results/aa/&lt;sha256&gt;         what was made of them
/// trash/&lt;time&gt;.&lt;name&gt;        what retention took out; purged later
/// removals/&lt;time&gt;-&lt;id&gt;.json  who took out and purged what, why and when
/// vault.id                     which vault this is
/// </code>
/// Blobs are written under the condition that there is none of their name (If-None-Match: *), so that none is ever replaced. Originals are
/// read back and hashed; of results the service compares the digest that comes with them. What comes in is sealed in a local vault first, which stays the
/// original's place until it was accepted; after that it is a copy among others.
/// </remarks>
/// <param name="blobs">The container.</param>
/// <param name="spool">Where originals are sealed, and results are written before they are sent.</param>
/// <param name="cache">Copies of what was sent or fetched, on the spool's file system.</param>
/// <param name="time">The clock.</param>
internal sealed class BlobVault(BlobObjects blobs, LocalVault spool, BlobCache cache, TimeProvider time) : IVault
{
    private const string IdName = "vault.id";
    private const string OriginalsPrefix = "originals/";
    private const string ResultsPrefix = "results/";
    private const int ReadAtATime = 8;
    private const int MostTries = 3;
    private const int FetchesAtATime = 64;

    // Younger than what retention may take, with room for clocks that differ; else every reuse would be a write.
    private static readonly TimeSpan IsYoung = TimeSpan.FromHours(6);

    private readonly SemaphoreSlim[] fetching = [.. Enumerable.Range(0, FetchesAtATime).Select(_ => new SemaphoreSlim(1))];
    private readonly BlobTrash trash = new(blobs, spool, time);

    public string Place => blobs.Place;

    /// <summary>Opens a vault, and makes it where there is none.</summary>
    /// <exception cref="DigitizerException">StorageUnavailable, StorageDenied or OutputNotWritable.</exception>
    public static async Task<BlobVault> OpenAsync(BlobObjects blobs, LocalVault spool, long cacheBytes, TimeProvider time, CancellationToken cancellation)
    {
        await blobs.CreateAsync(cancellation).ConfigureAwait(false);
        return new BlobVault(blobs, spool, new BlobCache(Path.Combine(spool.Root, "cache"), cacheBytes, time), time);
    }

    public async Task<string> IdAsync(CancellationToken cancellation)
    {
        using var drawn = new MemoryStream(Encoding.ASCII.GetBytes(Guid.NewGuid().ToString("N")));
        await blobs.PutNewAsync(IdName, drawn, cancellation).ConfigureAwait(false);
        return Encoding.ASCII.GetString(await blobs.GetAsync(IdName, cancellation).ConfigureAwait(false) ?? throw Gone(IdName));
    }

    public async Task ShareAsync(OriginalName original, CancellationToken cancellation)
    {
        // The side-car last: where it is, the original is.
        var content = spool.OpenOriginal(original);
        await using (content.ConfigureAwait(false))
        {
            await blobs.PutNewAsync(NameOf(original), content, cancellation).ConfigureAwait(false);
        }

        await ThrowIfOtherAsync(NameOf(original), original.Sha256, cancellation).ConfigureAwait(false);
        Failpoints.Pass(Failpoint.OriginalShared);
        if (spool.ReadSideCar(original) is { } json)
        {
            using var sideCar = new MemoryStream(json);
            await blobs.PutNewAsync(SideCarOf(original), sideCar, cancellation).ConfigureAwait(false);
        }
    }

    public void Release(OriginalName original)
    {
        if (spool.TakeOut(original) is { } file)
        {
            cache.Take(file, original.Sha256);
        }
    }

    public BorrowedFiles Borrow() => new Copies(this);

    public async Task<StoredResult> StoreAsync(Stream content, CancellationToken cancellation)
    {
        var staged = await spool.StageAsync(content, cancellation, durable: false).ConfigureAwait(false);
        try
        {
            await PutResultAsync(staged, cancellation).ConfigureAwait(false);
            Failpoints.Pass(Failpoint.ResultShared);
            cache.Take(staged.Path, staged.Sha256);
            return new StoredResult(staged.Sha256, staged.Bytes);
        }
        finally
        {
            File.Delete(staged.Path);
        }
    }

    public async Task<bool> HasAsync(OriginalName original, CancellationToken cancellation)
        => spool.Has(original) || await blobs.LookAsync(NameOf(original), cancellation).ConfigureAwait(false) is not null;

    public async IAsyncEnumerable<OriginalName> OriginalsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var blob in blobs.ListAsync(OriginalsPrefix, cancellation).ConfigureAwait(false))
        {
            if (OriginalName.TryParse(blob.Name[OriginalsPrefix.Length..]) is { } original)
            {
                yield return original;
            }
        }
    }

    public Task<byte[]?> ReadSideCarAsync(OriginalName original, CancellationToken cancellation) => blobs.GetAsync(SideCarOf(original), cancellation);

    public async IAsyncEnumerable<VaultFinding> VerifyAllAsync(Action looked, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var some in KeptAsync(cancellation).Chunk(ReadAtATime).WithCancellation(cancellation).ConfigureAwait(false))
        {
            var digests = await Task.WhenAll(some.Select(file => blobs.DigestAsync(file.Name, cancellation))).ConfigureAwait(false);
            foreach (var (file, digest) in some.Zip(digests))
            {
                looked();
                if (digest != file.Sha256)
                {
                    yield return new VaultFinding(file.Name, digest is null ? VaultFault.Missing : VaultFault.Changed);
                }
            }
        }
    }

    public async Task<IReadOnlyList<VaultFinding>> MissingAsync(IEnumerable<OriginalName> kept, IEnumerable<string> digests, CancellationToken cancellation)
    {
        var missing = new List<VaultFinding>();
        foreach (var names in digests.Select(ResultName).Concat(kept.Select(NameOf)).Chunk(ReadAtATime))
        {
            var looks = await Task.WhenAll(names.Select(name => blobs.LookAsync(name, cancellation))).ConfigureAwait(false);
            missing.AddRange(names.Zip(looks).Where(look => look.Second is null).Select(look => new VaultFinding(look.First, VaultFault.Missing)));
        }

        return missing;
    }

    public async Task TrashAsync(OriginalName original, Removal removal, CancellationToken cancellation)
    {
        // The original last: while it is there the removal is not finished.
        await trash.TakeAsync(SideCarOf(original), removal, cancellation).ConfigureAwait(false);
        var wasThere = await trash.TakeAsync(NameOf(original), removal, cancellation).ConfigureAwait(false);
        if (!spool.Discard(original) && !wasThere)
        {
            throw Gone(original.ToString());
        }
    }

    public async Task<bool> TrashResultAsync(string sha256, TimeSpan unstored, Removal removal, CancellationToken cancellation)
        => await blobs.LookAsync(ResultName(sha256), cancellation).ConfigureAwait(false) is { } found
            && time.GetUtcNow() - found.LastModified >= unstored
            && await trash.TakeAsync(ResultName(sha256), removal, cancellation, found.ETag).ConfigureAwait(false);

    public Task<IReadOnlyList<string>> PurgeAsync(TimeSpan age, Removal removal, CancellationToken cancellation) => trash.PurgeAsync(age, removal, cancellation);

    public async Task<int> CountInTrashAsync(TimeSpan age, CancellationToken cancellation)
        => await trash.OlderAsync(age, cancellation).CountAsync(cancellation).ConfigureAwait(false);

    public async Task<IReadOnlySet<string>> UnitsInTrashAsync(CancellationToken cancellation)
        => await trash.NamesAsync(cancellation).Select(OriginalName.TryParse).OfType<OriginalName>().Select(original => original.Unit).ToHashSetAsync(StringComparer.Ordinal, cancellation).ConfigureAwait(false);

    private static string NameOf(OriginalName original) => OriginalsPrefix + original;

    private static string SideCarOf(OriginalName original) => NameOf(original) + ".json";

    private static string ResultName(string sha256) => $"{ResultsPrefix}{sha256[..2]}/{sha256}";

    private async Task PutResultAsync(StagedFile staged, CancellationToken cancellation)
    {
        var name = ResultName(staged.Sha256);
        var content = BorrowedFiles.Open(staged.Path, staged.Sha256);
        await using (content.ConfigureAwait(false))
        {
            for (var tries = 0; tries < MostTries; tries++)
            {
                // Retention may take it between the two: then it is written after all.
                if (await blobs.PutNewAsync(name, content, cancellation).ConfigureAwait(false) || await IsKeptAsync(name, staged.Sha256, cancellation).ConfigureAwait(false))
                {
                    return;
                }

                content.Position = 0;
            }

            throw new DigitizerException(FailureKind.StorageUnavailable, $"{Place} neither takes {name} nor has it. Look what is being done to the container; it is tried again by itself.");
        }
    }

    private async Task<bool> IsKeptAsync(string name, string sha256, CancellationToken cancellation)
    {
        if (await blobs.LookAsync(name, cancellation).ConfigureAwait(false) is not { } found
            || (time.GetUtcNow() - found.LastModified > IsYoung && !await blobs.TouchAsync(name, time.GetUtcNow(), cancellation).ConfigureAwait(false)))
        {
            return false;
        }

        await ThrowIfOtherAsync(name, sha256, cancellation).ConfigureAwait(false);
        return true;
    }

    private async Task ThrowIfOtherAsync(string name, string sha256, CancellationToken cancellation)
    {
        if (await blobs.DigestAsync(name, cancellation).ConfigureAwait(false) is var found && found != sha256)
        {
            throw new DigitizerException(FailureKind.OriginalChanged, $"{name} in {Place} reads back with other bytes{(found is null ? ": it is gone" : "")}. Look who else writes there before anything else is kept in it.");
        }
    }

    private async IAsyncEnumerable<(string Name, string Sha256)> KeptAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var original in OriginalsAsync(cancellation).ConfigureAwait(false))
        {
            yield return (NameOf(original), original.Sha256);
        }

        await foreach (var blob in blobs.ListAsync(ResultsPrefix, cancellation).ConfigureAwait(false))
        {
            yield return (blob.Name, blob.Name[(blob.Name.LastIndexOf('/') + 1)..]);
        }
    }

    private async Task<string> FetchAsync(string name, string sha256, CancellationToken cancellation)
    {
        if (cache.TryPin(sha256) is { } path)
        {
            return path;
        }

        // Pages of one unit that begin together need not each fetch its original.
        var gate = fetching[(uint)string.GetHashCode(sha256, StringComparison.Ordinal) % (uint)fetching.Length];
        await gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return cache.TryPin(sha256) ?? await DownloadAsync(name, sha256, cancellation).ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<string> DownloadAsync(string name, string sha256, CancellationToken cancellation)
    {
        var content = await blobs.OpenAsync(name, cancellation).ConfigureAwait(false) ?? throw Gone(name);
        await using (content.ConfigureAwait(false))
        {
            var staged = await spool.StageAsync(new FetchStream(content, blobs.Failure), cancellation, durable: false).ConfigureAwait(false);
            if (staged.Sha256 == sha256)
            {
                return cache.TakePinned(staged.Path, sha256);
            }

            File.Delete(staged.Path);
            throw new DigitizerException(FailureKind.OriginalChanged, $"{name} in {Place} has other bytes than were put in. Restore it from the backup; run digitizer verify.");
        }
    }

    private void Unpin(List<string> pinned) => pinned.ForEach(cache.Unpin);

    private DigitizerException Gone(string name)
        => new(FailureKind.OriginalMissing, $"{name} is not in the vault {Place}. Restore it from the backup; run digitizer verify.");

    private sealed class Copies(BlobVault vault) : BorrowedFiles
    {
        private readonly List<string> pinned = [];

        public override Task<string> OriginalAsync(OriginalName original, CancellationToken cancellation) => PinAsync(NameOf(original), original.Sha256, cancellation);

        public override Task<string> ResultAsync(string sha256, CancellationToken cancellation) => PinAsync(ResultName(sha256), sha256, cancellation);

        protected override void Return()
        {
            vault.Unpin(pinned);
            pinned.Clear();
        }

        private async Task<string> PinAsync(string name, string sha256, CancellationToken cancellation)
        {
            var path = await vault.FetchAsync(name, sha256, cancellation).ConfigureAwait(false);
            pinned.Add(sha256);
            return path;
        }
    }
}
