using Digitizer.Benchmarks.Scoring;

namespace Digitizer.Benchmarks.Accuracy;

/// <summary>Takes what somebody else read: a folder of <c>ID.txt</c>.</summary>
internal sealed class TextsReader(string folder) : IPagesReader
{
    public string Name => folder;

    public Task<IReadOnlyDictionary<string, PageReading>> ReadAsync(PageSet set)
        => Task.FromResult<IReadOnlyDictionary<string, PageReading>>(set.Pages
            .Where(page => File.Exists(TextOf(page)))
            .ToDictionary(page => page.Id, page => new PageReading(File.ReadAllText(TextOf(page)))));

    private string TextOf(TruePage page) => Path.Combine(folder, page.Id + ".txt");
}
