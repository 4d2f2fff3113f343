using Digitizer.Assembly;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Assembly;

/// <summary>Measures the heap, so nothing else may run meanwhile.</summary>
[CollectionDefinition(nameof(PdfMemoryTests), DisableParallelization = true)]
[Collection(nameof(PdfMemoryTests))]
public sealed class PdfMemoryTests : IDisposable
{
    private readonly PdfTools tools = new();

    public void Dispose() => tools.Dispose();

    [Fact]
    public void A_thousand_pages_need_no_more_memory_than_a_hundred()
    {
        var picture = TestPictures.GrayJpeg;
        var big = new byte[4 << 20];
        picture.Bytes.CopyTo(big, 0);
        var file = tools.PathOf("big");
        File.WriteAllBytes(file, big);
        var image = picture.Image with { Bytes = big.Length, Sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(big)) };
        var page = new ShownPage(image, file, TestPages.Upright(), [TestPages.Line(10, 22, ("một", 5, 40), ("trang", 44, 80))]);

        var peak = 0L;
        IEnumerable<ShownPage> Pages(int count)
        {
            for (var i = 0; i < count; i++)
            {
                yield return page;
                if (i % 50 == 0)
                {
                    peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true));
                }
            }
        }

        long PeakOf(int count)
        {
            (peak, var before) = (0, GC.GetTotalMemory(forceFullCollection: true));
            PdfAssembler.Write(Pages(count), TestPages.Metadata, Stream.Null, CancellationToken.None);
            return peak - before;
        }

        PeakOf(1);
        var hundred = PeakOf(100);
        var thousand = PeakOf(1000);
        Assert.True(thousand < hundred + (1 << 20), $"100 pages: {hundred} bytes, 1,000 pages: {thousand} bytes");
    }
}
