using Digitizer.EndToEndTests.Support;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>Row D1: bombs are refused for the right reason, and what runs beside them is finished.</summary>
[Trait("Row", "D1")]
public sealed class RowD1ImageBombs
{
    private const int GoodPages = 3;
    private static readonly IReadOnlyList<Bomb> All = Row.Some([.. Bombs.All, .. PdfBombs.All], oneIn: 2);

    [Fact]
    public async Task Bombs_are_refused_with_the_right_reason_and_good_pages_beside_them_are_read()
    {
        var row = new Row("D1", All.Count, All.Count, All.Count);
        using var program = new TestProgram();
        foreach (var bomb in All)
        {
            program.Write(Path.Combine("in", bomb.Name), bomb.Content);
        }

        for (var i = 0; i < GoodPages; i++)
        {
            File.Copy(Samples.Letter, program[Path.Combine("in", $"good-{i}.jpg")]);
        }

        var run = await program.RunAsync("process", "in", "--out", "out");

        var refused = Exceptions.Of(program["out"]);
        var reasons = new List<string>();
        foreach (var bomb in All)
        {
            var found = refused.GetValueOrDefault(bomb.Name, "read");
            var right = bomb.Kinds.Length == 0 ? found == "read" : bomb.Kinds.Contains(found) || NeedsReview(program, bomb, found);
            row.Trial(right);
            if (!right)
            {
                reasons.Add($"{bomb.Name}: {found}, not {string.Join(" or ", bomb.Kinds.DefaultIfEmpty("read"))}");
            }
        }

        for (var i = 0; i < GoodPages; i++)
        {
            Assert.True(File.Exists(program[Path.Combine("out", $"good-{i}.pdf")]), run.Errors);
        }

        Assert.Equal(1, run.Code);
        row.Report(reasons);
    }

    /// <summary>A page that cannot be decoded leaves a document for a person, with the kind as its reason.</summary>
    private static bool NeedsReview(TestProgram program, Bomb bomb, string found)
    {
        var result = program[Path.Combine("out", Path.GetFileNameWithoutExtension(bomb.Name) + ".json")];
        return found == "read" && File.Exists(result)
            && File.ReadAllText(result) is var json
            && json.Contains("\"state\":\"needs-review\"", StringComparison.Ordinal)
            && bomb.Kinds.Any(kind => json.Contains(kind, StringComparison.Ordinal));
    }
}
