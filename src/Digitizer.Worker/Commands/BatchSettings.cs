using Digitizer.Pages.Pdf;

namespace Digitizer.Worker.Commands;

/// <summary>What <c>process</c> was asked to do, as it was typed.</summary>
internal sealed record BatchSettings
{
    public required IReadOnlyList<string> Inputs { get; init; }

    public required string Out { get; init; }

    public string? Dossier { get; init; }

    public string Profile { get; init; } = Profiles.Default;

    public string? Model { get; init; }

    public int? Jobs { get; init; }

    /// <summary>JSON lines on standard output, all else on standard error.</summary>
    public bool Json { get; init; }

    public bool Attach { get; init; } = true;

    public string? Timings { get; init; }

    public ExistingText ExistingText { get; init; }
}
