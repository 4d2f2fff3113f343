using Digitizer.EndToEndTests.Support;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>
/// Row D3, generated part: every format that is taken in is read, every file broken in one way is
/// refused, and of files damaged at random each ends as a result or an exception.
/// </summary>
[Trait("Row", "D3")]
public sealed class RowD3ImageCorpus
{
    [Fact]
    public async Task Good_pictures_are_read_broken_ones_refused_and_none_is_lost()
    {
        var row = new Row("D3", 36, 300, 3000);
        using var program = new TestProgram();
        var good = Copy(program, "formats", except: "tiled.tif");
        var broken = Copy(program, "damaged", except: "jpeg-bad-data.jpg");
        var mutated = Mutate(program, row.Count);

        var run = await program.RunAsync("process", "in", "--out", "out");

        Assert.Equal(1, run.Code);
        var refused = Exceptions.Of(program["out"]);
        var reasons = new List<string>();
        Judge(row, reasons, good, name => !refused.ContainsKey(name) && HasResult(program, "formats", name), "not read");
        Judge(row, reasons, broken, refused.ContainsKey, "not refused");
        Judge(row, reasons, mutated, name => refused.ContainsKey(name) || HasResult(program, "mutated", name), "neither read nor refused");
        row.Report(reasons);
    }

    private static void Judge(Row row, List<string> reasons, IEnumerable<string> names, Func<string, bool> right, string complaint)
    {
        foreach (var name in names)
        {
            var passed = right(name);
            row.Trial(passed);
            if (!passed)
            {
                reasons.Add($"{name}: {complaint}");
            }
        }
    }

    private static List<string> Copy(TestProgram program, string kind, string except)
    {
        var names = Directory.EnumerateFiles(Path.Combine(Samples.Fixtures, kind)).Select(f => Path.GetFileName(f)!)
            .Where(name => name != except && !name.EndsWith(".md", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        names.ForEach(name => program.Write(Path.Combine("in", kind, name), File.ReadAllBytes(Path.Combine(Samples.Fixtures, kind, name))));
        return names;
    }

    /// <summary>Seeded damage: a few bytes changed, a stretch cut out or doubled, the end cut off.</summary>
    private static List<string> Mutate(TestProgram program, int count)
    {
        var seeds = Directory.EnumerateFiles(Path.Combine(Samples.Fixtures, "formats")).Order(StringComparer.Ordinal).ToArray();
        var random = new Random(20261124);
        var names = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var seed = seeds[i % seeds.Length];
            var name = $"mutated-{i:0000}-{Path.GetFileName(seed)}";
            program.Write(Path.Combine("in", "mutated", name), Damaged(File.ReadAllBytes(seed), random));
            names.Add(name);
        }

        return names;
    }

    private static byte[] Damaged(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length);
        var length = Math.Min(random.Next(1, 400), bytes.Length - at);
        switch (random.Next(4))
        {
            case 0:
                for (var i = random.Next(1, 12); i > 0; i--)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                }

                return bytes;
            case 1:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 2:
                return [.. bytes[..(at + length)], .. bytes[at..]];
            default:
                return bytes[..at];
        }
    }

    /// <summary>Names that meet get their full names, so both forms are looked for.</summary>
    private static bool HasResult(TestProgram program, string kind, string name)
        => File.Exists(program[Path.Combine("out", kind, Path.GetFileNameWithoutExtension(name) + ".pdf")]) || File.Exists(program[Path.Combine("out", kind, name + ".pdf")]);
}
