using System.Globalization;
using System.Text.Json;
using Azure;

namespace Digitizer.Vault.Blobs;

/// <summary>The two steps by which something leaves a vault of blobs; each is written down before it is done.</summary>
/// <param name="blobs">The container.</param>
/// <param name="spool">For what is on its way from one name to the other.</param>
/// <param name="time">The clock.</param>
internal sealed class BlobTrash(BlobObjects blobs, LocalVault spool, TimeProvider time)
{
    private const string Prefix = "trash/";
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";
    private const int TimeLength = 16;

    /// <summary>Moves a blob into the trash, under the time and the last part of its name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="removal">Who decided, and why.</param>
    /// <param name="cancellation">Leaves it where it is, or in both places.</param>
    /// <param name="etag">Only if it is still this; null: as it is found.</param>
    /// <returns>False: it is not there, or another by now.</returns>
    public async Task<bool> TakeAsync(string name, Removal removal, CancellationToken cancellation, ETag? etag = null)
    {
        if (await blobs.LookAsync(name, cancellation).ConfigureAwait(false) is not { } found || (etag is { } wanted && found.ETag != wanted))
        {
            return false;
        }

        await WriteDownAsync("trash", name, removal, cancellation).ConfigureAwait(false);
        await CopyAsync(name, $"{Prefix}{Now()}.{name[(name.LastIndexOf('/') + 1)..]}", cancellation).ConfigureAwait(false);
        return await blobs.DeleteAsync(name, found.ETag, cancellation).ConfigureAwait(false);
    }

    /// <summary>Deletes what has been there for so long; what bears no time is left alone.</summary>
    public async Task<IReadOnlyList<string>> PurgeAsync(TimeSpan age, Removal removal, CancellationToken cancellation)
    {
        var purged = new List<string>();
        await foreach (var blob in OlderAsync(age, cancellation).ConfigureAwait(false))
        {
            await WriteDownAsync("purge", blob.Name, removal, cancellation).ConfigureAwait(false);
            if (await blobs.DeleteAsync(blob.Name, blob.ETag, cancellation).ConfigureAwait(false))
            {
                purged.Add(blob.Name[Prefix.Length..]);
            }
        }

        return purged;
    }

    /// <summary>What <see cref="PurgeAsync"/> would delete.</summary>
    public IAsyncEnumerable<BlobEntry> OlderAsync(TimeSpan age, CancellationToken cancellation)
    {
        var before = time.GetUtcNow() - age;
        return blobs.ListAsync(Prefix, cancellation).Where(blob => TakenOut(blob.Name) <= before);
    }

    /// <summary>Names of what is there, as they were in the vault.</summary>
    public IAsyncEnumerable<string> NamesAsync(CancellationToken cancellation)
        => blobs.ListAsync(Prefix, cancellation).Where(blob => TakenOut(blob.Name) is not null).Select(blob => blob.Name[(Prefix.Length + TimeLength + 1)..]);

    private static DateTimeOffset? TakenOut(string name) => DateTimeOffset.TryParseExact(
        name[Prefix.Length..].Split('.')[0], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    private string Now() => time.GetUtcNow().ToString(TimeFormat, CultureInfo.InvariantCulture);

    private async Task CopyAsync(string name, string target, CancellationToken cancellation)
    {
        if (await blobs.OpenAsync(name, cancellation).ConfigureAwait(false) is not { } content)
        {
            return;
        }

        await using (content.ConfigureAwait(false))
        {
            var staged = await spool.StageAsync(new FetchStream(content, blobs.Failure), cancellation, durable: false).ConfigureAwait(false);
            try
            {
                var copy = BorrowedFiles.Open(staged.Path, name);
                await using (copy.ConfigureAwait(false))
                {
                    await blobs.PutNewAsync(target, copy, cancellation).ConfigureAwait(false);
                }
            }
            finally
            {
                File.Delete(staged.Path);
            }
        }
    }

    private async Task WriteDownAsync(string act, string name, Removal removal, CancellationToken cancellation)
    {
        var line = new RemovalLine(time.GetUtcNow(), act, name, removal.Who, removal.Why);
        using var json = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(line, VaultJsonContext.Default.RemovalLine));
        await blobs.PutNewAsync($"removals/{Now()}-{Guid.NewGuid():N}.json", json, cancellation).ConfigureAwait(false);
    }
}
