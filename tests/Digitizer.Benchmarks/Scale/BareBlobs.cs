using System.Globalization;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Digitizer.Benchmarks.Scale;

/// <summary>Puts and gets files as they are, with nothing around them: what the storage account itself allows.</summary>
internal static class BareBlobs
{
    private const int SideCar = 512;

    /// <summary>A process of it, told by its input when to count: <c>count</c> gives the pages since the last time.</summary>
    /// <param name="setupFile">Where it works.</param>
    /// <param name="gets">Blobs read for each page.</param>
    /// <param name="width">Pages at the same time.</param>
    public static async Task<int> RunAsync(string setupFile, double gets, int width)
    {
        var setup = ScaleSetup.Load(setupFile);
        var container = new BlobServiceClient(setup.Storage, new BlobClientOptions(BlobClientOptions.ServiceVersion.V2023_11_03)).GetBlobContainerClient(setup.Container);
        await container.CreateIfNotExistsAsync();
        var (pages, stop) = (0, false);
        var working = Enumerable.Range(0, width).Select(i => Task.Run(async () =>
        {
            for (var (number, due) = (i, 0.0); !Volatile.Read(ref stop); number++)
            {
                due += gets;
                due -= await PageAsync(container, setup.Pages[number % setup.Pages.Count], (int)due);
                Interlocked.Increment(ref pages);
            }
        })).ToList();
        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync() is not null)
        {
            Console.WriteLine(Interlocked.Exchange(ref pages, 0).ToString(CultureInfo.InvariantCulture));
        }

        Volatile.Write(ref stop, true);
        await Task.WhenAll(working);
        return 0;
    }

    private static async Task<int> PageAsync(BlobContainerClient container, PageBytes page, int gets)
    {
        var names = new List<string>();
        foreach (var bytes in page.Files.Append(SideCar))
        {
            var name = Guid.NewGuid().ToString("N");
            using var content = ScaleBytes.New(bytes);
            await container.GetBlockBlobClient($"bare/{name[..2]}/{name}").UploadAsync(content, new BlobUploadOptions());
            names.Add(name);
        }

        for (var i = 0; i < gets; i++)
        {
            var name = names[i % (names.Count - 1)];
            await container.GetBlobClient($"bare/{name[..2]}/{name}").DownloadContentAsync();
        }

        return gets;
    }
}
