using System.Text;
using Digitizer.Programs;

namespace Digitizer.Proof;

/// <summary>The words of pages that are shown as they came, as the same reader finds them in the source.</summary>
internal sealed class SourceWords(PdfPrograms programs, int pages) : IAsyncDisposable
{
    private static readonly string[] Arguments = ["-raw", "-cropbox", "-enc", "UTF-8", "-eol", "unix"];
    private (string File, int Next, ProgramRun Run, StreamReader Output, PdfWords Words)? open;

    /// <summary>Words of one page, in the order of its content.</summary>
    /// <param name="file">The source.</param>
    /// <param name="index">The page, from 0; cheap if it follows the one asked for before.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<IReadOnlyList<string>> OfAsync(string file, int index, CancellationToken cancellation)
    {
        if (open is not { } held || held.File != file || held.Next > index)
        {
            await DisposeAsync().ConfigureAwait(false);
            string[] arguments = [.. Arguments, "-f", (index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), file, "-"];
            var run = await programs.StartAsync(PdfPrograms.TextReader, file, pages, arguments).ConfigureAwait(false);
            var output = new StreamReader(run.Output, Encoding.UTF8);
            held = (file, index, run, output, new PdfWords(output));
        }

        var words = new List<string>();
        for (; held.Next <= index; held.Next++)
        {
            words.Clear();
            while (await held.Words.NextAsync(cancellation).ConfigureAwait(false) is { } word && word != PdfWords.PageEnd)
            {
                words.Add(word);
            }
        }

        open = held;
        return words;
    }

    public async ValueTask DisposeAsync()
    {
        if (open is { } held)
        {
            held.Output.Dispose();
            await held.Run.DisposeAsync().ConfigureAwait(false);
            open = null;
        }
    }
}
