using System.Security.Cryptography;
using System.Text.Json;
using Digitizer.Intake.DropFolders;
using Digitizer.Tests.Support.DropFolders;
using Digitizer.Workspace;

namespace Digitizer.Tests.Intake.DropFolders;

/// <summary>Documents of several files: whatever step a process dies at, the next one makes one arrival of all of them, in order.</summary>
public sealed class BatchCustodyTests
{
    private static readonly string[] Names = ["c.jpg", "a.jpg", "b.jpg"];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_files_of_a_document_are_one_arrival_in_the_manifests_order(bool isFar)
    {
        using var bench = Bench(isFar);
        var contents = Drop(bench);
        await bench.SettleAsync();

        Assert.Equal(isFar ? ClaimMode.Copy : ClaimMode.Move, bench.Folder.Status.Facts!.Mode);
        Assert.Equal(2, bench.Ledger.Arrivals.Count);
        var joined = bench.Ledger.Arrivals[0];
        Assert.Equal(Names, joined.Files!.Select(f => f.Name.ToString()));
        Assert.Equal(contents.Take(3).Sum(c => c.Length), joined.Bytes);
        Assert.Equal((3, "dat-dai", "lo-1", "1"), (joined.ExpectedPages, joined.Profile, joined.Batch!.Batch, joined.Batch.Document));
        Assert.Contains("Đơn", joined.Batch.Details, StringComparison.Ordinal);
        Assert.Equal(joined.Unit, joined.Files![0].Id);
        Assert.Null(bench.Ledger.Arrivals[1].Files);
        AssertWhole(bench, contents);
    }

    /// <summary>All files are claimed and the batch is written down; so many of its three files are sealed, and nothing is accepted.</summary>
    [Theory]
    [InlineData(true, 0)]
    [InlineData(true, 1)]
    [InlineData(true, 2)]
    [InlineData(true, 3)]
    [InlineData(false, 0)]
    [InlineData(false, 1)]
    [InlineData(false, 2)]
    [InlineData(false, 3)]
    public async Task Who_dies_while_files_are_sealed_leaves_a_document_that_goes_forward_whole(bool isFar, int sealedFiles)
    {
        using var bench = Bench(isFar);
        var contents = Drop(bench);
        bench.Ledger.Before = _ => throw new InvalidOperationException("dies here");
        await Assert.ThrowsAsync<InvalidOperationException>(bench.SettleAsync);
        var originals = bench.Vault.Originals().ToDictionary(o => o.Unit);
        foreach (var original in NotesOf(bench, document: "1").Skip(sealedFiles).Select(n => originals[n.Note.Unit]))
        {
            AtomicFile.MoveInto(bench.Vault.PathOf(original), Path.Combine(Directory.GetDirectories(bench.Vault.Claims).Single(), original.Unit), Existing.Keep);
        }

        await GoOnAsync(bench);
        AssertWhole(bench, contents);
    }

    /// <summary>The document is accepted; so many of the notes of its files are gone.</summary>
    [Theory]
    [InlineData(true, 0)]
    [InlineData(true, 1)]
    [InlineData(true, 2)]
    [InlineData(false, 0)]
    [InlineData(false, 1)]
    [InlineData(false, 2)]
    [InlineData(false, 3)]
    public async Task Who_dies_after_the_acceptance_leaves_nothing_to_be_accepted_again(bool isFar, int finished)
    {
        using var bench = Bench(isFar);
        var contents = Drop(bench);
        bench.Ledger.After = _ => throw new InvalidOperationException("dies here");
        await Assert.ThrowsAsync<InvalidOperationException>(bench.SettleAsync);
        Assert.Single(bench.Ledger.Lines);
        foreach (var (path, note) in NotesOf(bench, document: "1").Take(finished))
        {
            // A copied source is put aside before its note goes; one that was moved is gone already.
            File.Delete(bench.Path($"lo/{note.FileName}"));
            File.Delete(path);
        }

        await GoOnAsync(bench);
        AssertWhole(bench, contents);
    }

