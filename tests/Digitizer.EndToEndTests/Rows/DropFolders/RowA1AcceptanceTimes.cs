using System.Text.Json;
using Digitizer.EndToEndTests.Support;
using Digitizer.Workspace;

namespace Digitizer.EndToEndTests.Rows.DropFolders;

/// <summary>
/// Row A1, on the whole service: how long it takes until a file whose writer has said that it is finished is accepted,
/// in a folder with events and in one that is looked at by the clock. The receipt says that it is.
/// </summary>
[Trait("Row", "A1")]
public sealed class RowA1AcceptanceTimes : IDisposable
{
    private static readonly TimeSpan WithEvents = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ByClock = TimeSpan.FromSeconds(7);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TestProgram program = new();
    private readonly Row row = new("A1-serve", 2, 20, 100);
    private readonly Lock gate = new();
    private readonly Dictionary<string, TimeSpan> longest = [];
    private int files;

    public void Dispose() => program.Dispose();

    [Fact]
    public async Task A_file_that_is_said_to_be_finished_is_accepted_soon()
    {
        Directory.CreateDirectory(program["events"]);
        Directory.CreateDirectory(program["clock"]);
        program.Write("serve.json", JsonSerializer.SerializeToUtf8Bytes(new
        {
            Service = new
            {
                State = "state",
                Dossiers = "dossiers",
                Health = (string?)null,
                Drop = new { MinFreeBytes = 1, Folders = new[] { Folder("events", watch: true), Folder("clock", watch: false) } },
            },
        }));
        using var service = await program.ServeAsync("serve.json");

        // What was renamed before the folder was watched is taken by quiet time: the first file of each folder only shows that it is.
        Assert.True(await IsAcceptedAsync(Rename("events/first.png")) && await IsAcceptedAsync(Rename("clock/first.png")));
        await Task.WhenAll(
            RepeatAsync("events, renamed", WithEvents, name => Rename($"events/{name}")),
            RepeatAsync("events, side-car", WithEvents, name => Announce($"events/{name}")),
            RepeatAsync("clock, side-car", ByClock, name => Announce($"clock/{name}")));

        Assert.Equal(0, await TestProgram.StopAsync(service));
        foreach (var (how, most) in longest)
        {
            row.Note($"{how}: accepted after {most.TotalSeconds:0.0} s at most");
        }

        row.Report(longest.Select(l => $"{l.Key}: {l.Value}"));
    }

    private object Folder(string name, bool watch) => new { Name = name, Path = program[name], Watch = watch, Receipts = true };

    // One after the other: each finds the folder at rest, so that it waits for a look as long as a file may.
    private async Task RepeatAsync(string how, TimeSpan allowed, Func<string, string> drop)
    {
        for (var i = 0; i < row.Count; i++)
        {
            var path = drop($"{Interlocked.Increment(ref files)}.png");
            var dropped = TimeProvider.System.GetTimestamp();
            var isAccepted = await IsAcceptedAsync(path);
            var took = TimeProvider.System.GetElapsedTime(dropped);
            row.Trial(isAccepted && (Row.IsReduced || took <= allowed));
            lock (gate)
            {
                longest[how] = longest.TryGetValue(how, out var most) && most > took ? most : took;
            }
        }
    }

    private static Task<bool> IsAcceptedAsync(string path) => Eventually.ComesAsync(() => File.Exists(path + ".accepted"), Patience);

    private string Rename(string name)
    {
        program.Write(name + ".tmp", WhitePages.Png(files));
        AtomicFile.MoveInto(program[name + ".tmp"], program[name], Existing.Replace);
        return program[name];
    }

    private string Announce(string name)
    {
        program.Write(name, WhitePages.Png(files));
        program.Write(name + ".done", []);
        return program[name];
    }
}
