using System.Text.Json.Serialization;

namespace Digitizer.Benchmarks.Scale;

/// <summary>Bytes of all that is kept of a document of one page.</summary>
/// <param name="Original">The scan.</param>
/// <param name="Image">The coded picture; null: the scan is the picture.</param>
/// <param name="Thumbnail">The grey copy; null: nothing of the kind.</param>
/// <param name="Page">The page's result.</param>
/// <param name="Pdf">The document.</param>
/// <param name="Text">Its text.</param>
/// <param name="Json">Its result file.</param>
internal sealed record PageBytes(int Original, int? Image, int? Thumbnail, int Page, int Pdf, int Text, int Json)
{
    /// <summary>A file a step, so small that only its being durable costs anything.</summary>
    public static readonly PageBytes Small = new(1024, null, null, 1024, 1024, 1024, 1024);

    /// <summary>What is written into the vault, in the order in which it is; the side-car, of half a kilobyte, comes on top.</summary>
    [JsonIgnore]
    public IEnumerable<int> Files => new[] { Original, Image, Thumbnail, Page, Text, Pdf, Json }.OfType<int>();
}
