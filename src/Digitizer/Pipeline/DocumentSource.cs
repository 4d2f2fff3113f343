using Digitizer.Assembly;
using Digitizer.Cleanup;
using Digitizer.Failures;
using Digitizer.Jobs;
using Digitizer.Proof;
using Digitizer.Recognition;
using Digitizer.Results;
using Digitizer.Vault;

namespace Digitizer.Pipeline;

/// <summary>A document with all that is made of.</summary>
/// <param name="Document">As the journal has it.</param>
/// <param name="Unit">The unit that it is of.</param>
/// <param name="Pages">Its pages, in its order.</param>
/// <param name="Files">The file of each of them.</param>
/// <param name="Borrowed">Gives files of the vault.</param>
/// <param name="Engine">What read the first of them.</param>
internal sealed record DocumentParts(JobDocument Document, JobUnit Unit, IReadOnlyList<ReadPage> Pages, IReadOnlyList<UnitFile> Files, BorrowedFiles Borrowed, EngineInfo Engine)
{
    /// <summary>What the PDF says about itself.</summary>
    public PdfMetadata Metadata
    {
        get
        {
            var name = Unit.Arrival.FileName;
            return new PdfMetadata
            {
                Title = ShownName.Escape(Path.GetFileNameWithoutExtension(name) is { Length: > 0 } stem ? stem : name),
                CreatorTool = Product.NameAndVersion,
                DossierCode = Dossier?.Code,
                Bookmarks = Bookmarks(),
            };
        }
    }

    /// <summary>The file that a page came in.</summary>
    /// <param name="index">The page in the document, from 0.</param>
    /// <param name="cancellation">Ends fetching it.</param>
    /// <exception cref="DigitizerException">The vault's.</exception>
    public Task<string> OriginalAsync(int index, CancellationToken cancellation) => Borrowed.OriginalAsync(DocumentSource.OriginalOf(Files[index]), cancellation);

    /// <summary>Where each of several files begins.</summary>
    private List<Bookmark> Bookmarks()
    {
        var first = Files.Index().DistinctBy(file => file.Item.Id).ToList();
        return first.Count < 2 ? [] : first.ConvertAll(file => new Bookmark(ShownName.Escape(file.Item.FileName), file.Index));
    }

    /// <summary>The signed PDF that is the document as it is; null: it is written anew of its pages.</summary>
    /// <exception cref="DigitizerException">PdfSigned: other pages stand beside those of a signed PDF.</exception>
    public UnitFile? SealedFile
    {
        get
        {
            if (!Pages.Any(page => page.Frame.Origin is { IsSealed: true }))
            {
                return null;
            }

            var one = Files.DistinctBy(file => file.Id).ToList();
            return one is [var file] && Pages.Select(page => page.Frame.Index).SequenceEqual(Enumerable.Range(0, Pages.Count))
                ? file
                : throw new DigitizerException(FailureKind.PdfSigned, "A signed PDF stands among other files of the document: joining them would destroy the signature. Submit it as a document of its own.");
        }
    }

    /// <summary>What the PDF's pages must be.</summary>
    public IReadOnlyList<ProofPage> ToProve
    {
        get
        {
            var asReceived = SealedFile is not null;
            return [.. Pages.Select(p => new ProofPage(p.Shown, p.ThumbnailFile, p.Warnings.Contains(PageWarning.Damaged)) { IsAsReceived = asReceived })];
        }
    }

    /// <summary>True if a page of another PDF is shown as it came.</summary>
    public bool HasForms => Pages.Any(page => page.Shown.Image?.Form is not null);

    /// <summary>Where it belongs, if that is certain.</summary>
    public DossierClaim? Dossier => (Document.Dossier ?? Unit.Arrival.Dossier) is { Confirmed: true } dossier ? dossier : null;

    /// <summary>As the result file says it.</summary>
    public DossierResult DossierResult => (Document.Dossier ?? Unit.Arrival.Dossier) is { } claim
        ? new DossierResult(claim.Code, claim.Basis, claim.Confirmed ? "confirmed" : "proposed")
        : new DossierResult(null, "none", "none");
}

/// <summary>Gives grouping, assembly and proof what journal and vault hold.</summary>
internal sealed class DocumentSource(JobStore jobs)
{
    /// <summary>What the vault keeps of a file.</summary>
    public static OriginalName OriginalOf(UnitFile file) => OriginalName.Create(file.Id.ToString(), file.Sha256);

    /// <summary>Everything about the item's document.</summary>
    /// <param name="item">The work.</param>
    /// <param name="borrowed">Its files are there as long as this is.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="DigitizerException">OriginalMissing, OriginalChanged, or the vault's.</exception>
    public async Task<DocumentParts> FindAsync(WorkItem item, BorrowedFiles borrowed, CancellationToken cancellation)
    {
        var unit = await jobs.UnitOfAsync(item, cancellation).ConfigureAwait(false);
        var (document, kept) = await jobs.DocumentOfAsync(item, cancellation).ConfigureAwait(false);
        var (pages, files) = (new List<ReadPage>(), new List<UnitFile>());
        EngineInfo? engine = null;
        foreach (var page in kept)
        {
            var (read, by) = await PageAsync(unit, page, borrowed, cancellation).ConfigureAwait(false);
            pages.Add(read);
            files.Add(unit.Locate(page.Number).File);
            engine ??= by;
        }

        return new DocumentParts(document, unit, pages, files, borrowed, engine!);
    }

    /// <summary>A page as it was read.</summary>
    /// <exception cref="DigitizerException">OriginalMissing, OriginalChanged, or the vault's.</exception>
    public static Task<(ReadPage Page, EngineInfo Engine)> PageAsync(JobUnit unit, JobPage page, BorrowedFiles borrowed, CancellationToken cancellation)
        => PageArchive.ReadAsync(page, OriginalOf(unit.Locate(page.Number).File), borrowed, cancellation);
}
