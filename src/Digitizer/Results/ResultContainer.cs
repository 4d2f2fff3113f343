using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Storage;
using Digitizer.Workspace;

namespace Digitizer.Results;

/// <summary>Puts finished documents among the results in a container of a storage account.</summary>
/// <remarks>
/// As in a <see cref="ResultFolder"/>: the PDF comes first, the result file last. Each blob says in its metadata which unit it is of; a
/// name that a blob of another unit has, or one that is not ours, is left alone, and the document gets the next free one: <c>x~2</c>.
/// Nothing is written over without having looked, so that two processes that want one name get two.
/// </remarks>
internal sealed class ResultContainer(AzureAccount account, string container) : IResultPlace
{
    private const string Unit = "unit";
    private const string Digest = "sha256";

    // Only somebody who writes our names all the time can take so many from under us.
    private const int Tries = 20;

    private readonly BlobContainerClient blobs = account.Blobs.GetBlobContainerClient(container);

    /// <inheritdoc/>
    public async Task<ResultFiles?> PublishAsync(string resultBase, DocumentResult result, ResultFiles kept, CancellationToken cancellation)
    {
        try
        {
            for (var tries = 0; tries < Tries; tries++)
            {
                if (await TryPublishAsync(resultBase, result, kept, cancellation).ConfigureAwait(false))
                {
                    return null;
                }
            }

            throw new DigitizerException(FailureKind.StorageUnavailable, $"Somebody else goes on writing under the names of results in container {container}. Look who does.");
        }
        catch (Exception e) when (StorageFailure.IsExpected(e, cancellation))
        {
            throw account.Failure(e);
        }
    }

    /// <returns>False: a name was taken meanwhile.</returns>
    private async Task<bool> TryPublishAsync(string resultBase, DocumentResult result, ResultFiles kept, CancellationToken cancellation)
    {
        var (name, there) = await ChooseAsync(resultBase, result.Unit, cancellation).ConfigureAwait(false);
        var named = result with { Pdf = result.Pdf with { File = Leaf(name + ".pdf") }, Copies = [.. result.Copies.Select(copy => copy with { File = Leaf(name + CopyResult.Extension) })] };
        var json = ResultJson.ToBytes(named);
        Part[] parts =
        [
            new(".pdf", "application/pdf", result.Pdf.Sha256, () => File.OpenRead(kept.Pdf)),
            .. kept.Copy is { } copy ? [new Part(CopyResult.Extension, "application/pdf", result.Copies[0].Sha256, () => File.OpenRead(copy))] : Array.Empty<Part>(),
            new(".txt", "text/plain; charset=utf-8", FileDigest.OfFile(kept.Text), () => File.OpenRead(kept.Text)),
            new(".json", "application/json", Convert.ToHexStringLower(SHA256.HashData(json)), () => new MemoryStream(json)),
        ];
        foreach (var part in parts)
        {
            if (!await IsWrittenAsync(name, part, result.Unit, there.GetValueOrDefault(part.Extension), cancellation).ConfigureAwait(false))
            {
                return false;
            }

            Failpoints.Pass(Failpoint.BlobResultWritten);
        }

        if (kept.Copy is null && there.ContainsKey(CopyResult.Extension))
        {
            // Of a revision before this one.
            await blobs.GetBlobClient(name + CopyResult.Extension).DeleteIfExistsAsync(cancellationToken: cancellation).ConfigureAwait(false);
        }

        return true;
    }

    // The first name under which there is nothing that is not this unit's, and what of the unit is there.
    private async Task<(string Name, Dictionary<string, BlobProperties> There)> ChooseAsync(string resultBase, string unit, CancellationToken cancellation)
    {
        for (var n = 1; ; n++)
        {
            var name = n == 1 ? resultBase : ResultName.Variant(resultBase, n);
            var there = new Dictionary<string, BlobProperties>(StringComparer.Ordinal);
            foreach (var extension in new[] { ".json", ".pdf", ".txt", CopyResult.Extension })
            {
                if (await LookAsync(name + extension, cancellation).ConfigureAwait(false) is { } facts)
                {
                    there.Add(extension, facts);
                }
            }

            if (there.Values.All(facts => facts.Metadata.TryGetValue(Unit, out var of) && of == unit))
            {
                return (name, there);
            }
        }
    }

    private async Task<BlobProperties?> LookAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return await blobs.GetBlobClient(name).GetPropertiesAsync(cancellationToken: cancellation).ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.Status == 404 && e.ErrorCode != BlobErrorCode.ContainerNotFound)
        {
            return null;
        }
    }

    private async Task<bool> IsWrittenAsync(string name, Part part, string unit, BlobProperties? there, CancellationToken cancellation)
    {
        if (there?.Metadata.TryGetValue(Digest, out var digest) == true && digest == part.Sha256)
        {
            return true;
        }

        var options = new BlobUploadOptions
        {
            Conditions = there is null ? new BlobRequestConditions { IfNoneMatch = ETag.All } : new BlobRequestConditions { IfMatch = there.ETag },
            HttpHeaders = new BlobHttpHeaders { ContentType = part.Type },
            Metadata = new Dictionary<string, string> { [Unit] = unit, [Digest] = part.Sha256 },
        };
        try
        {
            var content = part.Open();
            await using (content.ConfigureAwait(false))
            {
                await blobs.GetBlobClient(name + part.Extension).UploadAsync(content, options, cancellation).ConfigureAwait(false);
            }

            return true;
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            // Another process was faster, or we were and did not hear the answer: the next look tells.
            return false;
        }
    }

    private static string Leaf(string name) => name[(name.LastIndexOf('/') + 1)..];

    private sealed record Part(string Extension, string Type, string Sha256, Func<Stream> Open);
}
