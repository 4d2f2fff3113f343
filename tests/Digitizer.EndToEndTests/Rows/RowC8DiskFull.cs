using System.Diagnostics;
using System.Globalization;
using System.Net;
using Digitizer.EndToEndTests.Support;
using Digitizer.EndToEndTests.Trials;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>
/// Row C8: the disk of journal, vault, work files and dossiers runs full at any moment, while results are written too. Nothing is
/// lost; what is not accepted stays in its folder; with room again the service goes on by itself or, where its journal
/// had to end it, after its next start.
/// </summary>
[Trait("Row", "C8")]
public sealed class RowC8DiskFull
{
    private const int DiskBytes = 64 << 20;
    private const int MostLeft = 400_000;

    // What is filed stays on the disk: in time it would be full of that.
    private const int RoundsADisk = 8;

    [Fact]
    public async Task A_full_disk_loses_nothing_and_work_goes_on_when_there_is_room()
    {
        var row = new Row("C8", 3, 100, 400);
        if (Mount.Hindrance() is { } why)
        {
            row.NotRun(why);
            return;
        }

        var random = new Random(8);
        var reasons = new List<string>();
        for (var done = 0; done < row.Count && reasons.Count == 0; done += RoundsADisk)
        {
            reasons.AddRange(await TryAsync(row, Math.Min(RoundsADisk, row.Count - done), random));
        }

        row.Report(reasons);
    }

    private static async Task<List<string>> TryAsync(Row row, int rounds, Random random)
    {
        using var disk = new SmallDisk(DiskBytes);
        using var house = TrialHouse.WithApi(Directory.CreateDirectory(Path.Combine(disk.Root, "house")).FullName, c => c["Service"]!["Results"] = "results");
        using var caller = house.Caller();
        var reasons = new List<string>();
        await house.StartAsync();
        for (var i = 0; i < rounds && reasons.Count == 0; i++)
        {
            reasons.AddRange(await FillAsync(house, caller, disk, random) is { } why ? [string.Create(CultureInfo.InvariantCulture, $"round {i}: {why}")] : []);
            row.Trial(reasons.Count == 0);
        }

        reasons.AddRange(await TrialCheck.FaultsAsync(house.All, house.FiledDocuments(), house));
        row.Trial(reasons.Count == 0);
        await house.StopAsync();
        return [.. reasons, .. reasons.Count > 0 ? [house.Log] : Array.Empty<string>()];
    }

    /// <returns>What is wrong; null: nothing.</returns>
    private static async Task<string?> FillAsync(TrialHouse house, ApiCaller caller, SmallDisk disk, Random random)
    {
        // So little is left that the disk runs full in the middle of taking, reading, writing or filing.
        house.Feed((uint)random.Next(1, 20));
        disk.Fill(leave: random.Next(MostLeft));
        var submittal = house.Draw((uint)random.Next(1, 20), random.Next(1, 4), random.Next(MostLeft));
        var first = TrialHouse.TryAsync(caller, submittal);
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(2500)), TimeProvider.System);
        disk.MakeRoom();

        // What was answered before holds; what was not, or was refused for want of room, is sent again.
        var (met, before) = (house.Service, await first);
        var again = await TrialHouse.SubmitAsync(caller, submittal, () => StartOnceMoreAsync(house, met));
        if (before is not null && !((int)before.Status is 202 or 503 or 507))
        {
            return $"it answered {before}";
        }

        if (before?.Status == HttpStatusCode.Accepted && before.Id != again.Id)
        {
            return $"it accepted the same twice: {before.Id} and {again.Id}";
        }

        if (await house.SettledAsync())
        {
            return null;
        }

        await StartOnceMoreAsync(house, met);
        return await house.SettledAsync() ? null : $"the service ended with code {house.Service.ExitCode} when there was room again";
    }

    /// <summary>The service that met the full disk may end of it, be it later; the one after it may not.</summary>
    private static async Task StartOnceMoreAsync(TrialHouse house, Process met)
    {
        if (ReferenceEquals(met, house.Service) && met.HasExited)
        {
            await house.StartAsync();
        }
    }
}
