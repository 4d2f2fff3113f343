using Digitizer.Failures;
using Digitizer.Intake;

namespace Digitizer.Jobs;

/// <summary>A dossier that a document goes to, or may go to.</summary>
/// <param name="Code">As checked by <see cref="DossierKey"/>.</param>
/// <param name="Basis">argument, folder, manifest, metadata, sheet, barcode, ocr, person.</param>
/// <param name="Confirmed">False: only proposed; a person decides.</param>
internal sealed record DossierClaim(string Code, string Basis, bool Confirmed);

/// <summary>Why something was not taken, or did not work out.</summary>
internal sealed record Failure(FailureKind Kind, string Message)
{
    public static Failure From(DigitizerException exception) => new(exception.Kind, exception.Message);
}

/// <summary>A file of a unit, which the vault keeps under its own id.</summary>
/// <param name="Id">The unit's own for the first file.</param>
/// <param name="Name">Its name's bytes as they were found.</param>
/// <param name="ShownName">The name as people see it.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Lower-case hex.</param>
/// <param name="ExpectedPages">Counted before and apart from reading.</param>
internal sealed record UnitFile(UnitId Id, byte[] Name, string ShownName, long Bytes, string Sha256, int? ExpectedPages)
{
    /// <summary>The file's own name as text.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string FileName => System.Text.Encoding.UTF8.GetString(Name);
}

/// <summary>The batch that a unit came in.</summary>
/// <param name="Id">As its manifest has it.</param>
/// <param name="Document">The document's number in it.</param>
/// <param name="Details">All else that the manifest says of the document, as JSON; null: nothing.</param>
internal sealed record BatchOrigin(string Id, string Document, string? Details);

/// <summary>The request of another system that a unit came in.</summary>
/// <param name="Id">The submission's.</param>
/// <param name="Caller">Who may use the key.</param>
/// <param name="Key">The caller's own for this request.</param>
/// <param name="Fingerprint">SHA-256 of all that was asked for, files included, in lower-case hex.</param>
/// <param name="Units">How many units it has.</param>
internal sealed record SubmissionOrigin(UnitId Id, string Caller, string Key, string Fingerprint, int Units);

/// <summary>A submission as the journal knows it; its units in the order of its documents.</summary>
internal sealed record Submission(UnitId Id, string Source, string Caller, string Key, string Fingerprint, DateTimeOffset ReceivedAt, IReadOnlyList<JobUnit> Units);

/// <summary>An arrival that is to become a unit.</summary>
internal sealed record NewUnit
{
    public required UnitId Id { get; init; }

    /// <summary>The folder's or queue's name, or "batch".</summary>
    public required string Source { get; init; }

    /// <summary>What makes the arrival itself recognisable at its source; unique. Not the content's hash: an equal scan is flagged, never dropped.</summary>
    public required string ArrivalKey { get; init; }

    /// <summary>The file name's bytes as they were found; the first file's, where there are several.</summary>
    public required byte[] Name { get; init; }

    /// <summary>The file's own name as text; bytes that are no UTF-8 show as the replacement character.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string FileName => System.Text.Encoding.UTF8.GetString(Name);

    /// <summary>The name as people see it.</summary>
    public required string ShownName { get; init; }

    /// <summary>Of all its files.</summary>
    public required long Bytes { get; init; }

    /// <summary>Lower-case hex; of several files that of their digests, in order.</summary>
    public required string Sha256 { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Counted before and apart from reading; splitting must find the same number.</summary>
    public int? ExpectedPages { get; init; }

    /// <summary>Lower goes first.</summary>
    public int Priority { get; init; } = 100;

    /// <summary>Hash of everything that changes results; another one starts afresh knowingly.</summary>
    public string OptionsHash { get; init; } = "";

    public DossierClaim? Dossier { get; init; }

    public string Profile { get; init; } = "tthc";

    public string? Scanner { get; init; }

    /// <summary>Where its results go, without extension.</summary>
    public string? ResultBase { get; init; }

    public BatchOrigin? Batch { get; init; }

    public SubmissionOrigin? Submission { get; init; }

    /// <summary>The files of a document that has several, in its order; null: the one file that the members above tell of.</summary>
    public IReadOnlyList<UnitFile>? Files { get; init; }

    /// <summary>What the vault keeps of it, in order.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyList<UnitFile> Originals => Files ?? [new UnitFile(Id, Name, ShownName, Bytes, Sha256, ExpectedPages)];

    /// <summary>Null if it is taken. Else the unit is an exception from the start, so that it is accounted for.</summary>
    public Failure? Refusal { get; init; }
}

/// <summary>The journal's answer to an arrival: it is safe now.</summary>
/// <param name="UnitId">The unit's id; the earlier one if the arrival was known.</param>
/// <param name="WasKnown">True: nothing was written.</param>
/// <param name="SameContentAs">An earlier unit with the same bytes, if there is one.</param>
internal sealed record Accepted(UnitId UnitId, bool WasKnown, UnitId? SameContentAs);
