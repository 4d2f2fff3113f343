using System.Text.Json;
using Digitizer.Failures;
using Digitizer.Jobs;
using Digitizer.Pages;
using Digitizer.PageWorkers;
using Digitizer.Recognition;
using Digitizer.Results;
using Digitizer.Vault;

namespace Digitizer.Pipeline;

/// <summary>Digests of what is kept of one page.</summary>
/// <param name="Result">The page-worker's result.</param>
/// <param name="Image">The coded picture; null where it is the source file, or there is none.</param>
/// <param name="Thumbnail">The grey copy; null for a page that could not be read.</param>
internal sealed record KeptPage(string Result, string? Image, string? Thumbnail);

/// <summary>Results of pages in the vault, by digest: written once, read again whenever a document is made of them.</summary>
internal sealed class PageArchive(IVault vault)
{
    /// <summary>Keeps a page's result, its coded picture and its grey copy.</summary>
    /// <param name="frame">What the headers say.</param>
    /// <param name="attempts">How reading ended.</param>
    /// <param name="engine">What read it.</param>
    /// <param name="imageFile">Where the page-worker put the picture.</param>
    /// <param name="cancellation">Leaves nothing that anybody would find.</param>
    /// <exception cref="DigitizerException">OutputNotWritable.</exception>
    public async Task<KeptPage> KeepAsync(FrameInfo frame, PageAttempts attempts, EngineInfo engine, string imageFile, CancellationToken cancellation)
    {
        var image = attempts.Result is { Image.IsSourceFile: false } ? await KeepFileAsync(imageFile, cancellation).ConfigureAwait(false) : null;
        var thumbnail = attempts.Result is null ? null : await KeepFileAsync(PictureFile.Thumbnail(imageFile), cancellation).ConfigureAwait(false);
        var page = new StoredPage(frame, attempts.Result, attempts.Attempts, engine, thumbnail, attempts.Failure?.Kind, attempts.Failure?.Message);
        using var json = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(page, StoredJson.Default.StoredPage));
        return new KeptPage((await vault.StoreAsync(json, cancellation).ConfigureAwait(false)).Sha256, image, thumbnail);
    }

    /// <summary>Reads a page back.</summary>
    /// <param name="page">As the journal has it.</param>
    /// <param name="original">The original that it is of, which is the picture of most pages.</param>
    /// <param name="files">Gives its files for as long as the page is worked with.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="DigitizerException">OriginalMissing, OriginalChanged, or the vault's.</exception>
    public static async Task<(ReadPage Page, EngineInfo Engine)> ReadAsync(JobPage page, OriginalName original, BorrowedFiles files, CancellationToken cancellation)
    {
        var stored = await ReadAsync(page.ResultSha256!, files, cancellation).ConfigureAwait(false);
        var image = (stored.Result?.Image ?? stored.Frame.Image) switch
        {
            null => null,
            { IsSourceFile: true } => await files.OriginalAsync(original, cancellation).ConfigureAwait(false),
            _ => await files.ResultAsync(page.ImageSha256!, cancellation).ConfigureAwait(false),
        };
        var thumbnail = stored.Thumbnail is null ? null : await files.ResultAsync(stored.Thumbnail, cancellation).ConfigureAwait(false);
        return (new ReadPage(stored.Frame, stored.ToAttempts(), image, thumbnail), stored.Engine);
    }

    private static async Task<StoredPage> ReadAsync(string sha256, BorrowedFiles files, CancellationToken cancellation)
    {
        var stream = await files.OpenResultAsync(sha256, cancellation).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            try
            {
                return (await JsonSerializer.DeserializeAsync(stream, StoredJson.Default.StoredPage, cancellation).ConfigureAwait(false))!;
            }
            catch (JsonException e)
            {
                throw new DigitizerException(FailureKind.OriginalChanged, $"The result of a page, {sha256}, cannot be read back. Check the disk of the vault; run digitizer verify.", e);
            }
        }
    }

    private async Task<string> KeepFileAsync(string file, CancellationToken cancellation)
    {
        var stream = File.OpenRead(file);
        await using (stream.ConfigureAwait(false))
        {
            return (await vault.StoreAsync(stream, cancellation).ConfigureAwait(false)).Sha256;
        }
    }
}
