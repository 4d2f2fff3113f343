namespace Digitizer.Results;

/// <summary>One line of <c>--json</c>: how one input ended.</summary>
internal sealed record OutcomeLine
{
    /// <summary>The source as it was given, on one line.</summary>
    public required string File { get; init; }

    /// <summary>The source's absolute path as it is on disk; null for an input that is not there.</summary>
    public string? Path { get; init; }

    /// <summary><c>ready</c>, <c>needs-review</c> or <c>refused</c>.</summary>
    public required string State { get; init; }

    /// <summary>Failure kinds.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>What happened and what to do, where something did.</summary>
    public string? Message { get; init; }

    public string? Unit { get; init; }

    public string? Document { get; init; }

    public int Pages { get; init; }

    public int Blank { get; init; }

    public int Unreadable { get; init; }

    /// <summary>Absolute path, as are those below.</summary>
    public string? Pdf { get; init; }

    public string? Txt { get; init; }

    public string? Json { get; init; }

    /// <summary>Mã hồ sơ, if one was named.</summary>
    public string? Dossier { get; init; }

    /// <summary>Folder of the document in its dossier, if it was filed.</summary>
    public string? Filed { get; init; }
}

/// <summary>One line of <c>--timings</c>: CPU milliseconds of a page by stage.</summary>
internal sealed record TimingLine(string File, int Page, int Attempts, IReadOnlyDictionary<string, double> CpuMilliseconds);
