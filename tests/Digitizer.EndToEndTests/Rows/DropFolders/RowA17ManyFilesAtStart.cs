using Digitizer.EndToEndTests.Support;
using Digitizer.Intake.DropFolders;
using Digitizer.Tests.Support;
using Digitizer.Tests.Support.DropFolders;
using Digitizer.Workspace;

namespace Digitizer.EndToEndTests.Rows.DropFolders;

/// <summary>Row A17: 200,000 files that lie there at the start. They are listed in time and in bounded memory, and a second folder is served meanwhile.</summary>
[Trait("Row", "A17")]
public sealed class RowA17ManyFilesAtStart : IDisposable
{
    private const double MostMegabytes = 500;

    private static readonly TimeSpan Listing = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Urgent = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_folder_that_is_full_at_the_start_is_emptied_in_bounded_time_and_memory()
    {
        var row = new Row("A17", 5_000, 200_000, 200_000);
        var some = Math.Min(1000, row.Count / 20);
        Fill(row.Count);
        var settings = new ChildSettings([Options("archive"), Options("counter")], folder["vault"], folder["ledger"]);
        var time = TimeProvider.System;
        var started = time.GetTimestamp();
        await using var child = await FolderProcess.StartAsync(settings);

        row.Trial(await Eventually.ComesAsync(() => child.Of("archive").Unsettled == row.Count, Listing));
        var listed = time.GetElapsedTime(started);
        row.Trial(await Eventually.ComesAsync(() => child.Of("archive").Taken > 0, Limit));
        var (first, atFirst) = (time.GetElapsedTime(started), child.Megabytes("VmRSS"));

        var dropped = time.GetTimestamp();
        folder.File("counter/urgent.jpg.tmp", Scans.Jpeg(-1));
        AtomicFile.MoveInto(folder["counter/urgent.jpg.tmp"], folder["counter/urgent.jpg"], Existing.Replace);
        row.Trial(await Eventually.ComesAsync(() => child.Of("counter").Taken == 1, Urgent));
        var urgent = time.GetElapsedTime(dropped);

        row.Trial(await Eventually.ComesAsync(() => child.Of("archive").Taken >= some, Limit));
        var emptying = time.GetElapsedTime(started) - first;
        var (afterwards, most) = (child.Megabytes("VmRSS"), child.Megabytes("VmHWM"));
        row.Trial(most <= MostMegabytes);
        row.Note($"{row.Count} files: listed after {listed.TotalSeconds:0.0} s, the first taken after {first.TotalSeconds:0.0} s, {some} in {emptying.TotalSeconds:0.0} s more");
        row.Note($"a file in another folder taken after {urgent.TotalSeconds:0.0} s; {atFirst:0} MB at the first, {afterwards:0} MB after {some}, {most:0} MB at most");
        row.Report([$"{listed} {first} {urgent} {most} MB", .. child.Said.TakeLast(10)]);
    }

    private DropFolderOptions Options(string name)
    {
        Directory.CreateDirectory(folder[name]);
        return new DropFolderOptions { Name = name, Path = folder[name] };
    }

    private void Fill(int files)
    {
        Directory.CreateDirectory(folder["archive"]);
        var content = Scans.Jpeg(1);
        Parallel.For(0, files, n => File.WriteAllBytes(folder[$"archive/{n:D6}.jpg"], content));
    }
}
