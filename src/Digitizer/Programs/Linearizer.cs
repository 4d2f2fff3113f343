using Digitizer.Failures;
using Digitizer.Workspace;

namespace Digitizer.Programs;

/// <summary>
/// Rearranges a finished PDF so that a viewer can show its first page before the rest has come over the line
/// (ISO 32000-1, annex F): qpdf in its own confinement. Its objects stay what they are; same file, same bytes.
/// </summary>
internal sealed class Linearizer(PdfPrograms programs)
{
    /// <summary>Files up to this length come at once anyway.</summary>
    public const long WorthwhileFrom = 1_000_000;

    // Before the end of a stream stands a line end (ISO 19005-2, 6.1.7.1); no streams of objects: older readers know none.
    private static readonly string[] Options = ["--linearize", "--deterministic-id", "--newline-before-endstream", "--object-streams=disable", "--stream-data=preserve", "--no-warn"];

    /// <summary>Writes the rearranged file.</summary>
    /// <param name="pdf">Absolute path.</param>
    /// <param name="pages">Of it, for the limit of time.</param>
    /// <param name="target">Where to; replaced.</param>
    /// <param name="cancellation">Ends the program.</param>
    /// <exception cref="DigitizerException">EngineMissing, ConfinementUnavailable, OutputNotWritable or PdfCheckFailed.</exception>
    public async Task WriteAsync(string pdf, int pages, string target, CancellationToken cancellation)
    {
        var run = await programs.StartAsync(PdfPrograms.Rearranger, pdf, pages, [.. Options, pdf, "-"]).ConfigureAwait(false);
        await using (run.ConfigureAwait(false))
        {
            try
            {
                var file = new FileStream(target, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
                await using (file.ConfigureAwait(false))
                {
                    await run.Output.CopyToAsync(file, cancellation).ConfigureAwait(false);
                }
            }
            catch (Exception e) when (WriteFailure.IsExpected(e))
            {
                throw WriteFailure.Create(e, target);
            }

            if (await run.EndAsync(cancellation).ConfigureAwait(false) is { Length: > 0 } complaint)
            {
                throw new DigitizerException(FailureKind.PdfCheckFailed, $"The written PDF cannot be linearized: {complaint}. Run the document again; if it happens again, hand it to support.");
            }
        }
    }
}
