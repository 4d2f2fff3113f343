using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Digitizer.Failures;

namespace Digitizer.Intake.DropFolders;

/// <summary>A file that a manifest names.</summary>
/// <param name="Path">Below the manifest's folder, with / between; NFC.</param>
/// <param name="Sha256">Lower-case hex.</param>
/// <param name="Pages">How many it must have, if the manifest says.</param>
/// <param name="Document">The number of its document.</param>
/// <param name="DossierCode">mã hồ sơ, if the manifest says.</param>
internal sealed record ManifestFile(string Path, string Sha256, int? Pages, string Document, string? DossierCode);

/// <summary>
/// The list of a batch's files, version 1, as JSON (<c>X.manifest.json</c>) or CSV (<c>X.manifest.csv</c>).
/// Of its fields only those are read that intake needs; the text is kept whole.
/// </summary>
/// <param name="Batch">Its id; the manifest's own name where it says none.</param>
/// <param name="Files">At least one, no two of one path.</param>
/// <param name="Text">As it came.</param>
internal sealed partial record Manifest(string Batch, IReadOnlyList<ManifestFile> Files, string Text)
{
    /// <summary>Larger manifests are refused.</summary>
    public const int MaxBytes = 8 << 20;

    private const int MaxFiles = 10_000;

    /// <summary>Reads one.</summary>
    /// <param name="name">The file's name: its end tells JSON from CSV.</param>
    /// <param name="bytes">UTF-8.</param>
    /// <exception cref="DigitizerException">ManifestInvalid: cut off, not version 1, or in contradiction to itself.</exception>
    public static Manifest Parse(string name, byte[] bytes)
    {
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
            var manifest = name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? FromCsv(name, text) : FromJson(name, text);
            return manifest.Files.Count is 0 or > MaxFiles
                ? throw Invalid($"it names {manifest.Files.Count} files; 1 to {MaxFiles} can be taken")
                : manifest.Files.GroupBy(f => f.Path).FirstOrDefault(g => g.Count() > 1) is { } twice
                ? throw Invalid($"it names {ShownName.Escape(twice.Key)} more than once")
                : manifest;
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or OverflowException)
        {
            throw Invalid($"it cannot be read ({e.Message.TrimEnd('.')})");
        }
    }

    private static Manifest FromJson(string name, string text)
    {
        using var json = JsonDocument.Parse(text);
        var root = json.RootElement;
        if (root.GetProperty("manifestVersion").ToString() != "1")
        {
            throw Invalid("its manifestVersion is not 1");
        }

        var code = Field(root, "maHoSo");
        var files = new List<ManifestFile>();
        foreach (var document in root.GetProperty("documents").EnumerateArray())
        {
            var number = Field(document, "seq") ?? (files.Count + 1).ToString(CultureInfo.InvariantCulture);
            files.AddRange(document.GetProperty("files").EnumerateArray().Select(f => File(
                f.GetProperty("path").GetString(), Field(f, "sha256"), Field(f, "pages"), number, Field(document, "maHoSo") ?? code)));
        }

        return Field(root, "fileCount") is { } count && count != files.Count.ToString(CultureInfo.InvariantCulture)
            ? throw Invalid($"it says {count} files and names {files.Count}")
            : new Manifest(Field(root, "batchId") ?? name, files, text);
    }

    private static Manifest FromCsv(string name, string text)
    {
        var rows = text.Split('\n').Select(l => l.TrimEnd('\r')).Where(l => l.Length > 0).Select(Cells).ToList();
        if (!text.EndsWith('\n') || rows.Count < 2)
        {
            throw Invalid("its last line is cut off, or it has no lines");
        }

        // Spreadsheets leave empty columns behind.
        var columns = rows[0].Index().Where(c => c.Item.Trim().Length > 0).DistinctBy(c => c.Item.Trim(), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(c => c.Item.Trim(), c => c.Index, StringComparer.OrdinalIgnoreCase);
        string? Cell(string[] row, string column)
            => columns.TryGetValue(column, out var at) && at < row.Length && row[at].Trim() is { Length: > 0 } value ? value : null;

        var files = rows.Skip(1).Select((row, i) => File(
            Cell(row, "path"), Cell(row, "sha256"), Cell(row, "pages"), Cell(row, "seq") ?? (i + 1).ToString(CultureInfo.InvariantCulture), Cell(row, "maHoSo"))).ToList();
        return new Manifest(rows.Skip(1).Select(r => Cell(r, "batchId")).FirstOrDefault(b => b is not null) ?? name, files, text);
    }

    // RFC 4180: cells in quotation marks may hold commas and doubled marks; line breaks inside cells are not taken.
    private static string[] Cells(string line)
        => [.. CsvCell().Matches(line).Select(m => m.Groups[1].Success ? m.Groups[1].Value.Replace("\"\"", "\"", StringComparison.Ordinal) : m.Groups[2].Value)];

    private static ManifestFile File(string? path, string? sha256, string? pages, string document, string? code)
    {
        var place = path?.Replace('\\', '/').Normalize(NormalizationForm.FormC) ?? throw Invalid("a file has no path");
        if (place.StartsWith('/') || place.Split('/').Any(part => part is "" or "." or ".."))
        {
            throw Invalid($"the path {ShownName.Escape(place)} leads out of its folder");
        }

        var digest = sha256?.ToLowerInvariant() ?? "";
        return !Digest().IsMatch(digest)
            ? throw Invalid($"{ShownName.Escape(place)} has no SHA-256 of 64 hex digits")
            : new ManifestFile(place, digest, pages is null ? null : int.Parse(pages, NumberStyles.None, CultureInfo.InvariantCulture), document, code);
    }

    private static string? Field(JsonElement element, string name)
        => element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number && value.ToString() is { Length: > 0 } text ? text : null;

    private static DigitizerException Invalid(string why)
        => new(FailureKind.ManifestInvalid, $"The manifest cannot be followed: {why}. Write it again; its files wait.");

    [GeneratedRegex("(?:^|,)(?:\"((?:[^\"]|\"\")*)\"|([^,]*))", RegexOptions.CultureInvariant)]
    private static partial Regex CsvCell();

    [GeneratedRegex(@"^[0-9a-f]{64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Digest();
}
