using Digitizer.Assembly;
using Digitizer.Cleanup;
using Digitizer.Confinement;
using Digitizer.Failures;
using Digitizer.Pages;
using Digitizer.Programs;

namespace Digitizer.Proof;

/// <summary>Tries the proof on a small PDF, and what its confinement must prevent.</summary>
internal sealed class ProofProbe(Sandbox sandbox, TimeProvider time)
{
    private static readonly ProofOptions Options = new();

    /// <summary>Proves a PDF of one page.</summary>
    /// <exception cref="DigitizerException">Why documents could not be proved on this machine.</exception>
    public async Task ProveAsync(string folder, CancellationToken cancellation)
    {
        using var proof = new PdfProof(Options, sandbox, time);
        var page = new ShownPage(null, null, Page, []);
        await proof.ProveAsync(WritePdf(folder, "proof.pdf"), [new ProofPage(page, null)], cancellation).ConfigureAwait(false);
    }

    /// <summary>Has poppler try to read what it was not given, and to write.</summary>
    /// <exception cref="DigitizerException">EngineMissing or ConfinementUnavailable.</exception>
    public async Task<IReadOnlyList<ProbeResult>> AttemptsAsync(string folder, CancellationToken cancellation)
    {
        using var programs = new PdfPrograms(sandbox, Options.Limits);
        var (given, other) = (WritePdf(folder, "given.pdf"), WritePdf(folder, "other.pdf"));
        var reads = await SaysAsync(programs, given, [other, "-"], cancellation).ConfigureAwait(false);
        var writes = await SaysAsync(programs, given, [given, given], cancellation).ConfigureAwait(false);
        return
        [
            new ProbeResult("read a file of the host", reads.Length > 0, reads),
            new ProbeResult("write over the file that it reads", writes.Length > 0 && File.ReadAllBytes(given).AsSpan().StartsWith("%PDF-"u8), writes),
        ];
    }

    private static async Task<string> SaysAsync(PdfPrograms programs, string given, string[] arguments, CancellationToken cancellation)
    {
        await using var run = await programs.StartAsync(PdfPrograms.TextReader, given, 1, arguments).ConfigureAwait(false);
        await run.Output.CopyToAsync(Stream.Null, cancellation).ConfigureAwait(false);
        return await run.EndAsync(cancellation).ConfigureAwait(false);
    }

    private static readonly PageGeometry Page = new()
    {
        Orientation = 0,
        Skew = 0,
        Matrix = Affine.Identity,
        ShownWidth = 595,
        ShownHeight = 842,
        Dpi = 72,
    };

    private static string WritePdf(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        using var file = File.Create(path);
        PdfAssembler.Write([new ShownPage(null, null, Page, [])], new PdfMetadata { Title = name, CreatorTool = name }, file, CancellationToken.None);
        return path;
    }
}
