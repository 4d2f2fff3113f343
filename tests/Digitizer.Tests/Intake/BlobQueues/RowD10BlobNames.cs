using Azure;
using Digitizer.EndToEndTests.Support;
using Digitizer.Failures;
using Digitizer.Tests.Support.BlobQueues;
using Digitizer.Tests.Support.Servers;

namespace Digitizer.Tests.Intake.BlobQueues;

/// <summary>Row D10, the part of blobs: whatever a blob is called, it is taken or refused with a reason, no file lies where it should not, and nobody is fooled by what is shown.</summary>
[Trait("Row", "D10")]
[Collection(AzuriteRows.Name)]
public sealed class RowD10BlobNames(Azurite azurite)
{
    private static readonly string[] Bad =
    [
        "..", ".", "../..", "../x.png", "a/../../x.png", "a/./b.png", "/etc/passwd", "//x.png", "x/", "a//b.png", "...", "a/...", ".hidden", "~", "-rf", "--", "@file",
        "$(reboot).png", "`id`.png", "a;b.png", "a|b.png", "a&b.png", "a'b.png", "a\"b.png", "a<b>.png", "a?b=c.png", "a#b.png", "a%2e%2e%2fb.png", "%", "%00", "%2F..%2F", "a+b.png", "a b.png", " ",
        "\t.png", "a\nb.png", "a\r\nX: y.png", "\u0001.png", "\u007F.png", "\u202Efdp.exe", "\u200B", "\uFEFFx.png", "\uFFFD", "đơn/đơn.png", "ca\u0301.png", "😀/😀.png", "CON", "aux.png", "NUL.txt",
        "C:\\x.png", "\\\\server\\share\\x.png", "x.png:stream", "=1+1.png", "{0}.png", "{{x}}", "<script>alert(1)</script>.png", "x.manifest.json", "x.png.tmp", ".digitizer-x.tmp",
    ];

    [Fact]
    public async Task Whatever_a_blob_is_called_it_is_taken_or_refused_and_stays_in_its_place()
    {
        var row = new Row("D10", 80, 200, 1000);
        await using var bench = await BlobBench.CreateAsync(azurite, o => o.MissingHours = 0);
        var names = Names(row.Count);
        var before = Directory.GetFileSystemEntries(Path.GetTempPath()).ToHashSet();
        foreach (var (i, name) in names.Index())
        {
            await TryUploadAsync(bench, name, BlobBench.Page(i));
            await bench.SendAsync(Events.Ours(bench.Container.Name, name));
        }

        await bench.DrainAsync();

        var units = await bench.UnitsAsync();
        var taken = units.Count(u => u.Failure is null);
        foreach (var (i, name) in names.Index())
        {
            var shown = ShownName.Escape($"{bench.Container.Name}/{name}");
            var unit = units.SingleOrDefault(u => u.Arrival.ShownName == shown);
            row.Trial(unit is not null && !unit.Arrival.ShownName.Any(char.IsControl) && !unit.Arrival.ResultBase!.Split('/').Any(part => part is "" or "." or "..")
                && (unit.Failure is null ? bench.Original(unit).AsSpan().SequenceEqual(BlobBench.Page(i)) : unit.Failure.Kind is FailureKind.MessageInvalid or FailureKind.BlobMissing));
        }

        row.Note($"taken={taken} refused={units.Count - taken}");
        row.Report([$"{units.Count} units of {names.Count} names, {taken} taken", .. units.Where(u => u.Failure is not null).Select(u => $"{u.Arrival.ShownName}: {u.Failure!.Kind}")]);
        Assert.True(taken >= names.Count * 3 / 4, $"{taken} of {names.Count} taken: {string.Join(", ", units.Where(u => u.Failure is not null).Select(u => $"{u.Arrival.ShownName}: {u.Failure!.Kind}"))}");
        Assert.All(Directory.EnumerateFiles(bench.Vault.Root, "*", SearchOption.AllDirectories), file => Assert.Matches("^[0-9A-Za-z.-]+$", Path.GetFileName(file)));
        Assert.DoesNotContain(Directory.GetFileSystemEntries(Path.GetTempPath()).Except(before), entry => names.Contains(Path.GetFileName(entry)));
    }

    private static List<string> Names(int count)
    {
        var (random, names) = (new Random(10), new HashSet<string>(Bad, StringComparer.Ordinal));
        while (names.Count < count)
        {
            names.Add(new string([.. Enumerable.Range(0, random.Next(1, 200)).Select(_ => (char)(random.Next(4) == 0 ? random.Next(0x20, 0x7F) : random.Next(0xA1, 0x2000)))]));
        }

        return [.. names.Take(Math.Max(count, Bad.Length))];
    }

    private static async Task TryUploadAsync(BlobBench bench, string name, byte[] content)
    {
        try
        {
            var blob = bench.Container.GetBlobClient(name);
            if (blob.Uri.AbsolutePath.StartsWith(bench.Container.Uri.AbsolutePath + "/", StringComparison.Ordinal))
            {
                await blob.UploadAsync(new MemoryStream(content));
            }
        }
        catch (RequestFailedException)
        {
            // There can be no blob of this name; a message can name it all the same.
        }
    }
}
