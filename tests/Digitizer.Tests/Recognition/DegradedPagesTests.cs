using System.Text.Json;
using Digitizer.Benchmarks.Scoring;
using Digitizer.PageWorkers;
using Digitizer.Recognition;
using Digitizer.Results;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Recognition;

/// <summary>Pages of every kind of bad paper through the whole reading: they are read no worse than before.</summary>
public sealed class DegradedPagesTests(DegradedPages pages) : IClassFixture<DegradedPages>
{
    private static readonly Floors Floors = Floors.Read();

    public static TheoryData<string> Profiles => [.. DegradedPages.Set.Pages.Select(p => p.Profile).Distinct()];

    [Theory]
    [MemberData(nameof(Profiles))]
    public void No_more_is_wrong_than_the_floor_allows(string profile)
    {
        var of = DegradedPages.Set.Pages.Where(p => p.Profile == profile);
        var rate = 100 * PageScore.Sum([.. of.Select(pages.Score)]).FreeRate;

        Assert.True(rate <= Floors.Cerf[profile], FormattableString.Invariant($"{profile}: CERf {rate:0.00} %, at most {Floors.Cerf[profile]} may be."));
    }

    [Fact]
    public void Pages_with_text_are_turned_upright()
        => Assert.All(
            DegradedPages.Set.Pages.Where(p => !p.Blank && !Floors.NotUpright.Contains(p.Profile)),
            page => Assert.Equal(page.RotateToFixCw, pages.Read(page).Geometry.Orientation));

    [Fact]
    public void Blank_pages_are_called_blank_and_no_others()
        => Assert.All(DegradedPages.Set.Pages, page => Assert.Equal(page.Blank ? PageOutcome.Blank : PageOutcome.Read, pages.Read(page).Outcome));
}

/// <summary>The pages, each read once.</summary>
public sealed class DegradedPages : IDisposable
{
    private readonly PageReader reader = new(new TesseractRecognizer("vie", OcrModel.FindFolder("vie", null)));
    private readonly Dictionary<string, PageResult> results = [];

    internal static PageSet Set { get; } = PageSet.Open(Path.GetDirectoryName(Fixture.Path("degraded/manifest.json"))!);

    public void Dispose() => reader.Dispose();

    internal PageResult Read(TruePage page)
        => results.TryGetValue(page.Id, out var known) ? known : results[page.Id] = reader.Read(File.ReadAllBytes(Set.Picture(page)), 0).Result;

    internal PageScore Score(TruePage page) => Set.Score(page, ResultText.Of([Read(page).Text]));
}

/// <summary>What <c>floors.json</c> allows.</summary>
internal sealed record Floors(IReadOnlyDictionary<string, double> Cerf, IReadOnlyList<string> NotUpright)
{
    private static readonly JsonSerializerOptions Commented = new(JsonSerializerDefaults.Web) { ReadCommentHandling = JsonCommentHandling.Skip };

    public static Floors Read() => JsonSerializer.Deserialize<Floors>(File.ReadAllText(Fixture.Path("degraded/floors.json")), Commented)!;
}
