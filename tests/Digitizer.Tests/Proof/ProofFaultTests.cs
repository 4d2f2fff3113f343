using Digitizer.Assembly;
using Digitizer.Failures;
using Digitizer.Pages;
using Digitizer.Proof;
using Xunit.Abstractions;

namespace Digitizer.Tests.Proof;

/// <summary>PDFs that do not hold what was scanned and read: none passes.</summary>
public sealed class ProofFaultTests(ReadPages read, ITestOutputHelper output) : IClassFixture<ReadPages>
{
    private const double Millimetre = 1 / 25.4;

    public static TheoryData<string> PictureFaults => [.. Faults.Keys];

    // Each gives the page that is written instead, and what is painted over it.
    private static readonly Dictionary<string, Func<ShownPage, ShownPage, (ShownPage Page, string Paint)>> Faults = new()
    {
        ["another page's picture"] = (page, other) => (page with { Image = other.Image, ImageFile = other.ImageFile, Geometry = other.Geometry with
        {
            ShownWidth = page.Geometry.ShownWidth, ShownHeight = page.Geometry.ShownHeight, Dpi = page.Geometry.Dpi,
        } }, ""),
        ["no picture"] = (page, _) => (Move(page, 1000, 0), ""),
        ["crossed out"] = (page, _) => (page with { Image = null, ImageFile = null }, ""),
        ["grey paper"] = (page, _) => (page, $"0.9 g {Part(page, 0, 0, 1, 1)} re f"),
        ["upside down"] = (page, _) => (Turn(page, 180), ""),
        ["on its side"] = (page, _) => (Turn(page, 90), ""),
        ["mirrored"] = (page, _) => (Then(page, new Affine(-1, 0, 0, 1, page.Geometry.ShownWidth, 0)), ""),
        ["tilted by 2°"] = (page, _) => (Turn(page, 2), ""),
        ["smaller by 5 %"] = (page, _) => (Then(page, Affine.Scale(0.95, 0.95)), ""),
        ["3 mm to the left"] = (page, _) => (Move(page, -3, 0), ""),
        ["3 mm to the right"] = (page, _) => (Move(page, 3, 0), ""),
        ["3 mm up"] = (page, _) => (Move(page, 0, -3), ""),
        ["3 mm down"] = (page, _) => (Move(page, 0, 3), ""),
        ["upper half missing"] = (page, _) => (page, $"1 g {Part(page, 0, 0.5, 1, 1)} re f"),
        ["lower half missing"] = (page, _) => (page, $"1 g {Part(page, 0, 0, 1, 0.5)} re f"),
        ["left half missing"] = (page, _) => (page, $"1 g {Part(page, 0, 0, 0.5, 1)} re f"),
        ["right half missing"] = (page, _) => (page, $"1 g {Part(page, 0.5, 0, 1, 1)} re f"),
        ["last third black"] = (page, _) => (page, $"0 g {Part(page, 0, 0, 1, 0.33)} re f"),
        ["three lines painted over"] = (page, _) => (page, $"1 g {Lines(page)} re f"),
    };

    [Theory]
    [MemberData(nameof(PictureFaults))]
    public async Task A_page_that_does_not_show_its_source_is_refused(string fault)
    {
        using var test = new PdfUnderProof();
        var missed = new List<int>();
        for (var i = 0; i < read.Samples.Count; i++)
        {
            var right = read.Samples[i];
            var (page, paint) = Faults[fault](right.Shown, read.Samples[(i + 1) % read.Samples.Count].Shown);
            var pdf = test.Write(page);
            var failure = await test.FailureAsync(paint.Length > 0 ? test.PaintOver(pdf, paint) : pdf, right);
            if (failure is not { Kind: FailureKind.ProofFailed } || !failure.Message.Contains("Page 1 ", StringComparison.Ordinal))
            {
                missed.Add(i);
            }
        }

        output.WriteLine($"{fault}: n={read.Samples.Count} missed={missed.Count}");
        Assert.Empty(missed);
    }

    [Fact]
    public async Task Pages_dropped_swapped_doubled_or_added_are_refused()
    {
        using var test = new PdfUnderProof();
        var pages = read.Samples;
        var pdf = test.Write(pages.Select(p => p.Shown));
        var last = pages.Count;
        List<string> faults = [.. Enumerable.Range(1, last).Select(n => Range(last, without: n)), .. Enumerable.Range(1, last - 1).Select(n => Swapped(last, n)), "1,1-z", "1-z,z", "1-z,1-z", "z-1"];
        foreach (var range in faults)
        {
            var failure = await test.FailureAsync(test.Arrange(pdf, range), pages);
            Assert.True(failure is { Kind: FailureKind.ProofFailed }, $"{range}: {failure}");
        }

        output.WriteLine($"n={faults.Count} missed=0");
    }

