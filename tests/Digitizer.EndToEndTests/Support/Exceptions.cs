using System.Text.Json;

namespace Digitizer.EndToEndTests.Support;

/// <summary>The list of refused files that a run leaves in its output folder.</summary>
internal static class Exceptions
{
    /// <summary>Kind by name of the source file.</summary>
    public static IReadOnlyDictionary<string, string> Of(string outputFolder)
    {
        var path = Path.Combine(outputFolder, "exceptions.json");
        if (!File.Exists(path))
        {
            return new Dictionary<string, string>();
        }

        using var json = JsonDocument.Parse(File.ReadAllText(path));
        return json.RootElement.GetProperty("exceptions").EnumerateArray().ToDictionary(
            e => Path.GetFileName(e.GetProperty("file").GetString()!),
            e => e.GetProperty("kind").GetString()!);
    }
}
