using Digitizer.Benchmarks.Scoring;

namespace Digitizer.Benchmarks.Accuracy;

/// <summary>What a reader made of a page.</summary>
/// <param name="Text">Empty if it wrote nothing, or failed.</param>
internal sealed record PageReading(string Text)
{
    public static readonly PageReading Nothing = new("");

    /// <summary>CPU seconds; null where nothing was run.</summary>
    public double? Cpu { get; init; }

    /// <summary>Clockwise degrees by which it turned the page; null if it does not say.</summary>
    public int? Turned { get; init; }

    /// <summary>Degrees by which it then turned the page clockwise to level it; null if it does not say.</summary>
    public double? Leveled { get; init; }

    /// <summary>True if it says that nothing is on the page.</summary>
    public bool CalledBlank { get; init; }
}

/// <summary>Reads pages, one way or another.</summary>
internal interface IPagesReader
{
    /// <summary>For people, with its version.</summary>
    string Name { get; }

    /// <summary>Reads them all; pages that are missing in the answer were not read.</summary>
    Task<IReadOnlyDictionary<string, PageReading>> ReadAsync(PageSet set);
}
