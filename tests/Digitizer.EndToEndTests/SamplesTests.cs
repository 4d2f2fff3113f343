using System.Text.Json;
using Digitizer.Benchmarks.Scoring;
using Digitizer.EndToEndTests.Support;
using Digitizer.Tests.Support;

namespace Digitizer.EndToEndTests;

/// <summary>The sample pages through the real program, judged by other people's readers and the known text.</summary>
public sealed class SamplesTests(SamplesRun run) : IClassFixture<SamplesRun>
{
    private static readonly string[] All = ["anh-chup", "ban-sao-g4", "cong-van", "quet-ngang", "quyet-dinh-dau-do", "to-khai"];

    public static TheoryData<string> Names => [.. All];

    /// <summary>Share of wrong characters that each sample may have: a floor that may only get better.</summary>
    public static TheoryData<string, double> Floors => new()
    {
        { "anh-chup", 0.08 },
        { "ban-sao-g4", 0.045 },
        { "cong-van", 0.01 },
        { "quet-ngang", 0.03 },
        { "quyet-dinh-dau-do", 0.04 },
        { "to-khai", 0.08 },
    };

    [Fact]
    public void Demo_digitizes_every_sample_and_says_what_it_found()
    {
        Assert.Equal(0, run.Ended.Code);
        Assert.All(All, name => Assert.Contains(name, run.Ended.Output + run.Ended.Errors, StringComparison.Ordinal));
    }

    [Fact]
    public void Demo_names_the_page_that_was_scanned_badly_and_no_other()
    {
        var notes = run.Ended.Errors.Split('\n').Where(line => line.Contains(", page ", StringComparison.Ordinal)).ToList();

        Assert.Matches(@"anh-chup\.jpg, page 1: .*unevenly lit, paper differs by \d+ % of white \[SCAN-UNEVEN\]", Assert.Single(notes));
    }

    [Theory]
    [MemberData(nameof(Floors))]
    public void The_text_is_right(string name, double floor)
    {
        var truth = File.ReadAllText(Path.Combine(Samples.Repository, "tests", "Digitizer.Tests", "Fixtures", "truth", name + ".txt"));
        var rate = PageScore.Of(truth, File.ReadAllText(run.Result(name, ".txt")), []).Rate;

        Assert.True(rate <= floor, FormattableString.Invariant($"{name}: {rate:p2} of the characters are wrong, at most {floor:p2} may be."));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_pdf_is_sound_and_gives_back_the_words_of_the_result_file_in_their_order(string name)
    {
        using var tools = new PdfTools();

        Assert.Equal("", tools.Check(run.Result(name, ".pdf")));
        PdfAAssert.Conforms(run.Result(name, ".pdf"));
        Assert.Equal(run.Words(name), tools.Words(run.Result(name, ".pdf")).SelectMany(page => page));
    }

    [Theory]
    [InlineData("cong-van")]
    [InlineData("quyet-dinh-dau-do")]
    [InlineData("quet-ngang")]
    [InlineData("anh-chup")]
    public void The_scanners_bytes_are_in_the_pdf_as_they_came(string name)
    {
        using var tools = new PdfTools();
        var image = Assert.Single(tools.Images(run.Result(name, ".pdf")));

        Assert.Equal(File.ReadAllBytes(Path.Combine(Samples.Folder, name + ".jpg")), File.ReadAllBytes(image));
    }

    [Theory]
    [InlineData("quet-ngang", 270)]
    [InlineData("cong-van", 0)]
    [InlineData("anh-chup", 90)]
    public void The_page_is_turned_upright(string name, int orientation)
        => Assert.Equal(orientation, run.Json(name).RootElement.GetProperty("pages")[0].GetProperty("orientation").GetInt32());

    [Fact]
    public void A_form_of_two_pages_is_one_document()
        => Assert.Equal(2, run.Json("to-khai").RootElement.GetProperty("pages").GetArrayLength());
}

/// <summary>One run of <c>digitizer demo</c> for all tests of the class.</summary>
public sealed class SamplesRun : IAsyncLifetime, IDisposable
{
    private readonly TestProgram program = new();

    internal Ended Ended { get; private set; } = null!;

    public async Task InitializeAsync() => Ended = await program.RunAsync("demo");

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => program.Dispose();

    internal string Result(string name, string extension) => program[Path.Combine("out", "demo", name + extension)];

    internal JsonDocument Json(string name) => JsonDocument.Parse(File.ReadAllText(Result(name, ".json")));

    internal IEnumerable<string> Words(string name)
    {
        using var json = Json(name);
        return [.. json.RootElement.GetProperty("pages").EnumerateArray()
            .SelectMany(page => page.GetProperty("lines").EnumerateArray())
            .SelectMany(line => line.GetProperty("words").EnumerateArray())
            .Select(word => word.GetProperty("text").GetString()!)];
    }
}
