using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;

namespace Digitizer.EndToEndTests.Trials;

/// <summary>What a version of the program left when it was killed in the middle of its work: journal, vault, dossiers, drop folder.</summary>
/// <remarks>Made once for each version of the journal, by that version's program; see Fixtures/README.md.</remarks>
internal static class JournalFixture
{
    private const string List = "dropped.json";

    // Milliseconds after the last scan was dropped: from nothing accepted to everything filed.
    private static readonly int[] Moments = [100, 600, 1200, 2500, 12_000];

    /// <summary>All that are in the repository.</summary>
    public static IReadOnlyList<string> All() => [.. Directory.GetFiles(Path.Combine(Support.Samples.Repository, "tests", "Digitizer.EndToEndTests", "Fixtures"), "journal-*.tar.gz").Order(StringComparer.Ordinal)];

    /// <summary>Has a program work and kills it, once for each moment.</summary>
    /// <param name="program">Its dll.</param>
    /// <param name="folder">Where the fixtures go; the name of the folder is part of theirs.</param>
    public static async Task MakeAsync(string program, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var moment in Moments)
        {
            using var house = new TrialHouse(program: Path.GetFullPath(program), change: configuration =>
            {
                // What the first version did not know.
                configuration["Service"]!.AsObject().Remove("Attempts");
                configuration["PageWorkers"]!["Workers"] = 2;
            });
            await house.StartAsync();
            house.Loose();
            house.Scan(1, pages: 3);
            house.Scan(2);
            house.Damaged(2);
            house.Batch(3, house.Drop, 1, 2);
            await Task.Delay(TimeSpan.FromMilliseconds(moment), TimeProvider.System);
            await house.KillAsync();
            Pack(house, Path.Combine(folder, $"{Path.GetFileName(Path.GetFullPath(folder))}-{moment}.tar.gz"));
        }
    }

    /// <summary>Lays a fixture down.</summary>
    /// <param name="fixture">Its file.</param>
    /// <param name="root">An empty folder.</param>
    /// <returns>A house that goes on with it.</returns>
    public static TrialHouse Lay(string fixture, string root)
    {
        using (var packed = new GZipStream(File.OpenRead(fixture), CompressionMode.Decompress))
        {
            TarFile.ExtractToDirectory(packed, root, overwriteFiles: false);
        }

        var house = new TrialHouse(root);
        house.Adopt(JsonSerializer.Deserialize<List<Dropped>>(File.ReadAllText(Path.Combine(root, List)))!);
        return house;
    }

    private static void Pack(TrialHouse house, string fixture)
    {
        File.WriteAllText(Path.Combine(house.Root, List), JsonSerializer.Serialize(house.All.Select(d => d.At(path => Path.GetRelativePath(house.Root, path)))));
        using var packed = new GZipStream(File.Create(fixture), CompressionLevel.SmallestSize);
        using var tar = new TarWriter(packed, TarEntryFormat.Ustar);
        foreach (var path in Directory.EnumerateFileSystemEntries(house.Root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(house.Root, path);
            if (name is not "serve.json" && !name.EndsWith(".sock", StringComparison.Ordinal))
            {
                tar.WriteEntry(path, name);
            }
        }
    }
}
