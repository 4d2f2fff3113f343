using Digitizer.Assembly;
using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Jobs;
using Digitizer.Results;
using Digitizer.Vault;

namespace Digitizer.Pipeline;

/// <summary>A document with the unit that it is of.</summary>
internal sealed record DocumentAndUnit(JobDocument Document, UnitAccount Account)
{
    public NewUnit Arrival => Account.Unit.Arrival;

    /// <summary>The document's pages, in its order.</summary>
    public IReadOnlyList<JobPage> Pages => [.. Document.Pages.Select(number => Account.Pages[number - 1])];
}

/// <summary>Gives assembly and proof what journal and vault hold of a document.</summary>
internal sealed class DocumentSource(JobStore jobs, LocalVault vault, PageArchive archive)
{
    public async Task<DocumentAndUnit> FindAsync(WorkItem item, CancellationToken cancellation)
    {
        var account = await jobs.AccountAsync(item.Unit, cancellation).ConfigureAwait(false);
        return new DocumentAndUnit(account.Documents.Single(d => d.Id == item.Document && d.Revision == item.Revision), account);
    }

    /// <summary>A page as it was read.</summary>
    /// <exception cref="DigitizerException">VaultDamaged.</exception>
    public Task<ReadPage> PageAsync(NewUnit arrival, JobPage page, CancellationToken cancellation)
        => archive.ReadAsync(page, vault.OriginalPath(arrival.Id, arrival.Sha256), cancellation);

    /// <summary>All pages of a document.</summary>
    /// <exception cref="DigitizerException">VaultDamaged.</exception>
    public async Task<IReadOnlyList<ReadPage>> PagesAsync(DocumentAndUnit document, CancellationToken cancellation)
    {
        var pages = new List<ReadPage>(document.Pages.Count);
        foreach (var page in document.Pages)
        {
            pages.Add(await PageAsync(document.Arrival, page, cancellation).ConfigureAwait(false));
        }

        return pages;
    }

    /// <summary>What the PDF says about itself.</summary>
    public static PdfMetadata Metadata(DocumentAndUnit document)
    {
        var name = document.Arrival.FileName;
        return new PdfMetadata
        {
            Title = Path.GetFileNameWithoutExtension(name) is { Length: > 0 } stem ? ShownName.Escape(stem) : ShownName.Escape(name),
            CreatorTool = Product.NameAndVersion,
            DossierCode = document.Document.Dossier is { Confirmed: true } dossier ? dossier.Code : null,
        };
    }
}
