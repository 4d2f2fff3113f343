namespace Digitizer.EndToEndTests.Trials;

/// <summary>A file that a trial has dropped: the trial's own list, kept apart from all that the product writes.</summary>
/// <param name="Unit">Number printed on its pages.</param>
/// <param name="Dossier">Number of the dossier that it belongs to.</param>
/// <param name="Pages">How many it has.</param>
/// <param name="Sha256">Of its bytes, lower-case hex.</param>
/// <param name="Path">Where it was dropped.</param>
/// <param name="IsGood">False: it cannot be read and must end in exceptions.</param>
internal sealed record Dropped(uint Unit, uint Dossier, int Pages, string Sha256, string Path, bool IsGood = true);

/// <summary>A document that lies in a dossier.</summary>
/// <param name="Dossier">The dossier's code.</param>
/// <param name="Pdf">Path of its PDF.</param>
internal sealed record Filed(string Dossier, string Pdf);
