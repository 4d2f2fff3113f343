using System.Text.Json;
using Digitizer.Failures;
using Digitizer.Jobs;
using Digitizer.PageWorkers;
using Digitizer.Pages;
using Digitizer.Results;
using Digitizer.Vault;
using Digitizer.Workspace;

namespace Digitizer.Pipeline;

/// <summary>Results of pages in the vault, by digest: written once, read again whenever a document is made of them.</summary>
internal sealed class PageArchive(LocalVault vault)
{
    /// <summary>Keeps a page's result and its coded picture.</summary>
    /// <param name="page">What is known of it.</param>
    /// <param name="folder">Holds the picture where the page-worker wrote it.</param>
    /// <returns>Digest of the result, and of the picture where it is not the source file.</returns>
    /// <exception cref="DigitizerException">OutputNotWritable.</exception>
    public async Task<(string Result, string? Image)> KeepAsync(StoredPage page, UnitFolder folder, CancellationToken cancellation)
    {
        var file = folder.Write($".{page.Frame.Index}.page", stream => JsonSerializer.Serialize(stream, page, StoredJson.Default.StoredPage));
        var result = await vault.KeepAsync(file, cancellation).ConfigureAwait(false);
        return page.Result is { Image.IsSourceFile: false }
            ? (result, await vault.KeepAsync(folder.PageImage(page.Frame.Index), cancellation).ConfigureAwait(false))
            : (result, null);
    }

    /// <summary>Reads a page back.</summary>
    /// <param name="page">As the journal has it.</param>
    /// <param name="original">The unit's original, which holds the picture of most pages.</param>
    /// <exception cref="DigitizerException">VaultDamaged: it is not there, or not what it was.</exception>
    public async Task<ReadPage> ReadAsync(JobPage page, string original, CancellationToken cancellation)
    {
        var bytes = await vault.ReadAsync(page.ResultSha256!, cancellation).ConfigureAwait(false);
        var stored = JsonSerializer.Deserialize(bytes, StoredJson.Default.StoredPage)!;
        return new ReadPage(stored.Frame, stored.ToAttempts(), ImageFile(page, stored, original));
    }

    private string? ImageFile(JobPage page, StoredPage stored, string original) => (stored.Result?.Image ?? stored.Frame.Image) switch
    {
        null => null,
        { IsSourceFile: true } => original,
        _ => vault.ResultPath(page.ImageSha256!),
    };
}
