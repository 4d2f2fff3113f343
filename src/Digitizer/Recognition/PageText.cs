using Digitizer.Pages;

namespace Digitizer.Recognition;

/// <summary>The text of a page in reading order.</summary>
internal sealed record PageText(IReadOnlyList<TextLine> Lines, double Confidence)
{
    public static readonly PageText Empty = new([], 0);

    /// <summary>Where somebody wrote by hand, in stored pixels; of what stands there only words that were read for sure are among the lines, and those beside them.</summary>
    public IReadOnlyList<Quad> Handwriting
    {
        get;

        // Pages that were stored without it are read back with null.
        init => field = value ?? [];
    } = [];
}

/// <summary>The engine that read.</summary>
/// <param name="Name">For instance <c>tesseract</c>.</param>
/// <param name="Version">The library's version.</param>
/// <param name="Model">For instance <c>vie</c>.</param>
/// <param name="ModelSha256">Of the model file, lower-case hex.</param>
internal sealed record EngineInfo(string Name, string Version, string Model, string ModelSha256);
