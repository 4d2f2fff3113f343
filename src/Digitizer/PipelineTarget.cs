using Digitizer.Dossiers;
using Digitizer.Intake;
using Digitizer.Results;
using Digitizer.Workspace;

namespace Digitizer;

/// <summary>Where the documents of a run go.</summary>
/// <param name="Output">The held output folder.</param>
/// <param name="Results">The results in it.</param>
/// <param name="Dossier">The dossier that the caller named, or null.</param>
/// <param name="Dossiers">The store to file in, or null if nothing is to be filed.</param>
/// <param name="Timings">Gets CPU times, or null.</param>
internal sealed record PipelineTarget(
    OutputFolder Output, ResultFolder Results, DossierKey? Dossier, FolderDossierStore? Dossiers, TextWriter? Timings)
{
    /// <summary>Writes a page's CPU times, where they are wanted.</summary>
    public void Record(InputFile source, ReadPage page)
    {
        if (Timings is null)
        {
            return;
        }

        var times = page.Attempts.Result?.Timings ?? new Dictionary<string, double>();
        var line = ResultJson.Line(new TimingLine(source.Shown, page.Frame.Index + 1, page.Attempts.Attempts, times));
        lock (Timings)
        {
            Timings.WriteLine(line);
        }
    }
}
