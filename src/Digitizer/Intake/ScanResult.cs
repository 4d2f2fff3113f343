using Digitizer.Failures;

namespace Digitizer.Intake;

/// <summary>What a scan of the inputs found.</summary>
internal sealed record ScanResult
{
    /// <summary>Files to be read, in a fixed order, each with a result name of its own.</summary>
    public required IReadOnlyList<InputFile> Sources { get; init; }

    /// <summary>Inputs that are not there or cannot be looked into.</summary>
    public required IReadOnlyList<Refusal> Refusals { get; init; }

    /// <summary>How many entries of folders were left out, by reason.</summary>
    public required IReadOnlyDictionary<IgnoreReason, int> Ignored { get; init; }

    /// <summary>Things worth a line that are nobody's failure.</summary>
    public required IReadOnlyList<string> Notices { get; init; }

    /// <summary>Mistakes in the command itself: nothing may be started.</summary>
    public required IReadOnlyList<string> UsageErrors { get; init; }
}
