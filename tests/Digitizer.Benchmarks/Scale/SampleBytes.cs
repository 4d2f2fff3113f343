using Digitizer.Jobs;
using Digitizer.Vault;
using Digitizer.Workspace;

namespace Digitizer.Benchmarks.Scale;

/// <summary>Sizes of all that a real run keeps of the samples: the documents of one page, each a pattern for replaced ones.</summary>
internal static class SampleBytes
{
    public static async Task<IReadOnlyList<PageBytes>> MeasureAsync(IEnumerable<string> files)
    {
        using var folder = new TempFolder();
        await Measured.RunAsync(Programs.Digitizer(files, folder.Path, 2, "vie"));
        var state = Path.Combine(folder.Path, StateFolder.NameInOutput);
        var vault = LocalVault.Open(Path.Combine(state, "vault"), TimeProvider.System);
        await using var jobs = await JobStore.OpenAsync(new JobOptions { File = Path.Combine(state, "journal.db"), AuditFile = Path.Combine(state, "audit.jsonl") }, TimeProvider.System, default);
        var pages = new List<PageBytes>();
        foreach (var original in vault.Originals().OrderBy(o => o.ToString(), StringComparer.Ordinal))
        {
            if (await jobs.UnitAsync(Intake.UnitId.Parse(original.Unit), default) is { Pages: [var page], Documents: [{ PdfSha256: not null } document] })
            {
                pages.Add(new PageBytes(
                    (int)new FileInfo(vault.PathOf(original)).Length, SizeOf(vault, page.ImageSha256), SizeOf(vault, page.ThumbnailSha256), SizeOf(vault, page.ResultSha256) ?? 0,
                    SizeOf(vault, document.PdfSha256) ?? 0, SizeOf(vault, document.TextSha256) ?? 0, SizeOf(vault, document.JsonSha256) ?? 0));
            }
        }

        return pages;
    }

    private static int? SizeOf(LocalVault vault, string? sha256) => sha256 is null ? null : (int)new FileInfo(vault.ResultPath(sha256)).Length;
}
