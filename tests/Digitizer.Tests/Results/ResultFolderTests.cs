using Digitizer.Results;
using Digitizer.Tests.Support;
using Digitizer.Workspace;

namespace Digitizer.Tests.Results;

public sealed class ResultFolderTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_document_s_three_files_have_its_name()
    {
        var (files, result) = await Publish("a/x", seed: 1);
        Assert.Equal(["a/x.json", "a/x.pdf", "a/x.txt"], folder.Files("out"));
        Assert.Equal("x.pdf", result.Pdf.File);
        Assert.Equal(result.Pdf.Sha256, FileDigest.OfFile(files.Pdf));
    }

    [Fact]
    public async Task A_smaller_copy_lies_beside_them_and_makes_room_for_a_document_of_its_name()
    {
        await Publish("x", seed: 1, hasCopy: true);
        Assert.Equal(["x.delivery.pdf", "x.json", "x.pdf", "x.txt"], folder.Files("out"));
        var (_, named) = await Publish("x", seed: 1, hasCopy: true);
        Assert.Equal("x.delivery.pdf", Assert.Single(named.Copies).File);

        await Publish("x.delivery", seed: 2);
        await Publish("y.delivery", seed: 3);
        var (_, other) = await Publish("y", seed: 4, hasCopy: true);
        Assert.Equal("y~2.delivery.pdf", Assert.Single(other.Copies).File);
        Assert.Equal(
            ["x.delivery.pdf", "x.delivery~2.json", "x.delivery~2.pdf", "x.delivery~2.txt", "x.json", "x.pdf", "x.txt", "y.delivery.json", "y.delivery.pdf", "y.delivery.txt", "y~2.delivery.pdf", "y~2.json", "y~2.pdf", "y~2.txt"],
            folder.Files("out"));
    }

    [Fact]
    public async Task A_copy_that_is_needed_no_more_goes_and_one_that_is_not_ours_stays()
    {
        await Publish("x", seed: 1, hasCopy: true);
        await Publish("x", seed: 1);
        Assert.Equal(["x.json", "x.pdf", "x.txt"], folder.Files("out"));

        folder.File("out/x.delivery.pdf", "mine");
        var (_, other) = await Publish("x", seed: 1, hasCopy: true);
        Assert.Equal("mine", File.ReadAllText(folder["out/x.delivery.pdf"]));
        Assert.Equal("x~2.delivery.pdf", Assert.Single(other.Copies).File);
    }

    [Fact]
    public async Task The_same_unit_replaces_its_own_results_with_equal_bytes()
    {
        await Publish("x", seed: 1);
        var before = Directory.GetFiles(folder["out"]).Order().Select(FileDigest.OfFile).ToList();
        await Publish("x", seed: 1);
        Assert.Equal(["x.json", "x.pdf", "x.txt"], folder.Files("out"));
        Assert.Equal(before, Directory.GetFiles(folder["out"]).Order().Select(FileDigest.OfFile));
    }

    [Fact]
    public async Task Another_unit_gets_another_name_and_finds_it_again()
    {
        await Publish("x", seed: 1);
        await Publish("x", seed: 2);
        await Publish("x", seed: 2);
        var (files, result) = await Publish("x", seed: 1);
        Assert.Equal(["x.json", "x.pdf", "x.txt", "x~2.json", "x~2.pdf", "x~2.txt"], folder.Files("out"));
        Assert.Equal(folder["out/x.pdf"], files.Pdf);
        Assert.Equal("x.pdf", result.Pdf.File);
    }

    [Theory]
    [InlineData("x.pdf")]
    [InlineData("x.txt")]
    [InlineData("x.json")]
    public async Task A_file_that_is_not_ours_is_left_alone(string name)
    {
        folder.File("out/" + name, "mine");
        var (files, _) = await Publish("x", seed: 1);
        Assert.Equal("mine", File.ReadAllText(folder["out/" + name]));
        Assert.Equal(folder["out/x~2.pdf"], files.Pdf);
    }

    [Fact]
    public async Task What_a_run_killed_between_two_files_left_is_taken_over()
    {
        await Publish("x", seed: 1);
        File.Delete(folder["out/x.json"]);
        File.Delete(folder["out/x.txt"]);
        await Publish("x", seed: 1);
        Assert.Equal(["x.json", "x.pdf", "x.txt"], folder.Files("out"));
    }

    [Fact]
    public async Task A_result_that_is_there_is_not_written_again()
    {
        await Publish("x", seed: 1);
        var before = File.GetLastWriteTimeUtc(folder["out/x.pdf"]);
        await Publish("x", seed: 1);
        Assert.Equal(before, File.GetLastWriteTimeUtc(folder["out/x.pdf"]));
    }

    [Fact]
    public async Task Many_units_that_want_one_name_at_the_same_time_all_get_their_own()
    {
        using var state = StateFolder.OfOutput(folder["out"]);
        using var results = new ResultFolder(folder["out"], state);
        var all = await Task.WhenAll(Enumerable.Range(1, 12).Select(i => Publish(results, "x", (byte)i)));
        Assert.Equal(12, all.Select(a => a.Files.Json).Distinct().Count());
        Assert.All(all, a => Assert.StartsWith($"{{\"version\":1,\"unit\":\"{a.Result.Unit}\"", File.ReadAllText(a.Files.Json), StringComparison.Ordinal));
    }

    private async Task<(ResultFiles Files, DocumentResult Result)> Publish(string name, byte seed, bool hasCopy = false)
    {
        using var state = StateFolder.OfOutput(folder["out"]);
        using var results = new ResultFolder(folder["out"], state);
        return await Publish(results, name, seed, hasCopy);
    }

    private async Task<(ResultFiles Files, DocumentResult Result)> Publish(ResultFolder results, string name, byte seed, bool hasCopy = false)
    {
        var kept = $"kept/{Guid.NewGuid():N}/";
        var files = new ResultFiles(folder.File(kept + "pdf", $"pdf of {seed}"), folder.File(kept + "txt", "a"), folder[kept + "json"], hasCopy ? folder.File(kept + "copy", $"copy of {seed}") : null);
        var result = SomeDocument.Of(seed, FileDigest.OfFile(files.Pdf), SomeDocument.Page(0, "a"));
        result = result with { Pdf = result.Pdf with { Bytes = new FileInfo(files.Pdf).Length } };
        result = files.Copy is null ? result : result with { Copies = [new CopyResult(CopyResult.ForDelivery, "?", FileDigest.OfFile(files.Copy), new FileInfo(files.Copy).Length, [])] };
        var published = (await results.PublishAsync(name, result, files, CancellationToken.None))!;
        return (published, ResultJson.Read(File.ReadAllBytes(published.Json)));
    }
}
