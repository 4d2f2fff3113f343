namespace Digitizer.Tests.Architecture;

/// <summary>The repository that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Read(params string[] parts) => File.ReadAllText(Path.Combine([Root, .. parts]));

    /// <summary>Cells of the rows of a Markdown table that starts with the given first heading.</summary>
    public static IEnumerable<string[]> Table(string markdown, string firstHeading)
        => markdown.Split('\n')
            .SkipWhile(line => !line.StartsWith($"| {firstHeading} |", StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|', '\r').Split('|').Select(cell => cell.Trim()).ToArray());

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Digitizer.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
