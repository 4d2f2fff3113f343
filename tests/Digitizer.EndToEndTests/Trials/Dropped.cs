namespace Digitizer.EndToEndTests.Trials;

/// <summary>One more file of a document.</summary>
/// <param name="Sha256">Of its bytes, lower-case hex.</param>
/// <param name="Path">Where it was dropped.</param>
internal sealed record DroppedFile(string Sha256, string Path);

/// <summary>A document that a trial has dropped: the trial's own list, kept apart from all that the product writes.</summary>
/// <param name="Unit">Number printed on its pages.</param>
/// <param name="Dossier">Number of the dossier that it belongs to.</param>
/// <param name="Pages">How many it has.</param>
/// <param name="Sha256">Of its first file's bytes, lower-case hex.</param>
/// <param name="Path">Where that was dropped.</param>
/// <param name="IsGood">False: it cannot be read and must end in exceptions.</param>
/// <param name="Further">The other files, of a document of a batch; null: it has one.</param>
internal sealed record Dropped(uint Unit, uint Dossier, int Pages, string Sha256, string Path, bool IsGood = true, IReadOnlyList<DroppedFile>? Further = null)
{
    /// <summary>All files, in order.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IEnumerable<DroppedFile> Files => [new DroppedFile(Sha256, Path), .. Further ?? []];

    /// <summary>The same at other places.</summary>
    public Dropped At(Func<string, string> place) => this with { Path = place(Path), Further = Further?.Select(f => f with { Path = place(f.Path) }).ToList() };
}

/// <summary>A document that lies in a dossier.</summary>
/// <param name="Dossier">The dossier's code.</param>
/// <param name="Pdf">Path of its PDF.</param>
internal sealed record Filed(string Dossier, string Pdf);
