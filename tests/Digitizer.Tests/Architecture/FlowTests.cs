using System.Text.RegularExpressions;

namespace Digitizer.Tests.Architecture;

/// <summary>Keeps the flow one-way: docs/architecture.md has the table, the code has the using lines.</summary>
public sealed partial class FlowTests
{
    private static readonly Dictionary<string, string[]> Allowed = Repository
        .Table(Repository.Read("docs", "architecture.md"), "folder")
        .ToDictionary(row => row[0], row => row[2].Split(", "));

    [Fact]
    public void Every_stage_uses_only_what_the_table_allows()
    {
        var product = Path.Combine(Repository.Root, "src", "Digitizer");
        var violations = from folder in Allowed.Keys
                         from file in Directory.EnumerateFiles(Path.Combine(product, folder), "*.cs", SearchOption.AllDirectories)
                         from Match use in UsingLine().Matches(File.ReadAllText(file))
                         let used = use.Groups[1].Value
                         where used != folder && !Allowed[folder].Contains(used)
                         select $"{Path.GetRelativePath(product, file)} uses {used}";

        Assert.Empty(violations);
    }

    [Fact]
    public void Every_folder_of_the_product_is_a_stage_of_the_table()
        => Assert.Equal(
            Allowed.Keys.Order(StringComparer.Ordinal),
            Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src", "Digitizer"))
                .Select(path => Path.GetFileName(path)!).Where(name => name is not ("bin" or "obj")).Order(StringComparer.Ordinal));

    [Fact]
    public void No_stage_uses_one_that_comes_after_it()
    {
        var order = Allowed.Keys.ToList();

        Assert.All(Allowed, row => Assert.All(row.Value.Where(order.Contains), used => Assert.True(order.IndexOf(used) < order.IndexOf(row.Key), $"{row.Key} uses {used}")));
    }

    [GeneratedRegex(@"^(?:global )?using (?:static )?Digitizer\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex UsingLine();
}