    [Fact]
    public async Task What_was_hashed_and_has_other_content_now_is_never_accepted()
    {
        using var bench = Bench(isFar: false);
        Drop(bench);
        bench.Ledger.Before = _ => throw new InvalidOperationException("dies here");
        await Assert.ThrowsAsync<InvalidOperationException>(bench.SettleAsync);
        var unit = NotesOf(bench, document: "1").Last().Note.Unit;
        var last = bench.Vault.Originals().Single(o => o.Unit == unit);
        var claim = Path.Combine(Directory.GetDirectories(bench.Vault.Claims).Single(), last.Unit);
        File.Delete(bench.Vault.PathOf(last));
        File.WriteAllBytes(claim, Scans.Jpeg(99));

        bench.Restart();
        await bench.LookAsync();

        Assert.DoesNotContain(bench.Ledger.Lines, l => l.Originals.Count() == Names.Length);
        Assert.Contains(bench.Folder.Status.Alerts, a => a.Kind == AlertKind.TakingFailed);
        Assert.Single(Directory.GetFiles(bench.Vault.Claims, unit, SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Files_whose_names_tell_different_dossiers_wait_for_a_person()
    {
        using var bench = new DropBench(o => o.Dossier.NamePattern = "^(?<dossier>.+)_[0-9]");
        var (first, second) = (Scans.Jpeg(1), Scans.Jpeg(2));
        string[] names = ["000.00.01.H29-260310-0420_1.jpg", "000.00.01.H29-260310-0421_2.jpg"];
        bench.Drop(names[0], first);
        bench.Drop(names[1], second);
        bench.Drop("x.manifest.json", JsonSerializer.SerializeToUtf8Bytes(new { manifestVersion = 1, documents = new[] { new { files = new[] { Named(names[0], first), Named(names[1], second) } } } }));
        await bench.SettleAsync();

        var joined = Assert.Single(bench.Ledger.Arrivals);
        Assert.Null(joined.Dossier.Dossier);
        Assert.NotNull(joined.Dossier.Problem);
    }

    private static DropBench Bench(bool isFar) => new(dropPath: isFar ? Directory.CreateDirectory($"/dev/shm/digitizer-{Guid.NewGuid():N}").FullName : null);

    // A document of three files, and one of one.
    private static byte[][] Drop(DropBench bench)
    {
        byte[][] contents = [.. Enumerable.Range(1, 4).Select(i => Scans.Jpeg(i))];
        string[] names = [.. Names, "d.jpg"];
        foreach (var (name, content) in names.Zip(contents))
        {
            bench.Drop($"lo/{name}", content);
        }

        bench.Drop("lo/x.manifest.json", JsonSerializer.SerializeToUtf8Bytes(new
        {
            manifestVersion = 1,
            batchId = "lo-1",
            profile = "dat-dai",
            documents = new object[]
            {
                new { tenGiayTo = "Đơn", files = Names.Zip(contents, Named) },
                new { files = new[] { Named(names[3], contents[3]) } },
            },
        }));
        return contents;
    }

    private static object Named(string name, byte[] content) => new { path = name, sha256 = Convert.ToHexString(SHA256.HashData(content)) };

    // In the manifest's order: ids of one millisecond are in none.
    private static List<(string Path, ClaimNote Note)> NotesOf(DropBench bench, string document)
        => [.. Directory.GetFiles(bench.Vault.Claims, "*.note", SearchOption.AllDirectories).Select(path => (Path: path, Note: ClaimNote.TryParse(File.ReadAllBytes(path))!))
            .Where(n => n.Note.Batch!.Document == document).OrderBy(n => n.Note.Batch!.File)];

    private static async Task GoOnAsync(DropBench bench)
    {
        bench.Restart();
        await bench.LookAsync();
        await bench.SettleAsync();
    }

    private static void AssertWhole(DropBench bench, byte[][] contents)
    {
        var digests = contents.Select(c => Convert.ToHexStringLower(SHA256.HashData(c))).ToList();
        var arrivals = bench.Ledger.Lines.Select(l => l.Originals.Select(o => o.Sha256).ToList()).OrderByDescending(l => l.Count).ToList();
        Assert.Equal([[.. digests.Take(3)], [digests[3]]], arrivals);
        Assert.Equal(digests.Order(StringComparer.Ordinal), bench.Vault.Originals().Select(o => o.Sha256).Order(StringComparer.Ordinal));
        Assert.Empty(Directory.GetFiles(bench.Path("lo")));
        Assert.Empty(bench.Folder.Status.Alerts);
        Assert.Empty(Directory.GetFiles(bench.Vault.Claims, "*", SearchOption.AllDirectories));
    }
}
