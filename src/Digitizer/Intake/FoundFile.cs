namespace Digitizer.Intake;

/// <summary>A file that a scan took in, before it has a result name.</summary>
/// <param name="FullPath">Absolute.</param>
/// <param name="Shown">The path as people see it.</param>
/// <param name="SubFolder">Its folder below the input folder, with / between parts; empty at the top and for files named themselves.</param>
internal sealed record FoundFile(string FullPath, string Shown, string SubFolder);
