using Digitizer.EndToEndTests.Support;
using Digitizer.Tests.Support;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>
/// Row D4: sound files of every kind with bits flipped all over, from one in a hundred thousand to one in a thousand. Each ends as a result or an
/// exception of its own, none for a reason that is ours, and the sound file that comes last is read.
/// </summary>
[Trait("Row", "D4")]
public sealed class RowD4Mutations
{
    private const string Last = "zz-sound.pdf";

    // No divisor of the number of seeds: few trials are of many kinds too.
    private const int Stride = 17;
    private static readonly double[] Ratios = [0.00001, 0.0001, 0.001];
    private static readonly string[] Ours = ["Internal", "PdfCheckFailed", "OutputNotWritable", "JournalBroken"];

    [Fact]
    public async Task None_is_lost_and_none_takes_anything_down()
    {
        var row = new Row("D4", 30, 1000, 20_000);
        using var program = new TestProgram();
        var random = new Random(20261129);
        var seeds = Seeds().ToList();
        var names = new List<string>();
        for (var i = 0; i < row.Count; i++)
        {
            var (name, bytes) = seeds[i * Stride % seeds.Count];
            names.Add(FormattableString.Invariant($"{i:00000}-{name}"));
            program.Write("in/" + names[^1], ByteDamage.Flip(bytes, Ratios[i % Ratios.Length], random));
        }

        program.Write("in/" + Last, ScanPdf.Of(ScanPage.Blank));
        var run = await program.RunAsync("process", "in", "--out", "out");

        var refused = Exceptions.Of(program["out"]);
        var reasons = new List<string>();
        foreach (var name in names)
        {
            var fault = refused.TryGetValue(name, out var kind) ? (Ours.Contains(kind) ? kind : null)
                : File.Exists(program[$"out/{Path.GetFileNameWithoutExtension(name)}.pdf"]) ? null : "neither read nor refused";
            row.Trial(fault is null);
            if (fault is not null)
            {
                reasons.Add($"{name}: {fault}");
            }
        }

        row.Note($"seeds {seeds.Count}, refused {refused.Count}, programs that died {refused.Values.Count(kind => kind == "PageWorkerCrashed")}");
        Assert.True(File.Exists(program["out/" + Last]), run.ToString());
        Assert.InRange(run.Code, 0, 1);
        row.Report(reasons);
    }

    private static IEnumerable<(string Name, byte[] Bytes)> Seeds()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Samples.Fixtures, "formats")).Where(file => !file.EndsWith(".md", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            yield return (Path.GetFileName(file), File.ReadAllBytes(file));
        }

        foreach (var (name, bytes) in SomePdfs.All)
        {
            yield return (name, bytes);
        }
    }
}
