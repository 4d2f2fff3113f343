using Digitizer.Confinement;
using Digitizer.Pages;
using Digitizer.Programs;

namespace Digitizer.Proof;

/// <summary>
/// Proves a finished PDF before it may go anywhere: another program than the one that wrote it, poppler, reads it from
/// disk, and what it sees must be what was scanned and read.
/// </summary>
/// <remarks>
/// <para>1. It finds as many pages as there should be, and their words in order are those of the result file.</para>
/// <para>2. It renders each page, in the size it should have, and the rendering looks like the source's
/// own picture: see <see cref="PictureDifference"/>. A page without picture must be crossed out.</para>
/// <para>3. It has nothing to complain about.</para>
/// Pages pass one at a time, so that the length of a document costs no memory.
/// </remarks>
internal sealed class PdfProof : IPdfProof, IDisposable
{
    private readonly SemaphoreSlim free;
    private readonly PdfPrograms programs;
    private readonly TextProof text;
    private readonly PictureProof pictures;

    /// <param name="options">Limits of the reader.</param>
    /// <param name="sandbox">Confines it.</param>
    /// <param name="time">Measures its time.</param>
    public PdfProof(ProofOptions options, Sandbox sandbox, TimeProvider time)
    {
        free = new SemaphoreSlim(options.AtATime, options.AtATime);
        programs = new PdfPrograms(sandbox, options.Limits);
        text = new TextProof(programs, options, time);
        pictures = new PictureProof(programs, options, time);
    }

    public async Task<PdfProven> ProveAsync(string pdfFile, IReadOnlyList<ProofPage> pages, CancellationToken cancellation)
    {
        await free.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            // 1.
            await text.CompareAsync(pdfFile, pages, cancellation).ConfigureAwait(false);

            // 2.
            return await pictures.CompareAsync(pdfFile, pages, cancellation).ConfigureAwait(false);
        }
        finally
        {
            free.Release();
        }
    }

    public void Dispose()
    {
        programs.Dispose();
        free.Dispose();
    }
}
