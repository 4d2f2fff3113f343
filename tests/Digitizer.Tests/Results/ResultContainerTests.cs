using Azure.Storage.Blobs;
using Digitizer.Failures;
using Digitizer.Results;
using Digitizer.Storage;
using Digitizer.Tests.Support;
using Digitizer.Tests.Support.BlobQueues;
using Digitizer.Tests.Support.Servers;
using Digitizer.Workspace;

namespace Digitizer.Tests.Results;

[Collection(AzuriteTests.Name)]
public sealed class ResultContainerTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly Azurite azurite;
    private readonly AzureAccount account;
    private readonly BlobContainerClient container;

    public ResultContainerTests(Azurite azurite)
    {
        (this.azurite, account, container) = (azurite, azurite.Open(), azurite.NewContainer("results"));
    }

    public void Dispose()
    {
        account.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_document_lies_there_with_its_kinds_and_its_unit()
    {
        var (result, kept) = Document(1, hasCopy: true);
        await PublishAsync("scans/a/x", result, kept);

        Assert.Equal(["scans/a/x.delivery.pdf", "scans/a/x.json", "scans/a/x.pdf", "scans/a/x.txt"], Names());
        Assert.Equal("pdf of 1", Text("scans/a/x.pdf"));
        Assert.Equal("copy of 1", Text("scans/a/x.delivery.pdf"));
        var published = ResultJson.Read(container.GetBlobClient("scans/a/x.json").DownloadContent().Value.Content.ToArray());
        Assert.Equal(("x.pdf", "x.delivery.pdf", result.Unit), (published.Pdf.File, published.Copies[0].File, published.Unit));
        foreach (var (extension, type) in new[] { (".pdf", "application/pdf"), (".txt", "text/plain; charset=utf-8"), (".json", "application/json") })
        {
            var facts = container.GetBlobClient("scans/a/x" + extension).GetProperties().Value;
            Assert.Equal((type, result.Unit), (facts.ContentType, facts.Metadata["unit"]));
        }
    }

    [Fact]
    public async Task A_second_time_nothing_is_written()
    {
        var (result, kept) = Document(1);
        await PublishAsync("x", result, kept);
        var before = Versions();
        await PublishAsync("x", result, kept);
        Assert.Equal(before, Versions());
    }

    [Fact]
    public async Task What_was_half_written_is_completed()
    {
        var (result, kept) = Document(1);
        await PublishAsync("x", result, kept);
        await container.DeleteBlobAsync("x.json");
        await container.DeleteBlobAsync("x.txt");
        await PublishAsync("x", result, kept);
        Assert.Equal(["x.json", "x.pdf", "x.txt"], Names());
    }

    [Fact]
    public async Task Another_unit_and_what_is_not_ours_are_left_alone()
    {
        container.GetBlobClient("x.pdf").Upload(BinaryData.FromString("somebody's"));
        foreach (var seed in new byte[] { 1, 2 })
        {
            var (result, kept) = Document(seed);
            await PublishAsync("x", result, kept);
        }

        Assert.Equal(["x.pdf", "x~2.json", "x~2.pdf", "x~2.txt", "x~3.json", "x~3.pdf", "x~3.txt"], Names());
        Assert.Equal("somebody's", Text("x.pdf"));
        Assert.Equal(["pdf of 1", "pdf of 2"], new[] { Text("x~2.pdf"), Text("x~3.pdf") });
    }

    [Fact]
    public async Task A_later_revision_takes_the_place_of_an_earlier_and_of_its_copy()
    {
        var (first, firstKept) = Document(1, hasCopy: true);
        await PublishAsync("x", first, firstKept);
        var (second, kept) = Document(2);
        await PublishAsync("x", second with { Unit = first.Unit, Revision = 2 }, kept);

        Assert.Equal(["x.json", "x.pdf", "x.txt"], Names());
        Assert.Equal("pdf of 2", Text("x.pdf"));
    }

    [Fact]
    public async Task Many_units_that_want_one_name_at_the_same_time_all_get_their_own()
    {
        await Task.WhenAll(Enumerable.Range(1, 6).Select(async seed =>
        {
            var (result, kept) = Document((byte)seed);
            await PublishAsync("x", result, kept);
        }));

        var units = container.GetBlobs(Azure.Storage.Blobs.Models.BlobTraits.Metadata, Azure.Storage.Blobs.Models.BlobStates.None, null, default)
            .GroupBy(blob => blob.Name.Split('.')[0], blob => blob.Metadata["unit"]).ToList();
        var whole = units.Where(name => Names().Contains(name.Key + ".json")).ToList();
        Assert.Equal(6, whole.Select(name => Assert.Single(name.Distinct())).Distinct().Count());
    }

    [Fact]
    public async Task What_was_written_without_our_hearing_of_it_is_ours()
    {
        var cuts = 0;
        using var blobs = new FaultProxy(azurite.BlobPort) { Rule = request => request.Method == "PUT" && Interlocked.Increment(ref cuts) % 2 == 1 ? ProxyFault.CutAfter : ProxyFault.None };
        using var queues = new FaultProxy(azurite.QueuePort);
        using var through = BlobBench.Through(blobs, queues);
        var (result, kept) = Document(1);

        await new ResultContainer(through, container.Name).PublishAsync("x", result, kept, default);

        Assert.Equal(["x.json", "x.pdf", "x.txt"], Names());
    }

    [Fact]
    public async Task A_container_that_is_not_there_is_said_as_such()
    {
        var (result, kept) = Document(1);
        var failure = await Assert.ThrowsAsync<DigitizerException>(() => new ResultContainer(account, "nowhere").PublishAsync("x", result, kept, default));
        Assert.Equal(FailureKind.StorageDenied, failure.Kind);
    }

    private Task<ResultFiles?> PublishAsync(string name, DocumentResult result, ResultFiles kept) => new ResultContainer(account, container.Name).PublishAsync(name, result, kept, default);

    private string[] Names() => [.. container.GetBlobs().Select(blob => blob.Name).Order(StringComparer.Ordinal)];

    private string[] Versions() => [.. container.GetBlobs().Select(blob => $"{blob.Name} {blob.Properties.ETag}")];

    private string Text(string name) => container.GetBlobClient(name).DownloadContent().Value.Content.ToString();

    private (DocumentResult Result, ResultFiles Kept) Document(byte seed, bool hasCopy = false)
    {
        var at = $"kept/{Guid.NewGuid():N}/";
        var files = new ResultFiles(folder.File(at + "pdf", $"pdf of {seed}"), folder.File(at + "txt", $"text of {seed}"), folder[at + "json"], hasCopy ? folder.File(at + "copy", $"copy of {seed}") : null);
        var result = SomeDocument.Of(seed, FileDigest.OfFile(files.Pdf), SomeDocument.Page(0, "a"));
        return (hasCopy ? result with { Copies = [new CopyResult(CopyResult.ForDelivery, "?", FileDigest.OfFile(files.Copy!), 9, [])] } : result, files);
    }
}
