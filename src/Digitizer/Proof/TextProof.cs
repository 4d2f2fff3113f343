using System.Text;
using Digitizer.Programs;

namespace Digitizer.Proof;

/// <summary>Compares the words that a reader finds in a PDF with those that were read from the pictures, page by page.</summary>
internal sealed class TextProof(PdfPrograms programs, ProofOptions options, TimeProvider time)
{
    private static readonly string[] Arguments = ["-raw", "-enc", "UTF-8", "-eol", "unix"];

    /// <summary>Compares all words of all pages, and counts the pages.</summary>
    /// <exception cref="Failures.DigitizerException">ProofFailed, naming the page.</exception>
    public async Task CompareAsync(string pdf, IReadOnlyList<ProofPage> pages, CancellationToken cancellation)
    {
        using var clock = new PageClock(options.PageTimeout, time, cancellation);
        await using var sources = new SourceWords(programs, pages.Count);
        string[] expected = pages.Any(page => page.Shown.Image?.Form is not null) ? PictureProof.ForeignContent : [];
        await using var run = await programs.StartAsync(PdfPrograms.TextReader, pdf, pages.Count, expected, [.. Arguments, pdf, "-"]).ConfigureAwait(false);
        using var output = new StreamReader(run.Output, Encoding.UTF8);
        var found = new PdfWords(output);
        for (var number = 1; number <= pages.Count; number++)
        {
            var due = pages[number - 1];
            if (!await clock.ForPageAsync(number, token => CompareAsync(found, sources, due, number, token)).ConfigureAwait(false))
            {
                var complaint = await clock.ForPageAsync(number, run.EndAsync).ConfigureAwait(false);
                throw ProofFailure.Document(FormattableString.Invariant($"it has {number - 1} pages where {pages.Count} were due") + (complaint.Length > 0 ? $" ({complaint})" : ""));
            }
        }

        if (await clock.ForPageAsync(pages.Count, found.NextAsync).ConfigureAwait(false) is not null)
        {
            throw ProofFailure.Document(FormattableString.Invariant($"it has more than {pages.Count} pages"));
        }

        if (await clock.ForPageAsync(pages.Count, run.EndAsync).ConfigureAwait(false) is { Length: > 0 } said)
        {
            throw ProofFailure.Document(said);
        }
    }

    /// <returns>False if the file ends before the page does.</returns>
    private static async Task<bool> CompareAsync(PdfWords found, SourceWords sources, ProofPage page, int number, CancellationToken cancellation)
    {
        var place = 0;
        foreach (var word in await DueAsync(sources, page, cancellation).ConfigureAwait(false))
        {
            place++;
            var next = await found.NextAsync(cancellation).ConfigureAwait(false);
            if (next is null)
            {
                return false;
            }

            if (next != word)
            {
                throw ProofFailure.Page(number, FormattableString.Invariant($"word {place} in it is not the one that was read"));
            }
        }

        return await found.NextAsync(cancellation).ConfigureAwait(false) switch
        {
            null => false,
            PdfWords.PageEnd => true,
            _ => throw ProofFailure.Page(number, FormattableString.Invariant($"it has more than the {place} words that were read")),
        };
    }

    /// <summary>The page's own words, then those that were laid over it.</summary>
    private static async Task<IEnumerable<string>> DueAsync(SourceWords sources, ProofPage page, CancellationToken cancellation)
    {
        var own = page is { CarriesText: true, Shown: { Image.Form: { } form, ImageFile: { } file } } ? await sources.OfAsync(file, form.Index, cancellation).ConfigureAwait(false) : [];
        return page.IsAsReceived ? own : own.Concat(page.Shown.Lines.Where(line => !line.IsOfPage).SelectMany(line => line.Words).Select(word => word.Text.Normalize(NormalizationForm.FormC)));
    }
}
