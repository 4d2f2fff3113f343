using System.Text.Json;
using Digitizer.EndToEndTests.Support;

namespace Digitizer.EndToEndTests;

public sealed class BatchTests : IDisposable
{
    private const string Code = "000.00.01.H29-260310-0420";

    private readonly TestProgram program = new();

    public void Dispose() => program.Dispose();

    [Fact]
    public async Task A_page_becomes_a_PDF_a_text_and_a_result_file_and_a_second_run_changes_no_byte()
    {
        program.Write("in/sub/x.png", WhitePages.Png());
        var first = await program.RunAsync("process", "in");
        Assert.True(first.Code == 0, first.ToString());
        Assert.Equal(["exceptions.json", "sub/x.json", "sub/x.pdf", "sub/x.txt"], program.Files("out"));
        var before = program.Files("out").Select(f => Convert.ToHexString(File.ReadAllBytes(program["out/" + f]))).ToList();

        var second = await program.RunAsync("process", "in");
        Assert.True(second.Code == 0, second.ToString());
        Assert.Equal(before, program.Files("out").Select(f => Convert.ToHexString(File.ReadAllBytes(program["out/" + f]))));
    }

    [Fact]
    public async Task Bad_files_are_listed_with_reasons_and_all_others_are_finished()
    {
        program.Write("in/good.png", WhitePages.Png(1));
        program.Write("in/sub/good.png", WhitePages.Png(2));
        program.Write("in/a\nb.png", WhitePages.Png(3));
        program.Write("in/empty.jpg", []);
        program.Write("in/text.jpg", "Kính gửi"u8.ToArray());
        program.Write("in/born.pdf", "%PDF-1.7"u8.ToArray());
        program.Write("in/cut.png", WhitePages.Png(4)[..60]);
        var ended = await program.RunAsync("process", "in", "missing.png", new string('ệ', 255) + ".png", "--out", "in/out");

        Assert.True(ended.Code == 1, ended.ToString());
        Assert.Contains("in/out is the output folder, inside an input folder", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("in/a\\nb.png", ended.Errors, StringComparison.Ordinal);
        foreach (var (name, kind) in new[]
        {
            ("in/empty.jpg", "FileEmpty"), ("in/text.jpg", "FormatUnknown"), ("in/born.pdf", "FileTruncated"),
            ("in/cut.png", "FileTruncated"), ("missing.png", "FileUnreadable"), ("ệ.png", "NameUnusable"),
        })
        {
            Assert.Matches($"{name}: .+\\. .+\\[{kind}\\]", ended.Errors);
        }

        Assert.Equal(["a_b", "good", "sub/good"], program.Files("in/out").Where(f => f.EndsWith(".pdf", StringComparison.Ordinal)).Select(f => f[..^4]));
        using var list = JsonDocument.Parse(File.ReadAllBytes(program["in/out/exceptions.json"]));
        Assert.Equal(6, list.RootElement.GetProperty("exceptions").GetArrayLength());
    }

    [Fact]
    public async Task A_picture_with_bad_data_inside_is_shown_and_waits_for_a_person()
    {
        program.Write("in/x.jpg", File.ReadAllBytes(Path.Combine(Samples.Fixtures, "damaged", "jpeg-bad-data.jpg")));
        var ended = await program.RunAsync("process", "in", "--dossier", Code);

        Assert.True(ended.Code == 1, ended.ToString());
        Assert.Matches(@"in/x\.jpg: Page 1 of 1: bad data .+ \[ImageDamaged\]", ended.Errors);
        Assert.True(File.Exists(program["out/x.pdf"]));
        Assert.DoesNotContain(program.Files("out"), f => f.StartsWith("dossiers/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Results_of_inputs_with_equal_names_do_not_meet()
    {
        program.Write("a/x.png", WhitePages.Png(1));
        program.Write("b/x.png", WhitePages.Png(2));
        program.Write("b/x.tif", WhitePages.Png(3));
        var ended = await program.RunAsync("process", "a", "b");
        Assert.True(ended.Code == 0, ended.ToString());
        Assert.Equal(["x.png.pdf", "x.png~2.pdf", "x.tif.pdf"], program.Files("out").Where(f => f.EndsWith(".pdf", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Scripts_get_one_JSON_line_for_each_file_and_nothing_else()
    {
        program.Write("in/x.png", WhitePages.Png());
        program.Write("in/empty.jpg", []);
        var ended = await program.RunAsync("process", "in", "--json", "--timings", "times.jsonl");
        Assert.True(ended.Code == 1, ended.ToString());
        var lines = ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => JsonDocument.Parse(l).RootElement)
            .ToDictionary(l => l.GetProperty("file").GetString()!);
        Assert.Equal(2, lines.Count);
        Assert.Equal("refused", lines["in/empty.jpg"].GetProperty("state").GetString());
        var done = lines["in/x.png"];
        Assert.Equal(("ready", 1, 1), (done.GetProperty("state").GetString(), done.GetProperty("pages").GetInt32(), done.GetProperty("blank").GetInt32()));
        Assert.Equal(program["in/x.png"], done.GetProperty("path").GetString());
        Assert.Equal(program["out/x.pdf"], done.GetProperty("pdf").GetString());
        Assert.Contains("documents", ended.Errors, StringComparison.Ordinal);
        Assert.Single(File.ReadAllLines(program["times.jsonl"]));
    }

    [Fact]
    public async Task Documents_are_filed_once_however_often_the_command_runs()
    {
        program.Write("x.png", WhitePages.Png());
        string[] command = ["process", "x.png", "--dossier", "000.00.01.h29 - 260310-0420"];
        var first = await program.RunAsync([.. command, "--no-attach"]);
        Assert.True(first.Code == 0, first.ToString());
        Assert.Contains($"is read as {Code}", first.Errors, StringComparison.Ordinal);
        Assert.Empty(program.Files("out/dossiers"));

        Assert.Equal(0, (await program.RunAsync(command)).Code);
        Assert.Equal(0, (await program.RunAsync(command)).Code);
        Assert.Equal([$"{Code}/x/x.json", $"{Code}/x/x.pdf", $"{Code}/x/x.txt"], program.Files("out/dossiers"));
        using var json = JsonDocument.Parse(File.ReadAllBytes(program["out/x.json"]));
        Assert.Equal(Code, json.RootElement.GetProperty("dossier").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_dossier_that_holds_the_document_with_other_content_waits_for_a_person()
    {
        program.Write("x.png", WhitePages.Png());
        string[] command = ["process", "x.png", "--dossier", Code];
        Assert.Equal(0, (await program.RunAsync(command)).Code);
        File.AppendAllText(program[$"out/dossiers/{Code}/x/x.pdf"], "!");

        // With its journal the run would know that the document was filed and read back.
        Directory.Delete(program["out/.digitizer"], recursive: true);
        var ended = await program.RunAsync(command);
        Assert.True(ended.Code == 1, ended.ToString());
        Assert.Contains("[DossierConflict]", ended.Errors, StringComparison.Ordinal);
        Assert.EndsWith("!", File.ReadAllText(program[$"out/dossiers/{Code}/x/x.pdf"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task An_interrupted_run_keeps_what_is_finished_and_leaves_nothing_half_written(string signal)
    {
        for (var i = 0; i < 200; i++)
        {
            program.Write($"in/{i:D3}.png", WhitePages.Png(i));
        }

        using var process = program.Start("process", "in", "--json");
        var errors = process.StandardError.ReadToEndAsync();
        Assert.NotNull(await process.StandardOutput.ReadLineAsync());
        TestProgram.Signal(process, signal);
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 130, await errors);
        Assert.Contains("Run the same command again to go on", await errors, StringComparison.Ordinal);
        var files = program.Files("out").Where(f => f != "exceptions.json").ToList();
        var names = files.Select(f => f.Split('.')[0]).Distinct().ToList();
        Assert.InRange(names.Count, 1, 199);
        Assert.Equal(names.SelectMany(n => new[] { n + ".json", n + ".pdf", n + ".txt" }), files);
        Assert.False(Directory.Exists(program["out/.digitizer/work"]));
    }

    [Fact]
    public async Task A_killed_run_is_made_whole_by_the_next_one()
    {
        for (var i = 0; i < 12; i++)
        {
            program.Write($"in/{i:D2}.png", WhitePages.Png(i));
        }

        using (var process = program.Start("process", "in", "--json"))
        {
            Assert.NotNull(await process.StandardOutput.ReadLineAsync());
            process.Kill();
            await process.WaitForExitAsync();
        }

        var ended = await program.RunAsync("process", "in");
        Assert.True(ended.Code == 0, ended.ToString());
        var expected = Enumerable.Range(0, 12).SelectMany(i => new[] { $"{i:D2}.json", $"{i:D2}.pdf", $"{i:D2}.txt" });
        Assert.Equal(expected.Append("exceptions.json"), program.Files("out"));
        Assert.False(Directory.Exists(program["out/.digitizer/work"]));
    }

    [Fact]
    public async Task What_waits_stays_in_the_list_until_its_file_is_done_or_gone()
    {
        program.Write("in/bad.jpg", "no picture"u8.ToArray());
        program.Write("in/other.jpg", "no picture either"u8.ToArray());
        program.Write("good.png", WhitePages.Png());
        Assert.Equal(1, (await program.RunAsync("process", "in")).Code);
        File.Delete(program["in/other.jpg"]);
        Assert.Equal(0, (await program.RunAsync("process", "good.png")).Code);
        Assert.Equal(["in/bad.jpg"], Waiting());

        program.Write("in/bad.jpg", WhitePages.Png(1));
        Assert.Equal(0, (await program.RunAsync("process", "in")).Code);
        Assert.Empty(Waiting());
    }

    [Fact]
    public async Task Times_are_not_written_over_a_scan()
    {
        var page = WhitePages.Png();
        program.Write("x.png", page);
        var ended = await program.RunAsync("process", "x.png", "--timings", "./x.png");
        Assert.True(ended.Code == 2, ended.ToString());
        Assert.Equal(page, File.ReadAllBytes(program["x.png"]));
    }

    [Fact]
    public async Task A_name_that_is_taken_costs_that_file_only()
    {
        program.Write("in/c/x.png", WhitePages.Png());
        program.Write("in/y.png", WhitePages.Png(1));
        program.Write("out/c", "somebody's"u8.ToArray());
        var ended = await program.RunAsync("process", "in");
        Assert.True(ended.Code == 1, ended.ToString());
        Assert.Contains("something else has this name", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("[NameTaken]", ended.Errors, StringComparison.Ordinal);
        Assert.Equal(["c", "exceptions.json", "y.json", "y.pdf", "y.txt"], program.Files("out"));
    }

    [Theory]
    [InlineData("check", "--model", "../x", 2)]
    [InlineData("process", "x.png", "--timings=/dev/full", 3)]
    public async Task No_fault_ends_the_program_without_a_line(string command, string first, string second, int code)
    {
        program.Write("x.png", WhitePages.Png());
        var ended = await program.RunAsync(command, first, second);
        Assert.True(ended.Code == code, ended.ToString());
        Assert.DoesNotContain("   at ", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_ends_the_run_with_3_and_leaves_nothing_half_written()
    {
        program.Write("in/x.png", WhitePages.Png());
        Directory.CreateDirectory(program["out"]);
        var shell = "\"$@\"; code=$?; find out -type f -not -path '*/.digitizer/*'; exit $code";
        string[] small = ["--dev-bind", "/", "/", "--size", "8192", "--tmpfs", program["out"], "sh", "-c", shell, "sh"];
        var ended = await program.RunInsideAsync("bwrap", small, "process", "in");
        Assert.True(ended.Code == 3, ended.ToString());
        Assert.Contains("the disk is full", ended.Errors, StringComparison.Ordinal);

        // The list of what did not go through, if there was room for it, and nothing else.
        Assert.All(ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), file => Assert.Equal("out/exceptions.json", file));
    }

    private List<string> Waiting()
    {
        using var list = JsonDocument.Parse(File.ReadAllBytes(program["out/exceptions.json"]));
        return [.. list.RootElement.GetProperty("exceptions").EnumerateArray().Select(e => e.GetProperty("file").GetString()!)];
    }

    [Fact]
    public async Task A_folder_that_takes_no_files_ends_the_run_with_3()
    {
        program.Write("in/x.png", WhitePages.Png());
        var ended = await program.RunAsync("process", "in", "--out", "/proc/digitizer");
        Assert.True(ended.Code == 3, ended.ToString());
        Assert.Contains("[OutputNotWritable]", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_is_not_installed_ends_the_run_with_3()
    {
        program.Write("in/x.png", WhitePages.Png());
        var ended = await program.RunAsync("process", "in", "--model", "klingon");
        Assert.True(ended.Code == 3, ended.ToString());
        Assert.Contains("[ModelMissing]", ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(program.Files("out"), f => f.EndsWith(".pdf", StringComparison.Ordinal));
    }
}
