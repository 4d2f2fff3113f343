namespace Digitizer.Intake;

/// <summary>One file to be read: a unit to be.</summary>
/// <param name="FullPath">Absolute.</param>
/// <param name="Shown">The path as people see it: as they gave it, on one line.</param>
/// <param name="ResultBase">Where its results go under the output folder, without extension.</param>
internal sealed record InputFile(string FullPath, string Shown, string ResultBase)
{
    /// <summary>The file's own name.</summary>
    public string Name => Path.GetFileName(FullPath);
}
