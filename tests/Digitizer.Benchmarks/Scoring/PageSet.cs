using System.Text.Json;

namespace Digitizer.Benchmarks.Scoring;

/// <summary>A page whose text and position are known.</summary>
/// <param name="Id">Its name; the truth stands in <c>gt/ID.txt</c>.</param>
/// <param name="Profile">What happened to the paper: skewed, stamped …</param>
/// <param name="Kind">What paper it is: letter, form …</param>
/// <param name="File">The picture, within the set's folder.</param>
/// <param name="Blank">True if nothing is to be read.</param>
/// <param name="SkewDeg">Degrees by which the upright content lies turned clockwise; null where there is no one angle.</param>
/// <param name="RotateToFixCw">Clockwise degrees (0, 90, 180, 270) that turn it upright.</param>
/// <param name="Fields">Names and values that stand on it.</param>
internal sealed record TruePage(
    string Id, string Profile, string Kind, string File, bool Blank, double? SkewDeg, int RotateToFixCw, IReadOnlyDictionary<string, string> Fields)
{
    // Values that stand on several lines, in a line of boxes, or nowhere (dates in digits only).
    private static readonly string[] NotInOneLine = ["co_quan", "trich_yeu", "cccd_cells"];

    /// <summary>The values that a reading must hold letter by letter.</summary>
    public IReadOnlyCollection<string> Asked
        => [.. Fields.Where(f => !NotInOneLine.Contains(f.Key) && !f.Key.EndsWith("_iso", StringComparison.Ordinal)).Select(f => f.Value)];

    /// <summary>The angle at which the lines lie, or null: a photo has perspective instead.</summary>
    public double? Skew => Blank || Profile == "phone" ? null : SkewDeg;
}

/// <summary>A folder of pages with their truth: <c>manifest.json</c>, <c>pages/</c>, <c>gt/</c>. <c>docs/accuracy.md</c> describes it.</summary>
internal sealed record PageSet(string Folder, IReadOnlyList<TruePage> Pages)
{
    private static readonly JsonSerializerOptions Names = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Reads the manifest.</summary>
    /// <exception cref="IOException">There is none.</exception>
    /// <exception cref="JsonException">It is not one.</exception>
    public static PageSet Open(string folder)
    {
        using var manifest = File.OpenRead(Path.Combine(folder, "manifest.json"));
        return new PageSet(Path.GetFullPath(folder), JsonSerializer.Deserialize<Manifest>(manifest, Names)!.Pages);
    }

    public string Picture(TruePage page) => Path.Combine(Folder, page.File);

    public string Truth(TruePage page) => File.ReadAllText(Path.Combine(Folder, "gt", page.Id + ".txt"));

    /// <summary>Compares one reading.</summary>
    public PageScore Score(TruePage page, string read) => PageScore.Of(Truth(page), read, page.Asked);

    private sealed record Manifest(IReadOnlyList<TruePage> Pages);
}
