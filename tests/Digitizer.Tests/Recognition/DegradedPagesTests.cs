using System.Text.Json;
using Digitizer.Benchmarks.Scoring;
using Digitizer.Cleanup;
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

    /// <summary>Warnings of each profile's page; of a profile that is not named, none. The sheet of <c>phone</c> is A5, which a photograph does not tell, so that its resolution is thought lower.</summary>
    private static readonly Dictionary<string, string[]> Warnings = new()
    {
        ["skewed"] = [PageWarning.Skewed],
        ["faint"] = [PageWarning.Faint],
        ["carbon"] = [PageWarning.Faint],
        ["photocopy"] = [PageWarning.Dirty],
        ["bleed"] = [PageWarning.BleedThrough],
        ["phone"] = [PageWarning.LowResolution, PageWarning.Uneven],
        ["pen"] = [PageWarning.Handwriting],
        ["150dpi"] = [PageWarning.LowResolution],
    };

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_page_warns_of_what_it_was_made_for_and_of_nothing_else(string profile)
        => Assert.All(DegradedPages.Set.Pages.Where(p => p.Profile == profile), page => Assert.Equal(Warnings.GetValueOrDefault(profile, []), pages.Read(page).Warnings));

    [Fact]
    public void Measures_are_those_of_how_the_pages_were_drawn()
    {
        PageQuality Of(string profile) => pages.Read(DegradedPages.Set.Pages.Single(p => p.Profile == profile)).Quality;
        Assert.Equal(-4.0, Of("skewed").Skew, 0.15);
        Assert.InRange(Of("phone").Border, 0.2, 0.35);
        Assert.Equal(0, Of("clean").Border);
        Assert.InRange(Of("photocopy").Specks, 0.5, 1.5);
        Assert.InRange(Of("clean").Specks, 0, 0.02);
        Assert.InRange(Of("faint").Contrast, 50, 80);
        Assert.InRange(Of("clean").Contrast, 190, 225);
        Assert.InRange(Of("bleed").BleedThrough, 30, 90);
        Assert.Equal(0, Of("guilloche").BleedThrough);
        Assert.InRange(Of("guilloche").Noise, 4 * Of("clean").Noise, 10);
        Assert.InRange(Of("clean").StrokeWidth, 3, 4.5);
    }

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
