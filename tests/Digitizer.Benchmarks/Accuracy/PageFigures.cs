using System.Text.Json.Serialization;
using Digitizer.Benchmarks.Scoring;

namespace Digitizer.Benchmarks.Accuracy;

/// <summary>One page, as one reader read it.</summary>
internal sealed record PageFigures([property: JsonIgnore] TruePage Page, PageScore Score, [property: JsonIgnore] PageReading Reading)
{
    public string Id => Page.Id;

    public string Profile => Page.Profile;

    public string Kind => Page.Kind;

    public bool Blank => Page.Blank;

    public bool CalledBlank => Reading.CalledBlank;

    public double? Cpu => Reading.Cpu;

    /// <summary>Null where nobody says.</summary>
    public bool? Upright => Reading.Turned is { } turned ? turned == Page.RotateToFixCw : null;

    /// <summary>Degrees that are left between the lines and level; null where nobody says, or a page has no one angle.</summary>
    public double? Residual => Page.Skew + Reading.Leveled is { } left ? Math.Abs(left) : null;
}

/// <summary>A reader and all its pages.</summary>
internal sealed record ReaderFigures(string Reader, IReadOnlyList<PageFigures> Pages)
{
    /// <summary>CPU seconds of all pages, blank ones too.</summary>
    public double Cpu => Pages.Sum(p => p.Cpu ?? 0);
}