    [Fact]
    public async Task Pages_without_words_that_are_swapped_dropped_or_added_are_refused_by_their_pictures()
    {
        using var test = new PdfUnderProof();
        ProofPage[] pages = [.. read.Samples.Select(p => p with { Shown = p.Shown with { Lines = [] } })];
        var pdf = test.Write(pages.Select(p => p.Shown));
        List<string> faults = [.. Enumerable.Range(1, pages.Length - 1).Select(n => Swapped(pages.Length, n)), "1-2,1,4-z", "1-z,1", "2-z"];
        foreach (var range in faults)
        {
            var failure = await test.FailureAsync(test.Arrange(pdf, range), pages);
            Assert.True(failure is { Kind: FailureKind.ProofFailed }, $"{range}: {failure}");
        }

        output.WriteLine($"n={faults.Count} missed=0");
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("missing")]
    [InlineData("added")]
    [InlineData("swapped")]
    [InlineData("without its mark")]
    public async Task A_word_that_is_not_the_one_that_was_read_is_refused(string fault)
    {
        using var test = new PdfUnderProof();
        foreach (var right in read.Samples)
        {
            var words = right.Shown.Lines.SelectMany(line => line.Words).ToList();
            var at = words.FindIndex(words.Count / 2, word => word.Text.Any(c => c > 'z') && word.Text.Length > 1);
            TextWord word = words[at], next = words[at + 1];
            TextWord[] instead = fault switch
            {
                "changed" => [word with { Text = word.Text + "1" }],
                "missing" => [],
                "added" => [word, word with { Text = "thêm" }],
                "swapped" => [word with { Text = next.Text }],
                _ => [word with { Text = string.Concat(word.Text.Normalize(System.Text.NormalizationForm.FormD).Where(char.IsAscii)) }],
            };
            var wrong = right.Shown with { Lines = [.. right.Shown.Lines.Select(line => line with { Words = [.. line.Words.SelectMany(w => ReferenceEquals(w, word) ? instead : [w])] }).Where(line => line.Words.Count > 0)] };

            var failure = await test.FailureAsync(test.Write(wrong), right);

            Assert.True(failure is { Kind: FailureKind.ProofFailed }, $"{fault}: {failure}");
            Assert.DoesNotContain(word.Text + " ", failure.Message, StringComparison.Ordinal);
        }

        output.WriteLine($"{fault}: n={read.Samples.Count} missed=0");
    }

    private static ShownPage Then(ShownPage page, Affine move) => page with { Geometry = page.Geometry with { Matrix = page.Geometry.Matrix.Then(move) } };

    private static ShownPage Turn(ShownPage page, double degrees)
        => Then(page, Affine.RotateClockwise(degrees, page.Geometry.ShownWidth / 2, page.Geometry.ShownHeight / 2));

    private static ShownPage Move(ShownPage page, double right, double down)
        => Then(page, Affine.Translate(right * Millimetre * page.Geometry.Dpi, down * Millimetre * page.Geometry.Dpi));

    // A rectangle in points: left, bottom, width, height, from parts of the page.
    private static string Part(ShownPage page, double left, double bottom, double right, double top)
    {
        var frame = new PageFrame(page.Geometry);
        return string.Join(' ', new[] { left * frame.Width, bottom * frame.Height, (right - left) * frame.Width, (top - bottom) * frame.Height }.Select(PdfUnderProof.Number));
    }

    private static string Lines(ShownPage page)
    {
        var frame = new PageFrame(page.Geometry);
        var middle = page.Lines.Count / 2;
        var quads = page.Lines.Skip(middle).Take(3).Select(line => frame.StoredToPage.Apply(line.Quad)).ToList();
        var (left, right, top, bottom) = (quads.Min(q => q.MinX), quads.Max(q => q.MaxX), quads.Min(q => q.MinY), quads.Max(q => q.MaxY));
        return string.Join(' ', new[] { left, frame.Height - bottom, right - left, bottom - top }.Select(PdfUnderProof.Number));
    }

    private static string Range(int last, int without) => string.Join(',', Enumerable.Range(1, last).Where(n => n != without));

    private static string Swapped(int last, int first)
        => string.Join(',', Enumerable.Range(1, last).Select(n => n == first ? n + 1 : n == first + 1 ? n - 1 : n));
}
