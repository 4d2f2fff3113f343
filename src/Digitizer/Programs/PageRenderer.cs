using System.Globalization;
using Digitizer.Failures;
using Digitizer.Pages.Pdf.Forms;

namespace Digitizer.Programs;

/// <summary>Renders pages of PDFs that came in, and takes out their text: poppler in its own confinement. What it writes is handed on unread.</summary>
internal sealed class PageRenderer(PdfPrograms programs)
{
    private const int BytesAPixel = 3;
    private const int LongestHeader = 64;
    private const int MostText = 32 << 20;
    private const int Block = 1 << 18;

    /// <summary>Renders one page, in colour.</summary>
    /// <param name="pdf">Absolute path.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="cancellation">Ends the programs.</param>
    /// <exception cref="DigitizerException">PageUnreadable, EngineMissing or ConfinementUnavailable.</exception>
    public async Task<RenderedPage> RenderAsync(string pdf, RenderRequest request, CancellationToken cancellation)
    {
        var page = (request.Index + 1).ToString(CultureInfo.InvariantCulture);
        string[] range = ["-cropbox", "-f", page, "-l", page];
        var most = ((request.Width + 1L) * (request.Height + 1L) * BytesAPixel) + LongestHeader;
        var picture = await RunAsync(PdfPrograms.Renderer, pdf, (int)most, ["-r", request.Dpi.ToString("0.######", CultureInfo.InvariantCulture), .. range, pdf], cancellation).ConfigureAwait(false)
            ?? throw new DigitizerException(FailureKind.PageUnreadable, "The page cannot be rendered: its content is damaged, or more than a renderer takes. Print and scan it, or ask the sender for another copy.");
        var text = request.WantsText
            ? await RunAsync(PdfPrograms.TextReader, pdf, MostText, ["-bbox-layout", .. range, pdf, "-"], cancellation).ConfigureAwait(false)
            : null;
        return new RenderedPage(picture.Bytes, text?.Bytes, picture.MetLosses);
    }

    /// <returns>What the program wrote, and whether it met something that it could not show; null if it failed, or wrote more than it may.</returns>
    private async Task<(byte[] Bytes, bool MetLosses)?> RunAsync(string program, string pdf, int most, string[] arguments, CancellationToken cancellation)
    {
        var run = await programs.StartAsync(program, pdf, 1, arguments).ConfigureAwait(false);
        await using (run.ConfigureAwait(false))
        {
            using var bytes = new MemoryStream();
            var block = new byte[Block];
            for (int read; (read = await run.Output.ReadAsync(block, cancellation).ConfigureAwait(false)) > 0;)
            {
                if (bytes.Length + read > most)
                {
                    return null;
                }

                bytes.Write(block, 0, read);
            }

            return bytes.Length > 0 && await run.SucceedsAsync(cancellation).ConfigureAwait(false) ? (bytes.ToArray(), run.MetLosses) : null;
        }
    }
}
