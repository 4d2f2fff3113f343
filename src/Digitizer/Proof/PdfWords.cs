using System.Text;

namespace Digitizer.Proof;

/// <summary>The words in pdftotext's output, one at a time.</summary>
internal sealed class PdfWords(TextReader output)
{
    /// <summary>What stands for the end of a page.</summary>
    public const string PageEnd = "\f";

    // Far longer than any word on paper; keeps what a reader gone wrong can make us hold.
    private const int LongestWord = 1 << 16;

    private readonly char[] block = new char[1 << 12];
    private readonly StringBuilder word = new();
    private int at;
    private int end;

    /// <summary>The next word, NFC, or <see cref="PageEnd"/>.</summary>
    /// <returns>Null at the end of the output.</returns>
    /// <exception cref="InvalidDataException">A word has no end.</exception>
    public async Task<string?> NextAsync(CancellationToken cancellation)
    {
        for (; ; at++)
        {
            if (at == end)
            {
                end = await output.ReadAsync(block, cancellation).ConfigureAwait(false);
                at = 0;
                if (end == 0)
                {
                    return word.Length > 0 ? Take() : null;
                }
            }

            if (!char.IsWhiteSpace(block[at]))
            {
                word.Append(word.Length < LongestWord ? block[at] : throw new InvalidDataException("a word has no end"));
            }
            else if (word.Length > 0)
            {
                // The blank is seen again: it may be the end of the page.
                return Take();
            }
            else if (block[at] == PageEnd[0])
            {
                at++;
                return PageEnd;
            }
        }
    }

    private string Take()
    {
        var taken = word.ToString().Normalize(NormalizationForm.FormC);
        word.Clear();
        return taken;
    }
}
