using Digitizer.EndToEndTests.Support;
using Digitizer.Tests.Support;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>Row D7: every file that may show two things is refused, or said to be such; a sound one beside them is neither.</summary>
[Trait("Row", "D7")]
public sealed class RowD7TwoFacedFiles
{
    private static readonly string[] Flags = ["PDF-AMBIGUOUS", "PDF-REPAIRED"];

    [Fact]
    public async Task Each_is_refused_or_flagged()
    {
        var row = new Row("D7", TwoFacedFiles.All.Count, TwoFacedFiles.All.Count, TwoFacedFiles.All.Count);
        using var program = new TestProgram();
        foreach (var (name, bytes) in TwoFacedFiles.All)
        {
            program.Write("in/" + name, bytes);
        }

        var sound = ScanPdf.Of(ScanPage.Blank);
        program.Write("in/sound.pdf", sound);
        program.Write("in/sound-twice.pdf", Revised(sound));
        var run = await program.RunAsync("process", "in");

        Assert.Equal(1, run.Code);
        var refused = Exceptions.Of(program["out"]);
        var reasons = new List<string>();
        foreach (var name in TwoFacedFiles.All.Keys)
        {
            var passed = refused.ContainsKey(name) || IsFlagged(program, name);
            row.Trial(passed);
            if (!passed)
            {
                reasons.Add($"{name}: taken in without a word");
            }
        }

        row.Note($"refused {refused.Count}");
        Assert.False(IsFlagged(program, "sound.pdf"));
        Assert.False(IsFlagged(program, "sound-twice.pdf"));
        row.Report(reasons);
    }

    /// <summary>A second revision, as every program that saves changes adds it.</summary>
    private static byte[] Revised(byte[] file)
    {
        var text = System.Text.Encoding.Latin1.GetString(file);
        var table = text.LastIndexOf("xref\n0 ", StringComparison.Ordinal);
        var catalog = text[text.IndexOf("1 0 obj", StringComparison.Ordinal)..(text.IndexOf("endobj", StringComparison.Ordinal) + 7)];
        return System.Text.Encoding.Latin1.GetBytes(
            text + catalog + $"xref\n1 1\n{text.Length:0000000000} 00000 n \ntrailer\n<< /Size 8 /Root 1 0 R /Prev {table} >>\nstartxref\n{text.Length + catalog.Length}\n%%EOF\n");
    }

    private static bool IsFlagged(TestProgram program, string name)
        => File.ReadAllText(program[$"out/{Path.GetFileNameWithoutExtension(name)}.json"]) is var json && Array.Exists(Flags, flag => json.Contains(flag, StringComparison.Ordinal));
}
