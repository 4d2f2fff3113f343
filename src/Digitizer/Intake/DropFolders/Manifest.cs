using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
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
/// Of its fields only those are read that intake needs; the others are kept with the document that they tell of.
/// </summary>
/// <param name="Batch">Its id; the manifest's own name where it says none.</param>
/// <param name="Files">At least one, no two of one path.</param>
/// <param name="Profile">Of its documents; null: it says none.</param>
/// <param name="Details">JSON by the number of the document.</param>
internal sealed partial record Manifest(string Batch, IReadOnlyList<ManifestFile> Files, string? Profile, IReadOnlyDictionary<string, string> Details)
{
    /// <summary>Larger manifests are refused.</summary>
    public const int MaxBytes = 8 << 20;

    private const int MaxFiles = 10_000;

    private static readonly HashSet<string> Read = new(["manifestVersion", "batchId", "fileCount", "profile", "documents", "seq", "files", "path", "sha256", "pages"], StringComparer.OrdinalIgnoreCase);

    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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
                : manifest.Files.GroupBy(f => f.Document).FirstOrDefault(g => g.Select(f => f.DossierCode).Distinct().Count() > 1) is { } torn
                ? throw Invalid($"it names more than one dossier for document {ShownName.Escape(torn.Key)}")
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
        var details = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var document in root.GetProperty("documents").EnumerateArray())
        {
            var number = Field(document, "seq") ?? (details.Count + 1).ToString(CultureInfo.InvariantCulture);
            if (!details.TryAdd(number, Kept(root.EnumerateObject().Concat(document.EnumerateObject()).Select(p => (p.Name, (JsonNode?)JsonNode.Parse(p.Value.GetRawText()))))))
            {
                throw Invalid($"two documents have the number {ShownName.Escape(number)}");
            }

            files.AddRange(document.GetProperty("files").EnumerateArray().Select(f => File(
                f.GetProperty("path").GetString(), Field(f, "sha256"), Field(f, "pages"), number, Field(document, "maHoSo") ?? code)));
        }

        return Field(root, "fileCount") is { } count && count != files.Count.ToString(CultureInfo.InvariantCulture)
            ? throw Invalid($"it says {count} files and names {files.Count}")
            : new Manifest(Field(root, "batchId") ?? name, files, Field(root, "profile"), details);
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

        var numbered = rows.Skip(1).Count(row => Cell(row, "seq") is not null);
        if (numbered > 0 && numbered < rows.Count - 1)
        {
            throw Invalid("some of its lines have a seq and some have none");
        }

        var files = rows.Skip(1).Select((row, i) => File(
            Cell(row, "path"), Cell(row, "sha256"), Cell(row, "pages"), Cell(row, "seq") ?? (i + 1).ToString(CultureInfo.InvariantCulture), Cell(row, "maHoSo"))).ToList();
        string? First(string column) => rows.Skip(1).Select(r => Cell(r, column)).FirstOrDefault(b => b is not null);
        var details = files.Zip(rows.Skip(1)).DistinctBy(r => r.First.Document)
            .ToDictionary(r => r.First.Document, r => Kept(columns.Keys.Where(c => Cell(r.Second, c) is not null).Select(c => (c, (JsonNode?)JsonValue.Create(Cell(r.Second, c))))));
        return new Manifest(First("batchId") ?? name, files, First("profile"), details);
    }

    // What the document says itself stands for what the batch says of all.
    private static string Kept(IEnumerable<(string Name, JsonNode? Value)> fields)
    {
        var kept = new JsonObject();
        foreach (var (name, value) in fields.Where(f => !Read.Contains(f.Name)))
        {
            kept[name] = value;
        }

        return kept.ToJsonString(Readable);
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
        => new(FailureKind.ManifestInvalid, $"The manifest cannot be followed: {why}. Write it again; until then nothing of it is taken in.");

    [GeneratedRegex("(?:^|,)(?:\"((?:[^\"]|\"\")*)\"|([^,]*))", RegexOptions.CultureInvariant)]
    private static partial Regex CsvCell();

    [GeneratedRegex(@"^[0-9a-f]{64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Digest();
}
