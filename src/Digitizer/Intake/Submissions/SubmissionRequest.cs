using Digitizer.Intake.DropFolders;
using Digitizer.Vault;

namespace Digitizer.Intake.Submissions;

/// <summary>What another system asks for with its files.</summary>
internal sealed record SubmissionRequest
{
    /// <summary>A configured source of the API.</summary>
    public required string Source { get; init; }

    /// <summary>Whose idempotency keys are meant.</summary>
    public required string Caller { get; init; }

    /// <summary>Made by the caller; the same one means the same submission.</summary>
    public required string Key { get; init; }

    /// <summary>Of all documents; a manifest may name others.</summary>
    public DossierKey? Dossier { get; init; }

    /// <summary>As the request names it; null: it names none.</summary>
    public string? Profile { get; init; }

    /// <summary>Of the source, for documents of which nobody says another.</summary>
    public required string SourceProfile { get; init; }

    /// <summary>Lower goes first.</summary>
    public required int Priority { get; init; }

    /// <summary>Which files are which documents; null: all are one document, in their order.</summary>
    public Manifest? Manifest { get; init; }
}

/// <summary>A file of a submission, on the disk and not accepted.</summary>
/// <param name="Name">Its own name, without folders.</param>
/// <param name="Path">Its name as the caller gave it; what a manifest calls it.</param>
/// <param name="Staged">Where it lies.</param>
/// <param name="Pages">By its structure, if that says.</param>
internal sealed record SubmittedFile(string Name, string Path, StagedFile Staged, int? Pages);
