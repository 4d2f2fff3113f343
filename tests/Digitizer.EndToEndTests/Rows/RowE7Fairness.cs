using System.Diagnostics;
using Digitizer.EndToEndTests.Support;
using Digitizer.EndToEndTests.Trials;
using Digitizer.Trials;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>
/// Row E7: letters of one page while a file of very many pages is being read. Each is filed long before that file, and, at the
/// matrix's scale, the 95th of a hundred takes at most three times what it takes on an idle service.
/// </summary>
[Trait("Row", "E7")]
public sealed class RowE7Fairness
{
    private const double MostTimes = 3;

    [Fact]
    public async Task A_letter_does_not_wait_for_a_book()
    {
        var row = new Row("E7", 5, 40, 100);
        var isMeasured = row.Count > 5;
        using var house = new TrialHouse(change: c => c["Work"]!["Lease"] = "00:01:00");
        await house.StartAsync();
        var idle = await LettersAsync(house, row.Count);
        var book = house.Scan(900, isMeasured ? 2000 : 150);
        await UntilAsync(() => !File.Exists(book.Path));
        var busy = await LettersAsync(house, row.Count);
        var isUnderWay = house.FiledDocuments().All(d => d.Dossier != PrintedIdentity.CodeOf(900));
        foreach (var _ in busy)
        {
            row.Trial(isUnderWay);
        }

        var times = P95(busy) / P95(idle);
        row.Note($"p95 of a letter: {P95(idle):F2} s idle, {P95(busy):F2} s beside a book, {times:F2} times");
        row.Trial(!isMeasured || times <= MostTimes);
        Assert.True(await house.SettledAsync(TimeSpan.FromMinutes(10)), house.Log);
        var faults = await TrialCheck.FaultsAsync(house.All, house.FiledDocuments(), house);
        row.Trial(faults.Count == 0);
        row.Report([$"the book was still being read: {isUnderWay}; {times:F2} times", .. faults]);
    }

    // One after the other, as a counter does.
    private static async Task<List<double>> LettersAsync(TrialHouse house, int count)
    {
        var seconds = new List<double>();
        for (var i = 0; i < count; i++)
        {
            var letter = house.Scan(1);
            var clock = Stopwatch.StartNew();
            await UntilAsync(() => File.Exists(Path.Combine(house.Dossiers, PrintedIdentity.CodeOf(1), $"{letter.Unit}", $"{letter.Unit}.pdf")));
            seconds.Add(clock.Elapsed.TotalSeconds);
        }

        return seconds;
    }

    private static double P95(List<double> seconds) => seconds.Order().ElementAt((int)(0.95 * (seconds.Count - 1)));

    private static async Task UntilAsync(Func<bool> condition) => Assert.True(await Eventually.ComesAsync(condition, TimeSpan.FromMinutes(2)));
}
